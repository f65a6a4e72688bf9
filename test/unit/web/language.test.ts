import { expect, test } from "vitest";
import { hereOf, insideOnly, withQuery } from "../../../src/web/frame.ts";
import { accountPath } from "../../../src/web/paths.ts";
import { findPage } from "../../../src/web/router.ts";
import { PAGES } from "../../../src/web/routes.ts";
import { chooseLanguage, chooseTheme } from "../../../src/web/text/language.ts";

test.each([
  [undefined, null, "en"],
  [undefined, "ja", "ja"],
  [undefined, "ja-JP,en;q=0.8", "ja"],
  [undefined, "en;q=0.5, ja;q=0.9", "ja"],
  [undefined, "fr, ja;q=0, en;q=0.1", "en"],
  [undefined, "de,fr", "en"],
  [undefined, "*;q=x,;;,=", "en"],
  ["ja", "en", "ja"],
  ["constructor", "ja", "ja"],
] as const)("cookie %s and Accept-Language %s choose %s", (cookie, header, language) =>
  expect(chooseLanguage(cookie, header)).toBe(language),
);

test("an unknown theme is the system's", () => {
  expect(chooseTheme("dark")).toBe("dark");
  expect(chooseTheme("neon")).toBe("system");
  expect(chooseTheme(undefined)).toBe("system");
});

test.each([
  ["/accounts?search=a", "/accounts?search=a"],
  [null, "/"],
  ["", "/"],
  ["accounts", "/"],
  ["//evil.example", "/"],
  ["/\\evil.example", "/"],
  ["/a\\b", "/"],
  ["https://evil.example/", "/"],
  ["/a\r\nset-cookie: x=y", "/"],
  ["javascript:alert(1)", "/"],
])("%j leads to %s after signing in", (next, inside) => expect(insideOnly(next)).toBe(inside));

test("addresses are encoded again", () => {
  const query = new URLSearchParams({ search: "a&b" });
  expect(hereOf({ path: "/domains/日本?", query })).toBe("/domains/%E6%97%A5%E6%9C%AC%3F?search=a%26b");
  expect(withQuery("/a", { b: "c d", e: "", f: null, g: undefined })).toBe("/a?b=c+d");
});

test("no two pages answer at one address", () => {
  for (const page of PAGES) {
    const path = page.path.replace(/:(\w+)/g, "add-$1");
    expect(PAGES.filter((other) => findPage([other], path)).map((other) => other.path)).toEqual([page.path]);
  }
});

test("parts of an address become parameters, whatever they hold", () => {
  const found = findPage(PAGES, "/accounts/example.com/a*?%");
  expect(found?.params).toEqual({ domain: "example.com", name: "a*?%" });
  expect(accountPath({ domain: "d", name: "a*?%" })).toBe("/accounts/d/a*%3F%25");
  expect(accountPath({ domain: "d", name: "half \ud800" })).toBe("/accounts/d/half%20%EF%BF%BD");
  expect(findPage(PAGES, "/accounts/example.com/")).toBeNull();
  expect(findPage(PAGES, "/accounts//hana")).toBeNull();
});
