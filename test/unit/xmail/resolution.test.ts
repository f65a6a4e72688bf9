import { expect, test } from "vitest";
import { aliasFor, domainAliasFor } from "../../../src/xmail/resolution.ts";

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
