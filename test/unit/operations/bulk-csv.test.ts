import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { textOfBytes } from "../../../src/kernel/text-of-bytes.ts";
import { rowsOf } from "../../../src/operations/bulk/columns.ts";
import { guarded, readCsv, unguarded, writeCsv } from "../../../src/operations/bulk/csv.ts";

const cells = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.constantFrom(
    "=1+1",
    "'=1",
    "''=x",
    "+81",
    "-5",
    "@SUM(A1)",
    "\tx",
    "\rx",
    "＝1",
    "'",
    "a,b",
    'say "x"',
    "a\r\nb",
  ),
);

describe("CSV", () => {
  test("comes back as it was written, whatever stands in its cells", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constant("key"), cells, cells), { minLength: 1 }), (rows) => {
        const back = readCsv(writeCsv(rows)).map((one) => one.cells.map(unguarded));
        expect(back).toEqual(rows);
      }),
    );
  });

  test("shows a spreadsheet no cell that it would run", () => {
    fc.assert(
      fc.property(cells, (cell) => {
        expect(guarded(cell)).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/);
      }),
    );
    expect(writeCsv([["=HYPERLINK(1)", "-1", "a"]])).toBe("'=HYPERLINK(1),'-1,a\r\n");
  });

  test("is read with any separator and line end, and knows the line of each record", () => {
    expect(readCsv('\ufeffa;b\r\n1;"x\r\ny"\r\n\r\n;\r\n2;3')).toEqual([
      { line: 1, cells: ["a", "b"] },
      { line: 2, cells: ["1", "x\r\ny"] },
      { line: 6, cells: ["2", "3"] },
    ]);
    expect(readCsv("a\tb\n1\t2\n").map((one) => one.cells)).toEqual([
      ["a", "b"],
      ["1", "2"],
    ]);
  });

  test.each(['a,b\n1,"2\n', 'a,b\n"1"x,2\n'])(
    "with a quotation mark that makes no sense is refused: %j",
    (csv) => {
      expect(() => readCsv(csv)).toThrow(
        expect.objectContaining({
          code: "INVALID_INPUT",
          fields: [expect.objectContaining({ rule: "csv-quote", limit: 2 })],
        }),
      );
    },
  );
});

describe("columns", () => {
  const columns = {
    address: { headings: ["メールアドレス"] },
    password: { headings: ["パスワード"], asIs: true },
  } as const;
  const rule = (csv: string) => {
    try {
      rowsOf(csv, columns, [["address"]]);
      return null;
    } catch (error) {
      return (error as { fields: { rule: string }[] }).fields[0]?.rule;
    }
  };

  test("stand in any order, in English or Japanese; passwords are taken as they are", () => {
    const [row] = rowsOf("パスワード,メール アドレス\n'=x ,'=y\n", columns, [["address"]]);
    expect(row).toMatchObject({ line: 2, values: { address: "=y", password: "'=x " } });
  });

  test("that are unknown, twice or missing are refused", () => {
    expect(rule("address,colour\na,b\n")).toBe("csv-heading");
    expect(rule("address,Address\na,b\n")).toBe("csv-heading-twice");
    expect(rule("password\na\n")).toBe("csv-columns");
    expect(rule(" \n")).toBe("csv-empty");
    expect(rule("address\n")).toBe(null);
  });
});

describe("letters of a file", () => {
  test("are UTF-8 with or without mark, UTF-16 or Shift_JIS", () => {
    expect(textOfBytes(Buffer.from("氏名"))).toEqual({ text: "氏名", coding: "utf-8" });
    expect(textOfBytes(Buffer.from("\ufeff氏名"))).toEqual({ text: "氏名", coding: "utf-8" });
    expect(textOfBytes(Buffer.from("\ufeff氏名", "utf16le"))).toEqual({ text: "氏名", coding: "utf-16le" });
    expect(textOfBytes(Buffer.from([0x8e, 0x81, 0x96, 0xbc]))).toEqual({ text: "氏名", coding: "shift_jis" });
    expect(textOfBytes(Buffer.from([0x50, 0x4b, 0x03, 0x04, 0x00, 0x00]))).toBe(null);
  });
});
