import { failField } from "../../errors/error.ts";

/** One record and the line on which it begins, from 1. */
export interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

const SEPARATORS = [",", ";", "\t"] as const;
/**
 * What a spreadsheet would run as a formula (OWASP), the wide forms that Japanese ones take too; with apostrophes
 * before, because one of those is what we put there.
 */
const FORMULA = /^'*[=+\-@\t\r\n＝＋－＠]/;

/**
 * RFC 4180 as programs write it: any line end, quoted cells with line ends in them, comma, semicolon or TAB between;
 * lines without a word are left out. `INVALID_INPUT` for a quotation mark that makes no sense.
 */
export function readCsv(given: string): CsvRecord[] {
  const text = given.startsWith("\ufeff") ? given.slice(1) : given;
  const separator = separatorOf(text);
  const plain = new RegExp(`[^${separator}\\r\\n]*`, "y");
  const records: CsvRecord[] = [];
  let at = 0;
  let line = 1;

  function quotedCell(start: number): string {
    let value = "";
    for (at += 1; ; at += 1) {
      const end = text.indexOf('"', at);
      if (end === -1) return refuseQuote(start);
      value += text.slice(at, end);
      at = end + 1;
      if (text[at] !== '"') break;
      value += '"';
    }
    const next = text[at];
    if (next !== undefined && next !== separator && next !== "\r" && next !== "\n") refuseQuote(start);
    line += value.match(/\r\n|\r|\n/g)?.length ?? 0;
    return value;
  }

  function plainCell(): string {
    plain.lastIndex = at;
    const [value = ""] = plain.exec(text) ?? [];
    at += value.length;
    return value;
  }

  while (at < text.length) {
    const start = line;
    const cells = [text[at] === '"' ? quotedCell(start) : plainCell()];
    while (text[at] === separator) {
      at += 1;
      cells.push(text[at] === '"' ? quotedCell(start) : plainCell());
    }
    at += text.startsWith("\r\n", at) ? 2 : 1;
    line += 1;
    if (cells.some((cell) => cell.trim() !== "")) records.push({ line: start, cells });
  }
  return records;
}

/** With CRLF, as RFC 4180 has it; no cell is a formula to a spreadsheet. */
export function writeCsv(rows: Iterable<readonly string[]>): string {
  let text = "";
  for (const row of rows) text += `${row.map((cell) => quoted(guarded(cell))).join(",")}\r\n`;
  return text;
}

/** What a spreadsheet must not run gets an apostrophe before it. */
export function guarded(cell: string): string {
  return FORMULA.test(cell) ? `'${cell}` : cell;
}

/** `guarded`, turned round. */
export function unguarded(cell: string): string {
  return cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell;
}

function quoted(cell: string): string {
  return /[",;\t\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** What stands most often in the first line; Excel writes `;` in some countries. */
function separatorOf(text: string): string {
  const [first = ""] = text.split(/[\r\n]/, 1);
  const count = (one: string) => first.split(one).length;
  return SEPARATORS.reduce((best, one) => (count(one) > count(best) ? one : best));
}

function refuseQuote(line: number): never {
  return failField(
    "csv",
    "csv-quote",
    `Line ${line}: a quotation mark is not closed, or stands inside a cell.`,
    line,
  );
}
