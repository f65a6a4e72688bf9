import { fail } from "../errors/error.ts";
import { type Cell, encodeCell, refuseCell } from "./cell.ts";
import { bodyEndAt, bodyOf, lineEndAt, roomFor, splitRecord, type TableFormat } from "./lines.ts";
import { readPlainLine } from "./plain-line.ts";

export { type Cell, cellOf, encodeCell, textOf } from "./cell.ts";
export { splitRecord, type TableFormat } from "./lines.ts";

/** A line as it stands in the file, line end included. */
export interface Line {
  readonly raw: string;
}

/** A line in which the server sees a record; its cells are byte strings (`textOf` makes text of them). */
export interface Row extends Line {
  readonly cells: readonly string[];
}

/** A file cut into lines. Never changed in place: an edit gives a new table that shares the untouched rows. */
export interface Table {
  readonly format: TableFormat;
  readonly rows: readonly Row[];
  /** Rows and all that the server skips: comments, blank lines. */
  readonly lines: readonly Line[];
}

export function parseTable(bytes: Uint8Array, format: TableFormat): Table {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
  const lines: Line[] = [];
  const rows: Row[] = [];
  for (let start = 0, end = 0; start < text.length; start = end) {
    end = lineEndAt(text, start, format);
    const line = readLineAt(text, start, end, format);
    lines.push(line);
    if (isRow(line)) rows.push(line);
  }
  return { format, lines, rows };
}

/** The rows one by one, and where each begins, for tables too large to hold as rows. */
export function* eachRow(bytes: Uint8Array, format: TableFormat): Generator<{ start: number; row: Row }> {
  for (let start = 0, end = 0; start < bytes.length; start = end) {
    end = byteEndAt(bytes, start, format);
    const row = readLine(latin1(bytes, start, end), format);
    if (isRow(row)) yield { start, row };
  }
}

/** The row that begins at a byte; `null` when there is none. */
export function rowAt(bytes: Uint8Array, start: number, format: TableFormat): Row | null {
  const row = readLine(latin1(bytes, start, byteEndAt(bytes, start, format)), format);
  return isRow(row) ? row : null;
}

/** `lineEndAt`, of bytes. */
function byteEndAt(bytes: Uint8Array, start: number, format: TableFormat): number {
  const newline = bytes.indexOf(0x0a, start);
  return Math.min(newline === -1 ? bytes.length : newline + 1, start + roomFor(format));
}

function latin1(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString("latin1");
}

/** The very bytes that were parsed, apart from the lines edited since. */
export function serializeTable(table: Table): Uint8Array {
  return Buffer.from(table.lines.map((line) => line.raw).join(""), "latin1");
}

/** Adds a row at the end, with the line end of the file; a missing line end before it is mended. */
export function appendRow(table: Table, cells: readonly Cell[]): Table {
  return appendRows(table, [cells]);
}

/** Many at once. */
export function appendRows(table: Table, rows: readonly (readonly Cell[])[]): Table {
  if (rows.length === 0) return table;
  const end = lineEndOf(table);
  const added = rows.map((cells) =>
    checkedRow(`${cells.map(encodeCell).join("\t")}${end}`, cells.map(String), table.format),
  );
  const last = table.lines.at(-1);
  if (last === undefined || last.raw.endsWith("\n")) return tableOf([...table.lines, ...added], table.format);
  const mended = readLine(last.raw + end, table.format);
  return tableOf([...table.lines.slice(0, -1), mended, ...added], table.format);
}

/** A row before another line, or at the end; a missing line end before it is mended. */
export function insertRow(table: Table, cells: readonly Cell[], before: Line | null): Table {
  if (before === null) return appendRow(table, cells);
  const at = table.lines.indexOf(before);
  if (at === -1) return notInTable();
  const raw = `${cells.map(encodeCell).join("\t")}${lineEndOf(table)}`;
  return tableOf(
    table.lines.toSpliced(at, 0, checkedRow(raw, cells.map(String), table.format)),
    table.format,
  );
}

/** A line to another place: before another one, or to the end. */
export function moveLine(table: Table, line: Line, before: Line | null): Table {
  const ended = table.lines.map((one) => endedLine(table, one));
  const at = table.lines.indexOf(line);
  const to = before === null ? table.lines.length : table.lines.indexOf(before);
  const moved = ended[at];
  if (moved === undefined || to === -1) return notInTable();
  return tableOf(ended.toSpliced(at, 1).toSpliced(to > at ? to - 1 : to, 0, moved), table.format);
}

/** A line with other text, its line end kept; `raw` without line end. What the server would make of it is not checked. */
export function rewriteLine(table: Table, line: Line, raw: string): Table {
  const at = table.lines.indexOf(line);
  if (at === -1) return notInTable();
  const end = line.raw.slice(bodyOf(line.raw).length);
  return tableOf(table.lines.with(at, readLine(raw + end, table.format)), table.format);
}

/** The same table when `lines` is empty; comments may be among them. */
export function removeLines(table: Table, lines: Iterable<Line>): Table {
  return removeRows(table, lines as Iterable<Row>);
}

/**
 * Sets the first columns of a row. Cells that keep their value keep their spelling, further columns stay, and so do
 * the TABs between and whatever stands behind.
 */
export function replaceRow(table: Table, row: Row, cells: readonly Cell[]): Table {
  const at = table.lines.indexOf(row);
  if (at === -1) return notInTable();
  const isLast = at === table.lines.length - 1;
  let raw = respell(row, cells);
  if (!raw.endsWith("\n") && !isLast) raw += lineEndOf(table);
  const wanted = [...cells.map(String), ...row.cells.slice(cells.length)];
  return tableOf(table.lines.with(at, checkedRow(raw, wanted, table.format)), table.format);
}

/** The same table when `rows` is empty. */
export function removeRows(table: Table, rows: Iterable<Row>): Table {
  const gone = new Set<Line>(rows);
  if (gone.size === 0) return table;
  const kept = table.lines.filter((line) => !gone.has(line));
  if (kept.length + gone.size !== table.lines.length) return notInTable();
  return tableOf(kept, table.format);
}

function tableOf(lines: readonly Line[], format: TableFormat): Table {
  return { format, lines, rows: lines.filter(isRow) };
}

function isRow(line: Line): line is Row {
  return "cells" in line;
}

function readLine(raw: string, format: TableFormat): Line | Row {
  return readLineAt(raw, 0, raw.length, format);
}

function readLineAt(text: string, start: number, end: number, { comments }: TableFormat): Line | Row {
  const raw = text.slice(start, end);
  if (comments && raw.charCodeAt(0) === 0x23) return { raw };
  const cells = readPlainLine(text, start, bodyEndAt(text, start, end)) ?? splitRecord(raw);
  return cells.length === 0 ? { raw } : { raw, cells };
}

/** A row that the server certainly reads as `cells`; anything else is refused before it gets near a file. */
function checkedRow(raw: string, cells: readonly string[], format: TableFormat): Row {
  const length = raw.endsWith("\n") ? raw.length : raw.length + 1;
  if (length > roomFor(format)) refuseCell("the line would be longer than XMail reads");
  const row = readLine(raw, format);
  if (!isRow(row)) return refuseCell("XMail would take the line for a comment or an empty one");
  const same = row.cells.length === cells.length && row.cells.every((cell, i) => cell === cells[i]);
  return same ? row : refuseCell("XMail would read it back differently");
}

/** The line of `row` with the first cells set. */
function respell(row: Row, cells: readonly Cell[]): string {
  const body = bodyOf(row.raw);
  let text = "";
  let done = 0;
  let column = 0;
  for (const { 0: field, index } of body.matchAll(/[^\t]+/g)) {
    const cell = cells[column];
    const keeps = cell === undefined || String(cell) === row.cells[column];
    text += body.slice(done, index) + (keeps ? field : encodeCell(cell));
    done = index + field.length;
    column += 1;
  }
  for (const cell of cells.slice(column)) text += `\t${encodeCell(cell)}`;
  return text + row.raw.slice(done);
}

function endedLine(table: Table, line: Line): Line {
  return line.raw.endsWith("\n") ? line : readLine(line.raw + lineEndOf(table), table.format);
}

/** That of the last line that has one. */
function lineEndOf(table: Table): string {
  const ended = table.lines.findLast((line) => line.raw.endsWith("\n"));
  return ended?.raw.endsWith("\r\n") ? "\r\n" : "\n";
}

function notInTable(): never {
  return fail("INTERNAL", undefined, { internal: { problem: "the row is not of this table" } });
}
