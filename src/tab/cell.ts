import { fail } from "../errors/error.ts";

/** What goes into one column: a byte string (one character per byte, see `cellOf`), or a number, written bare. */
export type Cell = string | number;

const UNWRITABLE: readonly (readonly [character: string, called: string])[] = [
  ["\t", "a TAB"],
  ["\r", "a carriage return"],
  ["\n", "a line break"],
  ["\0", "a NUL character"],
];

/**
 * The only encoder of cells, for files and for CTRL lines: every value in quotes, `"` as `\"`. What the server would
 * read back differently is refused with `CELL_NOT_WRITABLE`.
 */
export function encodeCell(cell: Cell): string {
  if (typeof cell === "number") return encodeNumber(cell);
  for (const [character, called] of UNWRITABLE) {
    if (cell.includes(character)) refuseCell(`it contains ${called}`);
  }
  if (/[^\0-\xff]/.test(cell)) refuseCell("it is text that was not turned into bytes");
  // `"…\"` would be read as an escaped quote, and `\\` is two backslashes to XMail: such a value must stand bare.
  if (!cell.endsWith("\\")) return `"${cell.replaceAll('"', '\\"')}"`;
  if (cell.startsWith('"')) refuseCell("it begins with a quotation mark and ends with a backslash");
  return cell;
}

function encodeNumber(cell: number): string {
  if (!Number.isSafeInteger(cell)) refuseCell("it is not a whole number");
  return String(cell);
}

/** Fails with `CELL_NOT_WRITABLE`. `why` continues the sentence; it must not repeat the value, which may be secret. */
export function refuseCell(why: string): never {
  return fail("CELL_NOT_WRITABLE", `A table of XMail cannot hold this value: ${why}.`);
}

/** What a field of a line means: quotes taken off as the server does it; anything behind the closing quote is lost. */
export function decodeCell(field: string): string {
  if (field.charCodeAt(0) !== 0x22) return field;
  let from = 1;
  let close = field.indexOf('"', from);
  while (close !== -1 && field.charCodeAt(close - 1) === 0x5c) {
    from = close + 1;
    close = field.indexOf('"', from);
  }
  const inside = close === -1 ? field.slice(1) : field.slice(1, close);
  return from === 1 ? inside : inside.replaceAll('\\"', '"');
}

const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The bytes of a cell as text: UTF-8 when they are valid UTF-8, else Latin-1. */
export function textOf(cell: string): string {
  if (!/[^\0-\x7f]/.test(cell)) return cell;
  try {
    return UTF8.decode(Buffer.from(cell, "latin1"));
  } catch {
    return cell;
  }
}

/** Text as the bytes of a cell (UTF-8, one character per byte). `CELL_NOT_WRITABLE` for half a surrogate pair. */
export function cellOf(text: string): string {
  if (!/[^\0-\x7f]/.test(text)) return text;
  if (!text.isWellFormed()) refuseCell("it is not well-formed Unicode");
  return Buffer.from(text, "utf8").toString("latin1");
}
