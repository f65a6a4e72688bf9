import { expect, test } from "vitest";
import { aliasFor, domainAliasFor, matchesPattern } from "../../../src/xmail/resolution.ts";

test.each([
  ["*", "anything", true],
  ["*", "", true],
  ["s?les", "sales", true],
  ["s?les", "sles", false],
  ["SALES", "sales", true],
  ["[a-c]x", "bx", true],
  ["[a-c]x", "dx", false],
  ["a\\*b", "a*b", true],
  ["a\\*b", "axb", false],
  ["a.b", "axb", false],
  ["a+b(c)", "a+b(c)", true],
  ["*.example.com", "mail.example.com", true],
  ["*.example.com", "example.com", false],
])("%s against %s: %s", (pattern, text, matches) => {
  expect(matchesPattern(pattern, text)).toBe(matches);
});

test("an exact alias wins, then the longest pattern, wherever it stands", () => {
  const rows = [
    { domain: "a.test", alias: "*", target: "all@a.test" },
    { domain: "a.test", alias: "sal*", target: "sal@a.test" },
    { domain: "*", alias: "sales-*", target: "wide@a.test" },
    { domain: "a.test", alias: "sales", target: "exact@a.test" },
  ];
  expect(aliasFor(rows, "A.test", "SALES")?.target).toBe("exact@a.test");
  expect(aliasFor(rows, "a.test", "salon")?.target).toBe("sal@a.test");
  expect(aliasFor(rows, "a.test", "x")?.target).toBe("all@a.test");
  expect(aliasFor(rows, "b.test", "sales-1")?.target).toBe("wide@a.test");
  expect(aliasFor(rows, "b.test", "x")).toBeNull();
});

test("an exact domain alias wins over a pattern", () => {
  const rows = [
    { alias: "*.test", real: "one" },
    { alias: "b.test", real: "two" },
  ];
  expect(domainAliasFor(rows, "B.test")?.real).toBe("two");
  expect(domainAliasFor(rows, "c.test")?.real).toBe("one");
  expect(domainAliasFor(rows, "c.org")).toBeNull();
});
