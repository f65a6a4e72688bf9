import { parseTable, type Row, textOf } from "../tab/codec.ts";
import { bodyOf, roomFor } from "../tab/lines.ts";
import type { TableFile } from "../tab/table-file.ts";
import { MASK, maskedLine } from "./masked-line.ts";

/** What XMail makes of one line of a table. */
export type Reading =
  | "row"
  | "comment"
  | "blank"
  /** What did not fit into XMail's buffer, and is read as a line of its own. */
  | "rest"
  /** Longer than XMail's buffer: the rest follows as a further line. */
  | "cut"
  /** Fewer columns than XMail needs, or values that mean nothing to it. */
  | "senseless";

export interface ReadLine {
  /** From 1, of lines as XMail reads them. */
  readonly number: number;
  readonly reading: Reading;
  /** As XMail reads them; secrets masked. */
  readonly cells: readonly string[];
  /** The line, without its end; secrets masked. */
  readonly text: string;
}

/** A file line by line, as XMail reads it. `fits` says what each column takes. */
export function readLines(
  path: string,
  bytes: Uint8Array,
  file: TableFile,
  fits: (column: string, value: string) => boolean,
): ReadLine[] {
  // Nobody can tell whether what did not fit is part of a secret.
  const hidesRest = maskedLine(path, `"password"${'\t"0"'.repeat(9)}`).includes(MASK);
  let isRest = false;
  return parseTable(bytes, file).lines.map((line, index) => {
    const wasRest = isRest;
    const ended = line.raw.endsWith("\n");
    isRest = !ended && line.raw.length >= roomFor(file);
    const text = wasRest && hidesRest ? MASK : maskedLine(path, line.raw);
    const number = index + 1;
    if (!("cells" in line)) {
      const blank = bodyOf(line.raw).trim() === "";
      return { number, reading: wasRest ? "rest" : blank ? "blank" : "comment", cells: [], text };
    }
    const row = line as Row;
    const reading = wasRest ? "rest" : isRest ? "cut" : makesSense(row, file, fits) ? "row" : "senseless";
    return { number, reading, cells: text === MASK ? [] : maskedCells(row, text), text };
  });
}

function makesSense(
  { cells }: Row,
  file: TableFile,
  fits: (column: string, value: string) => boolean,
): boolean {
  return firstMisfit(cells.map(textOf), file, fits) === null;
}

/** The column that is missing or does not fit; `null` when all do. */
function firstMisfit(
  cells: readonly string[],
  { columns, more }: TableFile,
  fits: (column: string, value: string) => boolean,
): string | null {
  const names = Object.keys(columns);
  const at = names.findIndex((name, index) => !fits(name, cells[index] ?? "\0"));
  if (at !== -1) return names[at] ?? null;
  return more === undefined || cells.slice(names.length).every((cell) => fits("more", cell)) ? null : "more";
}

/** The cells of the masked line: what stands in them is what may be seen. */
function maskedCells(row: Row, text: string): string[] {
  const shown = text.split("\t").filter((cell) => cell !== "");
  return row.cells.map((cell, index) => (shown[index] === '"***"' ? "***" : textOf(cell)));
}

/** The first of some lines that XMail could not use: too long (`column: null`), or with a column that does not fit. */
export function faultIn(
  bytes: Uint8Array,
  numbers: readonly number[],
  file: TableFile,
  fits: (column: string, value: string) => boolean,
): { readonly number: number; readonly column: string | null } | null {
  const lines = Buffer.from(bytes).toString("latin1").split("\n");
  for (const number of numbers) {
    const raw = `${lines[number - 1] ?? ""}\n`;
    if (raw.length > roomFor(file)) return { number, column: null };
    const [row] = parseTable(Buffer.from(raw, "latin1"), file).rows;
    const column = row ? firstMisfit(row.cells.map(textOf), file, fits) : null;
    if (column !== null) return { number, column };
  }
  return null;
}
