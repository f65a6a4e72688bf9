import { expect, test } from "vitest";
import { patternMatcher } from "../../../src/xmail/pattern.ts";

/** Tried on XMail 1.27 with `aliaslist`; ` ` between the names that matched. */
const NAMES =
  "a b c A Z z - [ ] ^ ! \\ * ? ab abc aXb [a [a] a] a- \\a a* a? a[b a-z . ** a\\ b] 0 5 [] ^a".split(" ");
const TRIED: Readonly<Record<string, string>> = {
  "?": "a b c A Z z - [ ] ^ ! \\ * ? . 0 5",
  A: "a A",
  "[a]": "a A",
  "[a": "",
  "[": "",
  "[]": "",
  "[]a]": "",
  "[^]": "",
  "[^a]": "b c Z z - [ ] ^ ! \\ * ? . 0 5",
  "[!a]": "a A !",
  "[a-]": "",
  "[-a]": "",
  "[z-a]": "Z z",
  "[A-C]": "a b c A",
  "\\": "",
  "\\\\": "\\",
  "\\*": "*",
  "\\a": "a A",
  "*a*b": "ab aXb a[b",
  "*b": "b ab aXb a[b",
  "a?": "ab a] a- a* a? a\\",
  "[\\]]": "]",
  "[]]": "",
  "a\\": "",
  "[\\-a]": "a A -",
  "[a\\-z]": "a A Z z -",
  "[[]": "[",
  "[a]*": "a A ab abc aXb a] a- a* a? a[b a-z a\\",
  "[a-z0-9]": "a b c A Z z 0 5",
  "[a-": "",
  "a[b]": "ab",
  "[ab][bc]": "ab",
  "*]": "] [a] a] b] []",
  "[a--]": "a A",
  "[!--]": "- ! *",
};

test.each(Object.entries(TRIED))("%j matches what it matches in XMail", (pattern, names) => {
  const matches = patternMatcher(pattern);
  // `*` and `[!--]` reach into the range from `!` to `-`.
  expect(NAMES.filter((name) => matches(name)).join(" ")).toBe(names);
});

test("letters count where the caller says so", () => {
  expect(patternMatcher("USER*", { caseless: false })("user.tab")).toBe(false);
  expect(patternMatcher("user*", { caseless: false })("user.tab")).toBe(true);
});

test("many stars take no time", () => {
  const matches = patternMatcher(`${"*a".repeat(30)}b`);
  const begun = performance.now();
  expect(matches("a".repeat(4000))).toBe(false);
  expect(performance.now() - begun).toBeLessThan(1000);
});

test("many stars against a long name end at once: an attacker writes both", () => {
  // A matcher that goes back over every star would not end before the test's time limit.
  expect(patternMatcher(`${"*a".repeat(120)}b`)("a".repeat(255))).toBe(false);
  expect(patternMatcher(`${"*a".repeat(120)}*`)("a".repeat(255))).toBe(true);
});
