import * as real from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import * as lean from "../../../../adapters/cgi/lean/crypto.ts";

const bytes = fc.uint8Array({ maxLength: 300 });

test("SHA-256 of any bytes, in any pieces", () => {
  fc.assert(
    fc.property(fc.array(bytes, { maxLength: 4 }), (pieces) => {
      const [ours, theirs] = [lean.createHash("sha256"), real.createHash("sha256")];
      for (const piece of pieces) {
        ours.update(piece);
        theirs.update(piece);
      }
      expect(ours.digest("hex")).toBe(theirs.digest("hex"));
    }),
    { numRuns: 500 },
  );
});

test("every length around the blocks", () => {
  for (let length = 0; length < 200; length += 1) {
    const text = "é".repeat(length);
    const wanted = real.createHash("sha256").update(text).digest();
    expect(lean.createHash("sha256").update(text).digest().equals(wanted)).toBe(true);
  }
});

test("a long text, whose length has more than 32 bits of bits in no block", () => {
  const data = Buffer.alloc(3_000_000, "abc");
  const wanted = real.createHash("sha256").update(data).digest("base64url");
  expect(lean.createHash("sha256").update(data).digest("base64url")).toBe(wanted);
});

test("HMAC with keys of any length", () => {
  fc.assert(
    fc.property(bytes, fc.string({ unit: "grapheme" }), (key, text) => {
      const wanted = real.createHmac("sha256", key).update(text).digest("base64");
      expect(lean.createHmac("sha256", key).update(text).digest("base64")).toBe(wanted);
    }),
    { numRuns: 500 },
  );
  // RFC 4231, test case 2.
  expect(lean.createHmac("sha256", "Jefe").update("what do ya want for nothing?").digest("hex")).toBe(
    "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
  );
});

test("other digests are the real ones", () => {
  expect(lean.createHash("md5").update("a").digest("hex")).toBe("0cc175b9c0f1b6a831c399e269772661");
  const wanted = real.createHmac("sha1", "k").update("a").digest("hex");
  expect(lean.createHmac("sha1", "k").update("a").digest("hex")).toBe(wanted);
});

test("comparison", () => {
  fc.assert(
    fc.property(bytes, bytes, (a, b) => {
      expect(lean.timingSafeEqual(a, Uint8Array.from(a))).toBe(true);
      if (a.length === b.length) expect(lean.timingSafeEqual(a, b)).toBe(real.timingSafeEqual(a, b));
      else expect(() => lean.timingSafeEqual(a, b)).toThrow(RangeError);
    }),
  );
  expect(lean.timingSafeEqual(Uint8Array.of(1, 2), Uint8Array.of(1, 3))).toBe(false);
});

test("chance: version 4 ids, all different; as many bytes as asked", () => {
  const ids = Array.from({ length: 200 }, () => lean.randomUUID());
  for (const id of ids)
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(new Set(ids).size).toBe(200);
  expect(lean.randomBytes(33)).toHaveLength(33);
  expect(lean.randomBytes(16).equals(lean.randomBytes(16))).toBe(false);
});
