import { expect, test } from "vitest";
import { checkHost, checkUserName, isMailPath, splitAddress } from "../../../src/simulator/names.ts";
import { refusalOf } from "../../../src/simulator/refusal.ts";

function numberOf(work: () => unknown): number | null {
  try {
    work();
    return null;
  } catch (error) {
    return refusalOf(error);
  }
}

const ATEXT = "!#$%&'*+-/=?^_`{|}~";

test("a user name is a dot-atom of RFC 822", () => {
  for (const letter of ATEXT)
    expect(
      numberOf(() => checkUserName(`a${letter}b`)),
      letter,
    ).toBe(null);
  for (const letter of ' "(),:;<>@[\\]\x01\x7f\xe9') {
    expect(
      numberOf(() => checkUserName(`a${letter}b`)),
      letter,
    ).toBe(216);
  }
  for (const name of ["", ".", ".a", "a.", "a..b"])
    expect(
      numberOf(() => checkUserName(name)),
      name,
    ).toBe(216);
});

/** Numbers of a real XMail 1.27 for `domainadd`. */
test.each([
  ["a", null],
  ["-a", null],
  ["a.b.c", null],
  ["*.x", null],
  ["[::1]", null],
  ["[192.0.2.1]", null],
  ["", 132],
  [".a", 132],
  ["a.", 132],
  ["a..b", 132],
  [" a", 132],
  ["[1.2.3.4", 132],
  ["a.[1.2.3.4]", 132],
  ["a ", 260],
  ["a@b", 260],
  ["x[1.2.3.4]", 260],
  ["1.2.3.4]", 260],
  ["[1.2.3.4]x", 260],
  ["[]", 40],
  ["[IPv6:::1]", 40],
])("%j as a host name is refused with %s", (host, number) => {
  expect(numberOf(() => checkHost(host))).toBe(number);
});

/** The same for `mluseradd`. */
test.each([
  ["a@b", null],
  ["*@*", null],
  ["a@[1.2.3.4]", null],
  ["a", 132],
  ["@b", 132],
  ["a@", 132],
  ["a b@c", 132],
  ['"a b"@c', 132],
  ["<a@b>", 132],
  ["a@.b", 132],
  ["a@b@c", 260],
  ["a@b:25", 260],
  ["@r:a@b", 33],
  ["@r,@s:a@b", 33],
])("%j as a mail address is refused with %s", (address, number) => {
  expect(numberOf(() => splitAddress(address))).toBe(number);
});

test("an envelope may have a source route", () => {
  expect(isMailPath("@relay:a@b")).toBe(true);
  expect(isMailPath("a@b")).toBe(true);
  expect(isMailPath("abc")).toBe(false);
});
