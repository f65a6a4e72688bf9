import { decodeCell } from "./cell.ts";

/** How the server reads a file; `src/tab/files.ts` has the format of each. */
export interface TableFormat {
  /** Lines with `#` in column one are left out. */
  readonly comments: boolean;
  /** Bytes of the server's line buffer; what does not fit is read as further lines. */
  readonly lineBuffer: number;
}

/**
 * Where the server's reader ends the line that begins at `start`: after the LF, or where its buffer is full (two bytes
 * below its size).
 */
export function lineEndAt(text: string, start: number, format: TableFormat): number {
  const newline = text.indexOf("\n", start);
  const end = newline === -1 ? text.length : newline + 1;
  return Math.min(end, start + roomFor(format));
}

/** Most bytes of a line that the server reads in one piece, its line end included. */
export function roomFor({ lineBuffer }: Pick<TableFormat, "lineBuffer">): number {
  return lineBuffer - 2;
}

/** What the server sees of a line: up to a NUL, without the line end and the CRs before it. */
export function bodyOf(line: string): string {
  const nul = line.indexOf("\0");
  const end = bodyEndAt(line, 0, nul === -1 ? line.length : nul);
  return end === line.length ? line : line.slice(0, end);
}

/** `end` without the line end before it. */
export function bodyEndAt(text: string, start: number, end: number): number {
  let bodyEnd = end;
  while (bodyEnd > start && isLineEnd(text.charCodeAt(bodyEnd - 1))) bodyEnd -= 1;
  return bodyEnd;
}

function isLineEnd(code: number): boolean {
  return code === 0x0a || code === 0x0d;
}

/** The values of one line as the server reads it, in a file or as a CTRL command: cut at runs of TAB, dequoted. */
export function splitRecord(line: string): string[] {
  const fields = bodyOf(line).split("\t");
  let count = 0;
  for (const field of fields) {
    if (field === "") continue;
    fields[count] = decodeCell(field);
    count += 1;
  }
  fields.length = count;
  return fields;
}
