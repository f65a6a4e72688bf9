import type { Input } from "../support/good-inputs.ts";
import type { Place } from "./hostile-text.ts";

/** Every column of a good CSV file as a place for a text, quoted as whoever writes CSV quotes it. */
export function csvPlacesOf(good: Input): Place[] {
  const { csv } = good;
  if (typeof csv !== "string") return [];
  const [head = "", first = ""] = csv.split(/\r?\n/);
  const [columns, cells] = [head.split(","), first.split(",")];
  return columns.map((column, at) => ({
    name: `csv ${column}`,
    schema: column === "password" ? { writeOnly: true } : {},
    put: (input, text) => ({
      ...input,
      csv: [columns, columns.map((_, n) => (n === at ? text : (cells[n] ?? "")))].map(lineOf).join("\r\n"),
    }),
  }));
}

function lineOf(cells: readonly string[]): string {
  return cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(",");
}
