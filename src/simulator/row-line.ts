import { type Cell, encodeCell } from "../tab/codec.ts";

/** One row of a table as it stands in the file. Fails with `CELL_NOT_WRITABLE`. */
export function rowLine(cells: readonly Cell[]): string {
  return `${cells.map(encodeCell).join("\t")}\n`;
}
