import { expect, test } from "vitest";
import {
  addressArgument,
  aliasArgument,
  domainArgument,
  exactly,
  filterArgument,
  folderName,
  passwordArgument,
  pathArgument,
  pattern,
  storedRow,
  userArgument,
} from "../../../src/ctrl/arguments.ts";
import { Secret } from "../../../src/errors/secret.ts";
import { refusal } from "./refused.ts";

test.each([
  ["user", 64, (text: string) => userArgument(text)],
  ["domain", 255, (text: string) => domainArgument(text)],
  ["password", 200, (text: string) => passwordArgument(new Secret(text))],
  ["alias", 255, (text: string) => aliasArgument(text)],
  ["path", 255, (text: string) => pathArgument(text)],
])("%s has at most %i bytes: longer ones crash XMail", (_, most, make) => {
  expect(make("x".repeat(most)).value).toHaveLength(most);
  expect(refusal(() => make("x".repeat(most + 1)))).toMatchObject({ rule: "maxLength", limit: most });
});

test("names are not empty, passwords may be", () => {
  expect(refusal(() => userArgument(""))).toEqual({ field: "name", rule: "required" });
  expect(refusal(() => domainArgument(""))).toEqual({ field: "domain", rule: "required" });
  expect(passwordArgument(new Secret("")).value).toBe("");
});

test("an address has both parts within their limits", () => {
  expect(addressArgument("a@b").value).toBe("a@b");
  for (const bad of ["a", "a@", "@b", ""]) expect(refusal(() => addressArgument(bad))).not.toBe("accepted");
  expect(refusal(() => addressArgument(`${"x".repeat(65)}@b`))).toMatchObject({
    field: "address",
    limit: 64,
  });
  expect(refusal(() => addressArgument(`a@${"x".repeat(256)}`))).toMatchObject({ limit: 255 });
});

test("a plain text is matched exactly, a pattern as it is", () => {
  expect(exactly("a*b?c[d]e\\f")).toBe("a\\*b\\?c\\[d\\]e\\\\f");
  expect(filterArgument("domain", "*").value).toBe("\\*");
  expect(filterArgument("domain", pattern("*")).value).toBe("*");
});

test.each(["a/b", "a\\b", ".", "..", "..."])("%j is no name for a folder", (name) => {
  expect(refusal(() => folderName(userArgument(name)))).toEqual({ field: "name", rule: "slash" });
});

test("a path may not climb", () => {
  for (const path of ["../x", "a/../b", "a..b"]) {
    expect(refusal(() => pathArgument(path))).toEqual({ field: "path", rule: "path" });
  }
});

test("a row must read back as it was written", () => {
  const row = (value: string) =>
    storedRow(20, [
      { name: "a", value: "x" },
      { name: "b", value },
    ]);
  expect(row("123456789012")).toHaveLength(2);
  expect(refusal(() => row("1234567890123"))).toEqual({ field: "b", rule: "maxLength", limit: 18 });
  // A quote takes two bytes in the file.
  expect(refusal(() => row('12345678901"'))).toMatchObject({ rule: "maxLength" });
  expect(refusal(() => row("ends\\"))).toEqual({ field: "b", rule: "backslash" });
});
