import { describe, expect, test } from "vitest";
import { encodeCommand, encodeLogin, LONGEST_COMMAND, LONGEST_LOGIN } from "../../../src/ctrl/wire.ts";
import { refusal } from "./refused.ts";

const line = (value: string) =>
  encodeCommand("userlist", [{ name: "domain", value }]).line.toString("latin1");

describe("encodeCommand", () => {
  test.each([
    ["", '""'],
    ["plain", '"plain"'],
    ["a b", '"a b"'],
    ['say "hi"', '"say \\"hi\\""'],
    ["c:\\dir\\", "c:\\dir\\"],
    ["a\\b", '"a\\b"'],
    ['a\\"b', '"a\\\\"b"'],
    ['"', '"\\""'],
    ["\\", "\\"],
    ["*", '"*"'],
    ["#!TLS", '"#!TLS"'],
  ])("%j becomes %s", (value, token) => {
    expect(line(value)).toBe(`"userlist"\t${token}\r\n`);
  });

  test.each([
    ["a\tb", "control"],
    ["a\r", "control"],
    ["a\nuserdel", "control"],
    ["a\0", "control"],
    ["café", "ascii"],
    ["\x80", "ascii"],
    ["日本", "ascii"],
    ["\u{1f600}", "ascii"],
    ['"quoted\\', "quoting"],
  ])("refuses %j (%s) and names the argument", (value, rule) => {
    expect(refusal(() => line(value))).toEqual({ field: "domain", rule });
  });

  test("takes 4092 bytes and blames the longest argument for one more", () => {
    const room = LONGEST_COMMAND - '"userlist"\t""\t""'.length;
    const args = (length: number) => [
      { name: "domain", value: "d" },
      { name: "name", value: "x".repeat(length) },
    ];
    expect(encodeCommand("userlist", args(room - 1)).line).toHaveLength(LONGEST_COMMAND + 2);
    expect(refusal(() => encodeCommand("userlist", args(room)))).toEqual({
      field: "name",
      rule: "maxLength",
      limit: LONGEST_COMMAND,
    });
  });

  test("never shows a value in its error", () => {
    const marker = "S3cret-Marker";
    for (const value of [`${marker}\t`, `${marker}é`, `"${marker}\\`, marker.repeat(400)]) {
      try {
        encodeCommand("userauth", [{ name: "password", value }]);
        expect.unreachable();
      } catch (error) {
        expect(JSON.stringify(error) + String(error) + String((error as Error).stack)).not.toContain(marker);
      }
    }
  });
});

describe("encodeLogin", () => {
  test("takes 252 bytes", () => {
    const room = LONGEST_LOGIN - '"admin"\t""'.length;
    expect(encodeLogin("admin", "x".repeat(room))).toHaveLength(LONGEST_LOGIN + 2);
    expect(refusal(() => encodeLogin("admin", "x".repeat(room + 1)))).toMatchObject({ field: "password" });
  });
});
