import { describe, expect, test } from "vitest";
import { bodyOf, lineEndAt, splitRecord, type TableFormat } from "../../../src/tab/lines.ts";

const SHORT = { comments: false, lineBuffer: 12 };

function cutLines(text: string, format: TableFormat): string[] {
  const lines: string[] = [];
  for (let start = 0, end = 0; start < text.length; start = end) {
    end = lineEndAt(text, start, format);
    lines.push(text.slice(start, end));
  }
  return lines;
}

describe("splitRecord", () => {
  test.each([
    ['"a"\t"b"\n', ["a", "b"]],
    ["a\t\t\tb", ["a", "b"]],
    ["\t\ta\t", ["a"]],
    ['a\t""\tb', ["a", "", "b"]],
    ["a b\tc\r\r\n", ["a b", "c"]],
    ["a\rb", ["a\rb"]],
    ["a\tb\0c\td\n", ["a", "b"]],
    ["a\r\0b\n", ["a"]],
    ["\t\t", []],
    ["", []],
    ["\r\n", []],
  ])("%j is read as %j", (line, cells) => {
    expect(splitRecord(line)).toEqual(cells);
  });
});

describe("lineEndAt", () => {
  test("cuts after each LF and keeps it", () => {
    expect(cutLines("a\n\nb\r\nc", SHORT)).toEqual(["a\n", "\n", "b\r\n", "c"]);
  });

  test("cuts a line where the server's buffer is full", () => {
    expect(cutLines("0123456789abcdefghijKL\nm\n", SHORT)).toEqual([
      "0123456789",
      "abcdefghij",
      "KL\n",
      "m\n",
    ]);
  });

  test("a 2048 byte buffer holds 2046 bytes, as the recordings show", () => {
    const [first = "", rest] = cutLines(`"Long"\t"${"y".repeat(2100)}"\n`, {
      comments: true,
      lineBuffer: 2048,
    });
    expect(splitRecord(first)[1]).toHaveLength(2038);
    expect(rest).toBe(`${"y".repeat(62)}"\n`);
  });
});

test("bodyOf leaves out what the server does not see", () => {
  expect(bodyOf("a\tb\t\r\n")).toBe("a\tb\t");
  expect(bodyOf("a\0b\n")).toBe("a");
});
