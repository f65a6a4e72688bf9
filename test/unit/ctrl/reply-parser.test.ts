import { describe, expect, test } from "vitest";
import {
  createReplyParser,
  type Follows,
  parseRecord,
  parseStatus,
  textOf,
} from "../../../src/ctrl/reply-parser.ts";
import { hasCode } from "../../../src/errors/error.ts";

function read(pieces: readonly string[], follows: readonly Follows[]): unknown[] {
  const seen: unknown[] = [];
  let answers = 0;
  const parser = createReplyParser({
    status(status) {
      seen.push(`${status.ok ? "+" : "-"}${status.code} ${status.text}`);
      return status.ok ? (follows[answers++] ?? "status") : "status";
    },
    lines: (batch) => seen.push(...batch.map((line) => ({ line }))),
    end: () => seen.push("."),
  });
  for (const piece of pieces) parser.push(Buffer.from(piece, "latin1"));
  seen.push({ midway: parser.midway });
  return seen;
}

describe("createReplyParser", () => {
  test("reads statuses one after the other", () => {
    expect(read(["+00000 OK\r\n-00103 Bad CTRL command syntax\r\n"], [])).toEqual([
      "+0 OK",
      "-103 Bad CTRL command syntax",
      { midway: false },
    ]);
  });

  test("reads a record list, whose lines are not stuffed", () => {
    expect(read(['+00100 OK\r\n"a"\t"b"\r\n"."\r\n.\r\n+00000 OK\r\n'], ["records"])).toEqual([
      "+100 OK",
      { line: '"a"\t"b"' },
      { line: '"."' },
      ".",
      "+0 OK",
      { midway: false },
    ]);
  });

  test("takes one dot from the lines of a file", () => {
    expect(read(["+00100 OK\r\n..one\r\n...two\r\n..\r\n\r\n.\r\n"], ["file"])).toEqual([
      "+100 OK",
      { line: ".one" },
      { line: "..two" },
      { line: "." },
      { line: "" },
      ".",
      { midway: false },
    ]);
  });

  test("keeps bytes above 127 and carriage returns inside a line", () => {
    expect(read(["+00100 OK\r\n\xe3\x81\x82\xff\rx\r\n.\r\n"], ["file"])).toContainEqual({
      line: "\xe3\x81\x82\xff\rx",
    });
  });

  test("says that it waits for more", () => {
    expect(read(["+0000"], [])).toEqual([{ midway: true }]);
    expect(read(["+00100 OK\r\n"], ["file"])).toEqual(["+100 OK", { midway: true }]);
  });

  test.each(["hello\r\n", "+0000 OK\r\n", "+000000 OK\r\n", "00000 OK\r\n", "\r\n", ".\r\n"])(
    "refuses %j",
    (text) => {
      expect(() => read([text], [])).toThrow(expect.objectContaining({ code: "XMAIL_PROTOCOL" }));
    },
  );

  test("does not wait for ever for the end of a line", () => {
    const parser = createReplyParser({
      status: () => "status",
      lines: () => undefined,
      end: () => undefined,
    });
    const flood = () => {
      for (let piece = 0; piece < 100; piece += 1) parser.push(Buffer.alloc(1024, "x"));
    };
    expect(flood).toThrow(expect.objectContaining({ code: "XMAIL_PROTOCOL" }));
  });
});

test("parseStatus compares numbers and takes any text", () => {
  expect(parseStatus("-00097 Error in function {opendir}")).toEqual({
    ok: false,
    code: 97,
    text: "Error in function {opendir}",
  });
  expect(parseStatus("+00000")).toEqual({ ok: true, code: 0, text: "" });
});

describe("parseRecord", () => {
  test("takes quotes and backslashes in values as they are", () => {
    expect(parseRecord('"Q"\t"say "hi""', 2)).toEqual(["Q", 'say "hi"']);
    expect(parseRecord('"B"\t"c:\\dir\\"', 2)).toEqual(["B", "c:\\dir\\"]);
    expect(parseRecord('"a"\t""', 2)).toEqual(["a", ""]);
    expect(parseRecord('""', 1)).toEqual([""]);
  });

  test("reads UTF-8 where it is UTF-8, cell by cell", () => {
    const cell = Buffer.from("日本").toString("latin1");
    expect(parseRecord(`"${cell}"\t"caf\xe9"`, 2)).toEqual(["日本", "café"]);
    expect(textOf("plain")).toBe("plain");
  });

  test.each(['"a"', "a", "", '"', '"a', 'a"', '"a\t"b"', '"a"\tb"', '"\t"', '"a"\t"'])(
    "refuses %j where two values are due",
    (line) => {
      try {
        parseRecord(line, 2);
        expect.unreachable();
      } catch (error) {
        expect(hasCode(error, "XMAIL_PROTOCOL")).toBe(true);
      }
    },
  );
});
