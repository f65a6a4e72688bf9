import fc from "fast-check";
import { expect, test } from "vitest";
import { decodePassword, encodePassword } from "../../../src/crypto/password-code.ts";

test.each([
  ["hello", "0d0009090a"],
  ["xmail", "1d08040c09"],
  ["", ""],
  ["pw-1", "15124854"],
  ["pw with blank", "151245120c110d450709040b0e"],
  ["a\\\\b", "04393907"],
  ["\xe9", "8c"],
])("%j is coded %s, as XMail wrote it", (password, coded) => {
  expect(encodePassword(password)).toBe(coded);
  expect(decodePassword(coded)).toBe(password);
});

test("any bytes come back", () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      const password = Buffer.from(bytes).toString("latin1");
      expect(decodePassword(encodePassword(password))).toBe(password);
    }),
  );
});

test.each(["0", "zz", "0d000", " 0d", "0d\n"])("%j is no code", (coded) => {
  expect(decodePassword(coded)).toBeNull();
});
