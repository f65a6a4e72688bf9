import { expect, test } from "vitest";
import { Secret } from "../../../src/errors/secret.ts";
import { type Purpose, sameSignature, seal, signatureOf, unseal } from "../../../src/http/signed-value.ts";

const key = new Secret("k".repeat(43));
const PURPOSES: readonly Purpose[] = ["session", "flash", "visitor", "csrf"];

test("what was sealed opens for the same purpose and audience only", () => {
  for (const purpose of PURPOSES) {
    const sealed = seal(key, purpose, "panel", { text: "日本" });
    expect(unseal(key, purpose, "panel", sealed)).toEqual({ text: "日本" });
    expect(unseal(key, purpose, "users", sealed)).toBeNull();
    expect(unseal(new Secret("j".repeat(43)), purpose, "panel", sealed)).toBeNull();
    for (const other of PURPOSES.filter((one) => one !== purpose)) {
      expect(unseal(key, other, "panel", sealed), `${purpose} as ${other}`).toBeNull();
    }
  }
});

test("a border between audience and text cannot be moved", () => {
  const one = signatureOf(key, "csrf", 'a","b', "c");
  expect(sameSignature(one, signatureOf(key, "csrf", "a", 'b","c'))).toBe(false);
  expect(sameSignature(one, one)).toBe(true);
  expect(sameSignature(`${one}x`, one)).toBe(false);
});
