import { latin1 } from "./message-file.ts";

/** XMail shows longer lines in pieces of this many bytes. */
const PIECE = 2046;
const LF = /\n/g;

/**
 * A spool file as it stands on the disk, from the lines that the control port shows: those have lost the CRs at their ends,
 * and long ones were cut. `size` is that of the file, by which it is known what was lost; where it tells nothing, lines end
 * in CRLF, as XMail writes them.
 */
export function asOnDisk(shown: Uint8Array, size: number): Uint8Array {
  if (shown.length === size) return shown;
  const text = latin1(shown);
  const joined = joinedPieces(text);
  const likely = withCr(joined);
  for (const one of [likely, withCr(text), joined, text]) {
    if (one.length === size) return Buffer.from(one, "latin1");
    // Whether the last line had an end, nobody tells.
    for (const end of ["\r\n", "\n"]) {
      if (one.endsWith(end) && one.length - end.length === size)
        return Buffer.from(one.slice(0, -end.length), "latin1");
    }
  }
  return Buffer.from(likely, "latin1");
}

/** Whether no more than ends of lines are missing: XMail shows nothing of a line behind a NUL. */
export function isShownWhole(shown: Uint8Array, size: number): boolean {
  let lines = 0;
  for (const byte of shown) if (byte === 0x0a) lines += 1;
  return size <= shown.length + lines;
}

function withCr(text: string): string {
  return text.replace(LF, "\r\n");
}

function joinedPieces(text: string): string {
  const lines = text.split("\n");
  return lines
    .map((line, n) => (line.length === PIECE && n < lines.length - 2 ? line : `${line}\n`))
    .join("")
    .slice(0, -1);
}
