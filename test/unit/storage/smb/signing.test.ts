import { createCipheriv } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CIPHERS, type CipherNumber, sealerFor } from "../../../../src/storage/smb/sealing.ts";
import { isSigned, SIGNING, type SigningAlgorithm, signerFor } from "../../../../src/storage/smb/signing.ts";

const hex = (text: string) => Buffer.from(text.replaceAll(/\s/g, ""), "hex");
const failed = expect.objectContaining({ code: "STORAGE_FAILED" });

/** The last answer of a sign-in, as Microsoft publishes it with the key that signs it. */
const PUBLISHED = hex(`
  FE534D4240000100000000000100800009000000000000000300000000000000FFFE000000000000
  1900000000100000EBE146DA120BA25FC3376A49DFE31BC10900000048001D00A11B3019A0030A01
  00A3120410010000003B453CDC3524164200000000`);
const PUBLISHED_KEY = hex("73FE7A9A77BEF0BDE49C650D8CCB5F76");

/** What makes an answer of a request, for codes that tell the two apart. */
function fromServer(algorithm: SigningAlgorithm, key: Buffer, message: Buffer): Buffer {
  signerFor(algorithm, key).sign(message);
  if (algorithm !== SIGNING.aesGmac) return message;
  message.fill(0, 48, 64);
  const nonce = Buffer.concat([message.subarray(24, 32), Buffer.from([1, 0, 0, 0])]);
  const cipher = createCipheriv("aes-128-gcm", key, nonce).setAAD(message);
  cipher.final();
  cipher.getAuthTag().copy(message, 48);
  return message;
}

describe("signatures", () => {
  test("the one that Microsoft publishes", () => {
    const message = Buffer.from(PUBLISHED);
    expect(signerFor(SIGNING.aesCmac, PUBLISHED_KEY).isGenuine(message)).toBe(true);
    expect(message, "is left as it was").toEqual(PUBLISHED);
    expect(signerFor(SIGNING.hmacSha256, PUBLISHED_KEY).isGenuine(message)).toBe(false);
  });

  const key = hex("000102030405060708090a0b0c0d0e0f");
  describe.each(Object.entries(SIGNING))("%s", (_, algorithm) => {
    const message = () => Buffer.concat([Buffer.from(PUBLISHED), Buffer.alloc(100_000, 7)]);

    test("holds, and every changed bit is noticed", () => {
      const signed = fromServer(algorithm, key, message());
      const signer = signerFor(algorithm, key);
      expect(signer.isGenuine(signed)).toBe(true);
      fc.assert(
        fc.property(fc.nat(signed.length - 1), fc.integer({ min: 1, max: 255 }), (at, mask) => {
          const changed = Buffer.from(signed);
          changed[at] = (changed[at] ?? 0) ^ mask;
          expect(signer.isGenuine(changed)).toBe(false);
        }),
        { numRuns: 60 },
      );
    });

    test("another key or none makes none", () => {
      const signed = fromServer(algorithm, key, message());
      expect(signerFor(algorithm, Buffer.alloc(16)).isGenuine(signed)).toBe(false);
      const bare = message().fill(0, 16, 20);
      expect(isSigned(bare)).toBe(false);
      expect(signerFor(algorithm, key).isGenuine(bare)).toBe(false);
    });
  });

  test("our own message sent back is none of the server's, where the code tells them apart", () => {
    const message = Buffer.from(PUBLISHED);
    const signer = signerFor(SIGNING.aesGmac, key);
    signer.sign(message);
    expect(signer.isGenuine(message)).toBe(false);
  });
});

describe.each(Object.keys(CIPHERS).map((number) => Number(number) as CipherNumber))("cipher %i", (cipher) => {
  const { keyBytes, nonceBytes } = CIPHERS[cipher];
  const one = Buffer.alloc(keyBytes, 1);
  const two = Buffer.alloc(keyBytes, 2);
  const ours = () => sealerFor(cipher, 77n, { sealing: one, unsealing: two });
  const theirs = () => sealerFor(cipher, 77n, { sealing: two, unsealing: one });

  test("what one closes the other opens", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 300 }), (bytes) => {
        expect(theirs().unseal(ours().seal(Buffer.from(bytes)))).toEqual(Buffer.from(bytes));
      }),
      { numRuns: 30 },
    );
  });

  test("never uses a nonce twice", () => {
    const sealer = ours();
    const nonces = Array.from({ length: 100 }, () =>
      sealer
        .seal(Buffer.from("x"))
        .subarray(20, 20 + nonceBytes)
        .toString("hex"),
    );
    expect(new Set(nonces).size).toBe(100);
  });

  test("every changed byte is noticed, of the header too", () => {
    const sealed = ours().seal(Buffer.from("a message of some length"));
    // The nonce of CCM is shorter than its place; what is behind it is signed like the rest.
    for (let at = 4; at < sealed.length; at += 1) {
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => theirs().unseal(changed), `byte ${at}`).toThrow(failed);
    }
    expect(() => ours().unseal(sealed), "sent back").toThrow(failed);
    expect(() => theirs().unseal(sealed.subarray(0, 51))).toThrow(failed);
  });
});

test("the additional data of a closed message are the last 32 bytes of its header", () => {
  const sealing = hex("261B72350558F2E9DCF613070383EDBF");
  const sealed = sealerFor(1, 5n, { sealing, unsealing: sealing }).seal(Buffer.from("text"));
  const cipher = createCipheriv("aes-128-ccm", sealing, sealed.subarray(20, 31), { authTagLength: 16 });
  cipher.setAAD(sealed.subarray(20, 52), { plaintextLength: 4 });
  expect(sealed.subarray(52)).toEqual(cipher.update("text"));
  cipher.final();
  expect(sealed.subarray(4, 20)).toEqual(cipher.getAuthTag());
});
