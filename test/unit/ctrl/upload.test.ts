import { describe, expect, test } from "vitest";
import { asStored, compareUpload, encodeRemoval, encodeUpload, joinLines } from "../../../src/ctrl/upload.ts";
import { refusal } from "./refused.ts";

const sent = (text: string) => encodeUpload(Buffer.from(text, "latin1")).toString("latin1");

describe("encodeUpload", () => {
  test.each([
    ["a\nb\n", "a\r\nb\r\n.\r\n"],
    ["a\r\nb\r\n", "a\r\nb\r\n.\r\n"],
    ["no end", "no end\r\n.\r\n"],
    [".\n", "..\r\n.\r\n"],
    ["..x\n.y", "...x\r\n..y\r\n.\r\n"],
    ["\n", "\r\n.\r\n"],
    ["\n\n", "\r\n\r\n.\r\n"],
    ["\xe3\x81\x82\xff\n", "\xe3\x81\x82\xff\r\n.\r\n"],
    ["tab\there", "tab\there\r\n.\r\n"],
  ])("%j becomes %j", (text, wire) => {
    expect(sent(text)).toBe(wire);
  });

  test("refuses nothing at all, which would delete the file", () => {
    expect(refusal(() => sent(""))).toEqual({ field: "content", rule: "required" });
    expect(encodeRemoval().toString()).toBe(".\r\n");
  });

  test("refuses a line above 2044 bytes, at which XMail would take the rest for commands", () => {
    expect(sent("x".repeat(2044))).toHaveLength(2044 + 5);
    expect(refusal(() => sent(`ok\n${"x".repeat(2045)}\nuserdel`))).toEqual({
      field: "content",
      rule: "maxLength",
      limit: 2044,
    });
    // The doubled dot counts.
    expect(refusal(() => sent(`.${"x".repeat(2043)}`))).toMatchObject({ rule: "maxLength" });
  });

  test("refuses a zero byte", () => {
    expect(refusal(() => sent("a\0b"))).toEqual({ field: "content", rule: "control" });
  });
});

test("asStored is what the file then holds", () => {
  expect(asStored(Buffer.from("a\r\nb")).toString()).toBe("a\nb\n");
  expect(joinLines([])).toHaveLength(0);
});

test("compareUpload minds every byte but line ends", () => {
  compareUpload(Buffer.from("a\r\nb"), Buffer.from("a\nb\n"));
  expect(() => compareUpload(Buffer.from("a\nb"), Buffer.from("a\n"))).toThrow(
    expect.objectContaining({ code: "FILE_CHANGED" }),
  );
});
