import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hasCode } from "../../src/errors/error.ts";
import {
  appendRow,
  type Cell,
  cellOf,
  encodeCell,
  parseTable,
  removeRows,
  replaceRow,
  serializeTable,
  splitRecord,
  type Table,
  textOf,
} from "../../src/tab/codec.ts";
import { bodyEndAt } from "../../src/tab/lines.ts";
import { readPlainLine } from "../../src/tab/plain-line.ts";

const RUNS = { numRuns: 1000 };

/** Bytes that are likely to mean something to the format, and now and then any byte. */
const byte = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...Buffer.from('"\t\n\r\\#a\0')) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 255 }) },
);
const file = fc.array(byte, { maxLength: 120 }).map((bytes) => Uint8Array.from(bytes));
/** A small buffer, so that long lines come up often. */
const format = fc.record({ comments: fc.boolean(), lineBuffer: fc.constantFrom(6, 12, 34, 512, 2048) });
const cell = fc
  .array(
    fc
      .oneof(
        fc.constantFrom(...'"\\#a b'),
        fc.integer({ min: 1, max: 255 }).map((code) => String.fromCharCode(code)),
      )
      .filter((character) => !"\t\r\n\0".includes(character)),
    { maxLength: 8 },
  )
  .map((characters) => characters.join(""));
const cells = fc.array(fc.oneof<fc.Arbitrary<Cell>[]>(cell, fc.nat()), { minLength: 1, maxLength: 5 });

function quoted(value: Cell): string {
  return `"${value}"`;
}

function isWritable(value: Cell): boolean {
  return typeof value === "number" || !(value.startsWith('"') && value.endsWith("\\"));
}

/** What the server reads of a table: each record's cells. */
function recordsOf(table: Table): (readonly string[])[] {
  return table.rows.map((row) => row.cells);
}

/** The property of every edit: what the table says now is what the server will read from the file. */
function expectReadsBack(table: Table): void {
  const again = parseTable(serializeTable(table), table.format);
  expect(recordsOf(again)).toEqual(recordsOf(table));
}

/** The edited table, or null when the codec refused to write it. */
function unlessRefused(edit: () => Table): Table | null {
  try {
    return edit();
  } catch (error) {
    if (hasCode(error, "CELL_NOT_WRITABLE")) return null;
    throw error;
  }
}

describe("the TAB codec, for any bytes", () => {
  test("serialize(parse(x)) is x", () => {
    fc.assert(
      fc.property(fc.oneof(file, fc.uint8Array({ maxLength: 4000 })), format, (bytes, as) => {
        expect(Buffer.from(serializeTable(parseTable(bytes, as))).equals(bytes)).toBe(true);
      }),
      RUNS,
    );
  });

  test("lines are read as splitRecord reads them, in one pass or not", () => {
    let plain = 0;
    fc.assert(
      fc.property(
        fc.oneof(
          file,
          cells.map((record) => Buffer.from(record.map(quoted).join("\t"), "latin1")),
        ),
        (bytes) => {
          const line = Buffer.from(bytes).toString("latin1").replaceAll("\n", "");
          const fast = readPlainLine(line, 0, bodyEndAt(line, 0, line.length));
          if (fast === null) return;
          plain += 1;
          expect(fast).toEqual(splitRecord(line));
        },
      ),
      RUNS,
    );
    expect(plain).toBeGreaterThan(200);
  });

  test("an encoded record is read back as it was", () => {
    fc.assert(
      fc.property(cells, (record) => {
        if (record.every(isWritable)) {
          expect(splitRecord(record.map(encodeCell).join("\t"))).toEqual(record.map(String));
        } else {
          expect(() => record.map(encodeCell)).toThrow("quotation mark");
        }
      }),
      RUNS,
    );
  });

  test("an appended row is the last one and leaves all others as they were", () => {
    let appended = 0;
    fc.assert(
      fc.property(file, format, cells, (bytes, as, record) => {
        const before = parseTable(bytes, as);
        const after = unlessRefused(() => appendRow(before, record));
        if (after === null) return;
        appended += 1;
        expect(recordsOf(after)).toEqual([...recordsOf(before), record.map(String)]);
        expect(Buffer.from(serializeTable(after)).subarray(0, bytes.length).equals(bytes)).toBe(true);
        expectReadsBack(after);
      }),
      RUNS,
    );
    expect(appended).toBeGreaterThan(300);
  });

  test("a replaced row changes its own line only", () => {
    let replaced = 0;
    fc.assert(
      fc.property(file, format, cells, fc.nat(), (bytes, as, record, pick) => {
        const before = parseTable(bytes, as);
        const row = before.rows[pick % Math.max(1, before.rows.length)];
        if (row === undefined) return;
        const after = unlessRefused(() => replaceRow(before, row, record));
        if (after === null) return;
        replaced += 1;
        const at = before.lines.indexOf(row);
        expect(after.lines.toSpliced(at, 1)).toEqual(before.lines.toSpliced(at, 1));
        expect((after.lines[at] as typeof row).cells).toEqual([
          ...record.map(String),
          ...row.cells.slice(record.length),
        ]);
        expectReadsBack(after);
      }),
      RUNS,
    );
    expect(replaced).toBeGreaterThan(200);
  });

  test("a row replaced by what it says keeps every byte", () => {
    fc.assert(
      fc.property(file, format, (bytes, as) => {
        const before = parseTable(bytes, as);
        for (const row of before.rows) {
          const after = unlessRefused(() => replaceRow(before, row, row.cells));
          // A full piece of an overlong line gets a line end of its own.
          const stays = row.raw.endsWith("\n") || row === before.lines.at(-1);
          if (after === null || !stays) continue;
          expect(Buffer.from(serializeTable(after)).equals(bytes)).toBe(true);
        }
      }),
      RUNS,
    );
  });

  test("removed rows are gone and the other lines stay", () => {
    fc.assert(
      fc.property(file, format, fc.nat(), (bytes, as, mask) => {
        const before = parseTable(bytes, as);
        const gone = before.rows.filter((_, i) => ((mask >> (i % 31)) & 1) === 1);
        const after = removeRows(before, gone);
        expect(recordsOf(after)).toEqual(
          recordsOf({ ...before, rows: before.rows.filter((r) => !gone.includes(r)) }),
        );
        expect(after.lines).toEqual(before.lines.filter((line) => !gone.some((row) => row === line)));
        expectReadsBack(after);
      }),
      RUNS,
    );
  });

  test("text survives cells, whatever its letters", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary" }).filter((text) => text.isWellFormed()),
        (text) => {
          expect(textOf(cellOf(text))).toBe(text);
        },
      ),
      RUNS,
    );
  });
});
