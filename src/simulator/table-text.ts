import { splitRecord, type TableFormat } from "../tab/codec.ts";
import { bodyOf, cutLines } from "./server-lines.ts";

/** What the server's reader makes of a file: its lines without their ends, the long ones in pieces. */
export function bodiesOf(text: string, format: Pick<TableFormat, "lineBuffer">): string[] {
  return cutLines(text, format.lineBuffer).map(bodyOf);
}

/** The records in it; lines without a field and, where the table has comments, `#` lines are left out. */
export function recordsOf(text: string, format: TableFormat): string[][] {
  return bodiesOf(text, format)
    .filter((body) => !(format.comments && body.startsWith("#")))
    .map(splitRecord)
    .filter((cells) => cells.length > 0);
}

/**
 * A row as the server writes it: every value in quotes, `"` escaped and nothing else. A value that ends in `\` does
 * not come back as it was; `encodeCell` of the TAB engine would not write it so, the server does.
 */
export function serverRow(cells: readonly (string | number)[]): string {
  const fields = cells.map((cell) => (typeof cell === "number" ? String(cell) : quote(cell)));
  return `${fields.join("\t")}\n`;
}

function quote(value: string): string {
  return `"${value.replaceAll('"', '\\"')}"`;
}

/** A row of a list answer: every value in quotes, nothing escaped. */
export function listRow(cells: readonly string[]): string {
  return cells.map((cell) => `"${cell}"`).join("\t");
}

/** The number a text begins with, as C's `atoi` reads it; 0 without one. */
export function leadingNumber(text: string): number {
  return Number(/^[ \t-\r]*([+-]?[0-9]+)/.exec(text)?.[1] ?? 0);
}
