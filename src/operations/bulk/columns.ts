import { failField } from "../../errors/error.ts";
import { readCsv, unguarded } from "./csv.ts";

/** A column of an import: what may stand in its heading, in whatever case, blanks and punctuation left aside. */
export interface Column {
  readonly headings: readonly string[];
  /** Taken as it stands: a password may begin with an apostrophe. */
  readonly asIs?: true;
}

export interface ImportRow<C extends string> {
  /** On which it begins, from 1. */
  readonly line: number;
  /** Empty where the line has no such cell. */
  readonly values: Readonly<Record<C, string>>;
  /** Whether the file has the column. */
  has(column: C): boolean;
}

const MOST_ROWS = 100_000;

/** The lines below the headings, by column. `INVALID_INPUT` for a heading that is unknown, twice or missing. */
export function rowsOf<C extends string>(
  csv: string,
  columns: Readonly<Record<C, Column>>,
  needed: readonly (readonly NoInfer<C>[])[],
): ImportRow<C>[] {
  const [head, ...records] = readCsv(csv);
  if (!head) return failField("csv", "csv-empty", "csv: there is nothing in it.");
  const order = head.cells.map((heading) => columnOf(heading, columns));
  const named = new Set(order);
  order.forEach((column, at) => {
    if (order.indexOf(column) < at)
      failField("csv", "csv-heading-twice", `csv: two columns are ${column}.`, head.cells[at] ?? "");
  });
  if (!needed.some((all) => all.every((column) => named.has(column)))) {
    const missing = needed.map((all) => all.join(" + ")).join(", or ");
    failField("csv", "csv-columns", `csv: the first line must name the columns ${missing}.`, missing);
  }
  if (records.length > MOST_ROWS)
    failField("csv", "csv-rows", `csv: more than ${MOST_ROWS} lines.`, MOST_ROWS);
  return records.map(({ line, cells }) => {
    const given = new Map(order.map((column, at) => [column, cells[at] ?? ""]));
    const read = (column: C) => {
      const cell = given.get(column) ?? "";
      return columns[column].asIs ? cell : unguarded(cell.trim());
    };
    const values = Object.fromEntries((Object.keys(columns) as C[]).map((column) => [column, read(column)]));
    return { line, values: values as Record<C, string>, has: (column) => named.has(column) };
  });
}

function columnOf<C extends string>(heading: string, columns: Readonly<Record<C, Column>>): C {
  const wanted = plain(heading);
  const found = (Object.keys(columns) as C[]).find(
    (column) => plain(column) === wanted || columns[column].headings.some((one) => plain(one) === wanted),
  );
  // What is not understood must not be left out in silence.
  return (
    found ??
    failField(
      "csv",
      "csv-heading",
      `csv: there is no column ${heading.slice(0, 100)}.`,
      heading.slice(0, 100),
    )
  );
}

function plain(heading: string): string {
  return heading
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\s_\-./()]/g, "");
}
