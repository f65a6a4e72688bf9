import { expect, test } from "vitest";
import {
  certificateFingerprint,
  loginDigest,
  readFingerprint,
  sameFingerprint,
} from "../../../src/crypto/digest.ts";

test("loginDigest is # and the MD5 of challenge and password (RFC 1939's own example)", () => {
  expect(loginDigest("<1896.697170952@dbc.mtview.ca.us>", "tanstaaf")).toBe(
    "#c4c9334bac560ecc979e58001b3e22fb",
  );
});

test("loginDigest takes the challenge byte for byte and the password as UTF-8", () => {
  expect(loginDigest("<\xff>", "é")).not.toBe(loginDigest("<\xff>", "e"));
  expect(loginDigest("<\xff>", "é")).toMatch(/^#[0-9a-f]{32}$/);
});

test("certificateFingerprint is the SHA-256 as OpenSSL prints it", () => {
  expect(certificateFingerprint(Buffer.from("abc"))).toBe(
    "BA:78:16:BF:8F:01:CF:EA:41:41:40:DE:5D:AE:22:23:B0:03:61:A3:96:17:7A:9C:B4:10:FF:61:F2:00:15:AD",
  );
});

test("readFingerprint takes the usual ways of writing and nothing else", () => {
  const hex = "ab".repeat(32);
  const colons = "AB:".repeat(32).slice(0, -1);
  for (const text of [
    hex,
    hex.toUpperCase(),
    colons,
    ` ${colons}\n`,
    `SHA256 Fingerprint=${colons}`,
    `sha256:${hex}`,
  ]) {
    expect(readFingerprint(text)).toBe(hex);
  }
  for (const text of ["", "ab", "ab".repeat(20), `${hex}ab`, "zz".repeat(32)])
    expect(readFingerprint(text)).toBeNull();
});

test("sameFingerprint is false for what is no fingerprint, even twice the same", () => {
  expect(sameFingerprint("ab".repeat(32), "AB:".repeat(32).slice(0, -1))).toBe(true);
  expect(sameFingerprint("ab".repeat(32), "ac".repeat(32))).toBe(false);
  expect(sameFingerprint("", "")).toBe(false);
});
