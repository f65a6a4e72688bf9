import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isStoragePath, nameOf, parentOf, ROOT, storagePath } from "../../../src/storage/path.ts";

const REFUSED: Readonly<Record<string, readonly string[]>> = {
  "absolute paths": ["/", "/etc/passwd", "//server/share", "/.."],
  "empty parts": ["a//b", "a/", "a//"],
  "parts that lead elsewhere": [".", "..", "a/..", "../a", "a/./b", "a/../../b"],
  "control characters": ["a\0b", "a\nb", "a\rb", "a\tb", "\x1b[2J", "a\x7f"],
  backslashes: ["a\\b", "..\\a", "\\\\server\\share"],
  "drive letters": ["C:", "c:/windows", "a/C:x"],
  "devices of Windows": ["con", "NUL", "a/aux.txt", "com1", "LPT9.log", "com¹", "conin$", "prn"],
  "trailing dots and blanks": ["a.", "a ", "a/b. ", "a./b", "...", ". "],
  "lone surrogates": ["a\ud800", "\udc00"],
  "parts over 255 bytes": ["x".repeat(256), `a/${"é".repeat(128)}`],
  "paths over 4096 bytes": [Array.from({ length: 30 }, () => "x".repeat(200)).join("/")],
};
const TAKEN = [
  "a",
  "a/b",
  ".hidden",
  "..a",
  "a..b",
  "console",
  "com10",
  "1700.M1.host:2,S",
  "日本語",
  " a",
  "x".repeat(255),
  "~",
];

describe("storagePath", () => {
  for (const [what, paths] of Object.entries(REFUSED)) {
    test(`refuses ${what}`, () => {
      for (const path of paths) {
        expect(() => storagePath(path), JSON.stringify(path)).toThrow(
          expect.objectContaining({ code: "STORAGE_PATH" }),
        );
        expect(isStoragePath(path)).toBe(false);
      }
    });
  }

  test("takes what is a name", () => {
    for (const path of TAKEN) {
      expect(storagePath(path)).toBe(path);
      expect(isStoragePath(path)).toBe(true);
    }
  });

  test("joins, and checks what it joined", () => {
    expect(storagePath("a", "b/c", "d")).toBe("a/b/c/d");
    expect(storagePath()).toBe(ROOT);
    expect(storagePath("")).toBe(ROOT);
    for (const pieces of [
      ["a", ""],
      ["", "a"],
      ["a", "/b"],
      ["a", "../b"],
      ["a", ".."],
    ]) {
      expect(() => storagePath(...pieces), pieces.join(" + ")).toThrow(
        expect.objectContaining({ code: "STORAGE_PATH" }),
      );
    }
  });

  test("tells strangers the rule, and the path only to the log", () => {
    try {
      storagePath("secret/..");
    } catch (error) {
      expect(error).toMatchObject({ internal: { path: "secret/.." } });
      expect(String(error)).not.toContain("secret");
    }
    expect.assertions(2);
  });

  test("what it takes stays below any root, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 30 }), (text) => {
        if (!isStoragePath(text) || text === "") return;
        const resolved = new URL(text.split("/").map(encodeURIComponent).join("/"), "file:///root/").pathname;
        expect(resolved.startsWith("/root/")).toBe(true);
        expect(text.split("/").every((part) => part !== "" && part !== "." && part !== "..")).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  test("parent and name", () => {
    expect([parentOf(storagePath("a/b/c")), nameOf(storagePath("a/b/c"))]).toEqual(["a/b", "c"]);
    expect([parentOf(storagePath("a")), nameOf(storagePath("a"))]).toEqual([ROOT, "a"]);
    expect([parentOf(ROOT), nameOf(ROOT)]).toEqual([ROOT, ""]);
  });
});
