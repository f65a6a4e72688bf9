import { fail } from "../errors/error.ts";

/** No line of XMail is longer than a table row; a server that never ends its line is none. Bytes. */
const LONGEST_LINE = 65_536;
const QUOTE = 34;
const HIGH_BYTES = /[\x80-\xff]/;

/** The first line of every answer. Numbers only are to be compared; the text is free. */
export interface Status {
  readonly ok: boolean;
  readonly code: number;
  readonly text: string;
}

/** What the next line is: a status, a record, or a line of a file (whose leading dots are doubled). */
export type Follows = "status" | "records" | "file";

/** Who gets the parts of the answers, in order. Lines are byte strings: one character per byte. */
export interface ReplyReader {
  /** Says what follows this status. */
  status(status: Status): Follows;
  lines(batch: readonly string[]): void;
  /** The dot that ends a list. */
  end(): void;
}

export interface ReplyParser {
  /** Takes bytes in any slices. `XMAIL_PROTOCOL` when they are no answer of XMail. */
  push(chunk: Uint8Array): void;
  /** Inside a list or a line. */
  readonly midway: boolean;
}

/** `+00000 OK`; `XMAIL_PROTOCOL` for anything else. */
export function parseStatus(line: string): Status {
  const found = /^([+-])(\d{5})(?: (.*))?$/s.exec(line);
  if (found === null) {
    return fail("XMAIL_PROTOCOL", "XMail's answer has no status line.", {
      internal: { length: line.length },
    });
  }
  return { ok: found[1] === "+", code: Number(found[2]), text: found[3] ?? "" };
}

/** Cuts a stream of bytes into answers. It never looks back: each byte is handled once. */
export function createReplyParser(reader: ReplyReader): ReplyParser {
  let rest = "";
  let follows: Follows = "status";

  return {
    get midway() {
      return follows !== "status" || rest !== "";
    },
    push(chunk) {
      const fresh = latin1(chunk);
      const text = rest + fresh;
      let from = 0;
      let found = text.indexOf("\n", rest.length);
      let batch: string[] = [];
      while (found >= 0) {
        const stop = found > from && text.charCodeAt(found - 1) === 13 ? found - 1 : found;
        const line = text.slice(from, stop);
        from = found + 1;
        found = text.indexOf("\n", from);
        if (follows === "status") {
          follows = reader.status(parseStatus(line));
        } else if (line === ".") {
          if (batch.length > 0) reader.lines(batch);
          batch = [];
          follows = "status";
          reader.end();
        } else {
          batch.push(follows === "file" && line.charCodeAt(0) === 46 ? line.slice(1) : line);
        }
      }
      if (batch.length > 0) reader.lines(batch);
      rest = from === 0 ? text : text.slice(from);
      if (rest.length > LONGEST_LINE) fail("XMAIL_PROTOCOL", "XMail sends a line without an end.");
    },
  };
}

/**
 * One record as XMail prints it: values in quotes with TABs between, nothing escaped, so a quote inside a value is
 * bare; no value holds a TAB. `columns` is the least number; `XMAIL_PROTOCOL` when there are fewer.
 */
export function parseRecord(line: string, columns: number): readonly string[] {
  const last = line.length - 1;
  if (last < 1 || line.charCodeAt(0) !== QUOTE || line.charCodeAt(last) !== QUOTE) return badRecord(columns);
  const values: string[] = [];
  let from = 1;
  // By hand: half the time of `split`, which counts in lists of 50,000.
  for (let tab = line.indexOf("\t", from); tab >= 0; tab = line.indexOf("\t", from)) {
    if (tab === from || line.charCodeAt(tab - 1) !== QUOTE || line.charCodeAt(tab + 1) !== QUOTE)
      return badRecord(columns);
    values.push(line.slice(from, tab - 1));
    from = tab + 2;
  }
  values.push(line.slice(from, last));
  // A single quote cannot both open and close.
  if (last < from || values.length < columns) return badRecord(columns);
  return HIGH_BYTES.test(line) ? values.map(textOf) : values;
}

/** A byte string as text: UTF-8 when it is valid UTF-8, else one character per byte. */
export function textOf(bytes: string): string {
  if (!HIGH_BYTES.test(bytes)) return bytes;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(Buffer.from(bytes, "latin1"));
  } catch {
    return bytes;
  }
}

function latin1(chunk: Uint8Array): string {
  return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString("latin1");
}

function badRecord(columns: number): never {
  return fail("XMAIL_PROTOCOL", "XMail's list has a line that is no record.", { internal: { columns } });
}
