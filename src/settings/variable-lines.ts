import {
  appendRow,
  cellOf,
  parseTable,
  type Row,
  removeRows,
  replaceRow,
  serializeTable,
  type Table,
  textOf,
} from "../tab/codec.ts";
import type { TableFormat } from "../tab/lines.ts";

/** A variable as XMail reads it from a table of names and values: the first line of a name counts. */
export interface VariableLine {
  readonly name: string;
  readonly value: string;
  /** Number of the line, from 1. */
  readonly line: number;
  /** Numbers of further lines of the same name, which XMail does not look at. */
  readonly repeated: readonly number[];
}

/** Lines without a value mean nothing to XMail and are left out. */
export function variablesIn(bytes: Uint8Array | null, format: TableFormat): VariableLine[] {
  const table = parseTable(bytes ?? new Uint8Array(), format);
  const found = new Map<string, { value: string; lines: number[] }>();
  for (const row of table.rows) {
    const [name, value] = row.cells;
    if (name === undefined || value === undefined) continue;
    const line = table.lines.indexOf(row) + 1;
    const known = found.get(name);
    if (known) known.lines.push(line);
    else found.set(name, { value, lines: [line] });
  }
  return [...found].map(
    ([
      name,
      {
        value,
        lines: [line = 0, ...repeated],
      },
    ]) => ({
      name: textOf(name),
      value: textOf(value),
      line,
      repeated,
    }),
  );
}

/**
 * Gives variables a value, or takes them away (`null`, all lines of the name, so that no forgotten one takes its place).
 * Every other line keeps its bytes; a new variable stands at the end. `CELL_NOT_WRITABLE` for what XMail would read
 * differently.
 */
export function changeVariables(
  bytes: Uint8Array | null,
  format: TableFormat,
  changes: ReadonlyMap<string, string | null>,
): Uint8Array {
  let table = parseTable(bytes ?? new Uint8Array(), format);
  for (const [name, value] of changes) table = changed(table, name, value);
  return serializeTable(table);
}

function changed(table: Table, name: string, value: string | null): Table {
  const rows = table.rows.filter((row: Row) => row.cells.length >= 2 && textOf(row.cells[0] ?? "") === name);
  if (value === null) return removeRows(table, rows);
  const [first] = rows;
  if (first === undefined) return appendRow(table, [cellOf(name), cellOf(value)]);
  return textOf(first.cells[1] ?? "") === value
    ? table
    : replaceRow(table, first, [first.cells[0] ?? "", cellOf(value)]);
}
