import { describe, expect, test } from "vitest";
import {
  appendRow,
  parseTable,
  type Row,
  removeRows,
  replaceRow,
  serializeTable,
  type Table,
} from "../../../src/tab/codec.ts";

const PLAIN = { comments: false, lineBuffer: 512 };
const COMMENTS = { comments: true, lineBuffer: 512 };

function parse(text: string, format = PLAIN): Table {
  return parseTable(Buffer.from(text, "latin1"), format);
}

function textOf(table: Table): string {
  return Buffer.from(serializeTable(table)).toString("latin1");
}

function rowAt(table: Table, index: number): Row {
  const row = table.rows[index];
  if (row === undefined) throw new Error(`there is no row ${index}`);
  return row;
}

const refused = expect.objectContaining({ code: "CELL_NOT_WRITABLE" });

describe("parseTable", () => {
  test("a # line is a record where the server has no comments", () => {
    expect(parse("#a\tb\n").rows.map((row) => row.cells)).toEqual([["#a", "b"]]);
    expect(parse("#a\tb\n", COMMENTS).rows).toEqual([]);
  });

  test("only # in column one begins a comment", () => {
    const table = parse('"#a"\n\t#b\n #c\n', COMMENTS);
    expect(table.rows.map((row) => row.cells)).toEqual([["#a"], ["#b"], [" #c"]]);
  });

  test("a view into a larger buffer is read alone", () => {
    const bytes = Buffer.from("xx\na\tb\nyy\n");
    const table = parseTable(new Uint8Array(bytes.buffer, bytes.byteOffset + 3, 4), PLAIN);
    expect(table.rows.map((row) => row.cells)).toEqual([["a", "b"]]);
  });
});

describe("appendRow", () => {
  test("writes as XMail does", () => {
    expect(textOf(appendRow(parse('"a.test"\t"x"\t1\n'), ["b.test", 'y"z', 2]))).toBe(
      '"a.test"\t"x"\t1\n"b.test"\t"y\\"z"\t2\n',
    );
  });

  test("follows the line ends of the file and mends a missing one", () => {
    expect(textOf(appendRow(parse("a\r\nb"), ["c"]))).toBe('a\r\nb\r\n"c"\r\n');
    expect(textOf(appendRow(parse("a"), ["c"]))).toBe('a\n"c"\n');
    expect(textOf(appendRow(parse(""), ["c"]))).toBe('"c"\n');
  });

  test("refuses what would be a comment, nothing, or too long", () => {
    expect(() => appendRow(parse("", COMMENTS), ["#a\\"])).toThrow(refused);
    expect(textOf(appendRow(parse(""), ["#a\\"]))).toBe("#a\\\n");
    expect(() => appendRow(parse(""), [])).toThrow(refused);
    expect(() => appendRow(parse(""), ["x".repeat(508)])).toThrow("longer than XMail reads");
    expect(appendRow(parse(""), ["x".repeat(507)]).rows).toHaveLength(1);
  });
});

describe("replaceRow", () => {
  test("keeps spelling, spacing, further columns and the rest of the file", () => {
    const table = parse('# c\r\n\ta\t\t"b" lost\t7\tunknown\t\r\nz', COMMENTS);
    const changed = replaceRow(table, rowAt(table, 0), ["a", "new", 7]);
    expect(textOf(changed)).toBe('# c\r\n\ta\t\t"new"\t7\tunknown\t\r\nz');
    expect(rowAt(changed, 0).cells).toEqual(["a", "new", "7", "unknown"]);
  });

  test("a number keeps its quotes while it stays the same", () => {
    const table = parse('"a"\t"3"\n');
    expect(textOf(replaceRow(table, rowAt(table, 0), ["a", 3]))).toBe('"a"\t"3"\n');
    expect(textOf(replaceRow(table, rowAt(table, 0), ["a", 4]))).toBe('"a"\t4\n');
  });

  test("adds columns that were missing", () => {
    const table = parse('"a"\n"b"\n');
    expect(textOf(replaceRow(table, rowAt(table, 0), ["a", ""]))).toBe('"a"\t""\n"b"\n');
  });

  test("a piece of an overlong line becomes a line of its own", () => {
    const format = { comments: false, lineBuffer: 12 };
    const table = parse("0123456789tail\nb\n", format);
    expect(textOf(replaceRow(table, rowAt(table, 0), ["x"]))).toBe('"x"\ntail\nb\n');
  });

  test("a row of another table is refused", () => {
    expect(() => replaceRow(parse("a\n"), rowAt(parse("a\n"), 0), ["b"])).toThrow();
  });
});

describe("removeRows", () => {
  test("takes out the lines of the rows and nothing else", () => {
    const table = parse("# c\na\n\nb\nc", COMMENTS);
    expect(textOf(removeRows(table, [rowAt(table, 0), rowAt(table, 2)]))).toBe("# c\n\nb\n");
    expect(textOf(table)).toBe("# c\na\n\nb\nc");
  });

  test("a row of another table is refused", () => {
    expect(() => removeRows(parse("a\n"), parse("a\n").rows)).toThrow();
  });
});
