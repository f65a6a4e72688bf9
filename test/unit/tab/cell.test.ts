import { describe, expect, test } from "vitest";
import { cellOf, decodeCell, encodeCell, textOf } from "../../../src/tab/cell.ts";

describe("encodeCell", () => {
  test.each([
    ["plain", '"plain"'],
    ["", '""'],
    [42, "42"],
    ['say "hi"', '"say \\"hi\\""'],
    ["c:\\dir", '"c:\\dir"'],
    // The one form in which XMail reads a final backslash.
    ["c:\\dir\\", "c:\\dir\\"],
    ["\\", "\\"],
    ["\xe9", '"\xe9"'],
  ])("%j is written %s", (value, written) => {
    expect(encodeCell(value)).toBe(written);
    expect(decodeCell(written)).toBe(String(value));
  });

  test.each([
    ["a\tb", "a TAB"],
    ["a\rb", "a carriage return"],
    ["a\nb", "a line break"],
    ["a\0b", "a NUL"],
    ['"a\\', "begins with a quotation mark and ends with a backslash"],
    ["日本", "not turned into bytes"],
    [0.5, "not a whole number"],
    [Number.NaN, "not a whole number"],
  ])("%j is refused, because of %s", (value, why) => {
    expect(() => encodeCell(value)).toThrow(expect.objectContaining({ code: "CELL_NOT_WRITABLE" }));
    expect(() => encodeCell(value)).toThrow(why);
  });

  test("a refusal does not repeat the value", () => {
    expect(() => encodeCell("hunter2\n")).not.toThrow("hunter2");
  });
});

describe("decodeCell", () => {
  test.each([
    ["bare", "bare"],
    [" blanks ", " blanks "],
    ['in"side', 'in"side'],
    ['""', ""],
    ['"', ""],
    ['"open', "open"],
    ['"a"b"', "a"],
    ['"a" # lost', "a"],
    ['"a\\"b"', 'a"b'],
    ['"end\\"', 'end"'],
    ['"a\\\\b"', "a\\\\b"],
    ['"a\\\\"', 'a\\"'],
    ['"a\\"', 'a"'],
  ])("%s means %j", (field, value) => {
    expect(decodeCell(field)).toBe(value);
  });
});

describe("text", () => {
  test("is UTF-8 where the bytes are UTF-8, else Latin-1", () => {
    expect(textOf("caf\xc3\xa9")).toBe("café");
    expect(textOf("caf\xe9")).toBe("café");
    expect(textOf("\xef\xbb\xbfx")).toBe("\ufeffx");
    expect(cellOf("日本")).toBe("\xe6\x97\xa5\xe6\x9c\xac");
  });

  test("half a surrogate pair is refused", () => {
    expect(() => cellOf("\ud800")).toThrow(expect.objectContaining({ code: "CELL_NOT_WRITABLE" }));
  });
});
