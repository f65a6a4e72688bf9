import { describe, expect, test } from "vitest";
import { newTotpSecret, stepOfCode, totpUri } from "../../../src/crypto/totp.ts";
import { Secret } from "../../../src/errors/secret.ts";

/** RFC 6238, appendix B, SHA-1: seconds since 1970, and the last six of the eight digits. */
const VECTORS = [
  [59, "287082"],
  [1111111109, "081804"],
  [1111111111, "050471"],
  [1234567890, "005924"],
  [2000000000, "279037"],
  [20000000000, "353130"],
] as const;
/** `12345678901234567890` */
const SECRET = new Secret("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
const at = (seconds: number) => new Date(seconds * 1000);

describe("codes of authenticator apps", () => {
  test.each(VECTORS)("are those of RFC 6238 at %i", (seconds, code) => {
    expect(stepOfCode(SECRET, code, at(seconds), -1)).toBe(Math.floor(seconds / 30));
  });

  test("count one step early and one step late, and no longer", () => {
    const [seconds, code] = [1234567890, "005924"];
    expect(seconds % 30).toBe(0);
    const step = seconds / 30;
    for (const [offset, wanted] of [
      [-31, null],
      [-30, step],
      [-1, step],
      [0, step],
      [29, step],
      [59, step],
      [60, null],
    ] as const) {
      expect(stepOfCode(SECRET, code, at(seconds + offset), -1), `${offset}`).toBe(wanted);
    }
  });

  test("count no more once they or later ones were used", () => {
    const step = 1234567890 / 30;
    const now = at(1234567890);
    expect(stepOfCode(SECRET, "005924", now, step - 1)).toBe(step);
    expect(stepOfCode(SECRET, "005924", now, step)).toBeNull();
    expect(stepOfCode(SECRET, "005924", now, step + 1)).toBeNull();
  });

  test("are six digits and nothing else", () => {
    for (const text of [
      "",
      "5924",
      "05924",
      "0005924",
      "005924 ",
      " 05924",
      "00592x",
      "００５９２４",
      "+05924",
    ]) {
      expect(stepOfCode(SECRET, text, at(1234567890), -1), text).toBeNull();
    }
  });
});

test("a new secret has 160 random bits, and an address that apps read", () => {
  const secret = newTotpSecret();
  expect(secret.reveal()).toMatch(/^[A-Z2-7]{32}$/);
  expect(newTotpSecret().reveal()).not.toBe(secret.reveal());
  const uri = new URL(totpUri(secret, "mail: Sato & Co?", "佐藤@example.com"));
  expect(uri.protocol + uri.host).toBe("otpauth:totp");
  expect(decodeURIComponent(uri.pathname)).toContain("佐藤@example.com");
  expect(Object.fromEntries(uri.searchParams)).toMatchObject({
    secret: secret.reveal(),
    algorithm: "SHA1",
    digits: "6",
    period: "30",
  });
  expect(uri.searchParams.get("issuer")).toContain("Sato & Co?");
});
