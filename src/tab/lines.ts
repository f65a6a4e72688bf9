import { decodeCell } from "./cell.ts";

/** How the server reads a file; `src/tab/files.ts` has the format of each. */
export interface TableFormat {
  /** Lines with `#` in column one are left out. */
  readonly comments: boolean;
  /** Bytes of the server's line buffer; what does not fit is read as further lines. */
  readonly lineBuffer: number;
}

/**
 * Cuts a file where the server's reader cuts it: after each LF, and where its buffer is full (two bytes below its
 * size). The pieces joined are the file.
 */
export function cutLines(text: string, { lineBuffer }: TableFormat): string[] {
  const room = roomFor({ lineBuffer });
  const lines: string[] = [];
  let start = 0;
  while (start < text.length) {
    const newline = text.indexOf("\n", start);
    const end = newline === -1 ? text.length : newline + 1;
    for (; end - start > room; start += room) lines.push(text.slice(start, start + room));
    lines.push(text.slice(start, end));
    start = end;
  }
  return lines;
}

/** Most bytes of a line that the server reads in one piece, its line end included. */
export function roomFor({ lineBuffer }: Pick<TableFormat, "lineBuffer">): number {
  return lineBuffer - 2;
}

/** What the server sees of a line: up to a NUL, without the line end and the CRs before it. */
export function bodyOf(line: string): string {
  const nul = line.indexOf("\0");
  let end = nul === -1 ? line.length : nul;
  while (end > 0 && isLineEnd(line.charCodeAt(end - 1))) end -= 1;
  return end === line.length ? line : line.slice(0, end);
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
