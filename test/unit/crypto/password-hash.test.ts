import { scryptSync } from "node:crypto";
import { describe, expect, test } from "vitest";
import { hashPassword, isPassword } from "../../../src/crypto/password-hash.ts";
import { Secret } from "../../../src/errors/secret.ts";

const password = new Secret("correct horse battery");

/** As another program would make it from the parameters that stand in the text. */
function hashOf(
  text: string,
  [cost, block, parallel]: readonly [number, number, number],
  salt = "c2FsdHNhbHRzYWx0c2FsdA",
): string {
  const options = { N: cost, r: block, p: parallel, maxmem: 2 ** 30 };
  const hash = scryptSync(text, Buffer.from(salt, "base64url"), 32, options).toString("base64url");
  return `scrypt$${cost}$${block}$${parallel}$${salt}$${hash}`;
}

describe("password hashes", () => {
  test("fit their password and no other", async () => {
    const hash = await hashPassword(password);
    expect(hash).toMatch(/^scrypt\$16384\$8\$5\$[\w-]{22}\$[\w-]{43}$/);
    expect(await isPassword(password, hash)).toBe(true);
    for (const wrong of ["", "correct horse", "Correct horse battery", hash]) {
      expect(await isPassword(new Secret(wrong), hash), wrong).toBe(false);
    }
  });

  test("differ each time", async () => {
    expect(await hashPassword(password)).not.toBe(await hashPassword(password));
  });

  test("are scrypt's, with the parameters that stand in them", async () => {
    for (const parameters of [
      [1024, 8, 1],
      [16384, 8, 5],
      [32768, 8, 1],
    ] as const) {
      expect(await isPassword(password, hashOf("correct horse battery", parameters))).toBe(true);
      expect(await isPassword(new Secret("other"), hashOf("correct horse battery", parameters))).toBe(false);
    }
  });

  test("take the same letters from every keyboard", async () => {
    const hash = await hashPassword(new Secret("pássword with é".normalize("NFD")));
    expect(await isPassword(new Secret("pássword with é".normalize("NFC")), hash)).toBe(true);
  });

  test("of the wrong form or asking for too much fit nothing", async () => {
    const good = hashOf("correct horse battery", [1024, 8, 1]);
    const [, , , , salt = "", hash = ""] = good.split("$");
    for (const bad of [
      null,
      "",
      "correct horse battery",
      good.replace("scrypt", "plain"),
      `${good}x`,
      `scrypt$1000$8$1$${salt}$${hash}`,
      `scrypt$0$8$1$${salt}$${hash}`,
      `scrypt$1024$0$1$${salt}$${hash}`,
      `scrypt$1024$8$0$${salt}$${hash}`,
      `scrypt$67108864$8$1$${salt}$${hash}`,
      hashOf("correct horse battery", [1024, 8, 17]),
    ]) {
      expect(await isPassword(password, bad), String(bad)).toBe(false);
    }
  });
});
