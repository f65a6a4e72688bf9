import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cmac } from "../../../../src/storage/smb/cmac.ts";
import { deriveKey, keysFor } from "../../../../src/storage/smb/keys.ts";
import { md4 } from "../../../../src/storage/smb/md4.ts";
import { rc4 } from "../../../../src/storage/smb/rc4.ts";

const hex = (text: string) => Buffer.from(text.replaceAll(/\s/g, ""), "hex");
const latin = (text: string) => Buffer.from(text, "latin1");

describe("MD4, the vectors of RFC 1320", () => {
  test.each([
    ["", "31d6cfe0d16ae931b73c59d7e0c089c0"],
    ["a", "bde52cb31de33e46245e05fbdbd6fb24"],
    ["abc", "a448017aaf21d8525fc10ae87aa6729d"],
    ["message digest", "d9130a8164549fe818874806e1c7014b"],
    ["abcdefghijklmnopqrstuvwxyz", "d79e1c308aa5bbcdeea8ed63df412da9"],
    ["ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", "043f8582f241db351ce627e153e7f0e4"],
    [
      "12345678901234567890123456789012345678901234567890123456789012345678901234567890",
      "e33b4ddc9c38f2199c3e7b164fcc0536",
    ],
  ])("%s", (text, sum) => expect(md4(latin(text)).toString("hex")).toBe(sum));

  test("is still not to be had of node:crypto, or gives the same", () => {
    let theirs: Buffer | null = null;
    try {
      theirs = createHash("md4").update("abc").digest();
    } catch {
      // as with every OpenSSL 3
    }
    if (theirs) expect(md4(latin("abc"))).toEqual(theirs);
  });
});

describe("RC4, the vectors of RFC 6229 and Wikipedia", () => {
  test.each([
    [latin("Key"), latin("Plaintext"), "bbf316e8d940af0ad3"],
    [latin("Wiki"), latin("pedia"), "1021bf0420"],
    [latin("Secret"), latin("Attack at dawn"), "45a01f645fc35b383552544b9bf5"],
    [hex("0102030405"), Buffer.alloc(16), "b2396305f03dc027ccc3524a0a1118a8"],
    [hex("0102030405060708090a0b0c0d0e0f10"), Buffer.alloc(16), "9ac7cc9a609d1ef7b2932899cde41b97"],
  ])("%#", (key, data, sum) => expect(rc4(key, data).toString("hex")).toBe(sum));

  test("is its own inverse", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 32 }), fc.uint8Array(), (key, data) => {
        expect(rc4(key, rc4(key, data))).toEqual(Buffer.from(data));
      }),
    );
  });
});

describe("AES-CMAC, the vectors of RFC 4493", () => {
  const sign = cmac(hex("2b7e1516 28aed2a6 abf71588 09cf4f3c"));
  const message = hex(`
    6bc1bee2 2e409f96 e93d7e11 7393172a ae2d8a57 1e03ac9c 9eb76fac 45af8e51
    30c81c46 a35ce411 e5fbc119 1a0a52ef f69f2445 df4f9b17 ad2b417b e66c3710`);
  test.each([
    [0, "bb1d6929e95937287fa37d129b756746"],
    [16, "070a16b46b4d4144f79bdd9dd04a287c"],
    [40, "dfa66747de9ae63030ca32611497c827"],
    [64, "51f0bebf7e3b9d92fc49741779363cfe"],
  ])("%i bytes", (length, sum) => expect(sign(message.subarray(0, length)).toString("hex")).toBe(sum));
});

describe("keys", () => {
  // Microsoft's walk through the keys of SMB 3.0 and 3.1.1 (Open Specifications blog).
  const session = hex("7CD451825D0450D235424E44BA6E78CC");

  test("of 3.0 as Microsoft publishes them", () => {
    const keys = keysFor({ name: "3.0", code: 0x300 }, session, Buffer.alloc(64), 16);
    expect(keys.signing.toString("hex").toUpperCase()).toBe("0B7E9C5CAC36C0F6EA9AB275298CEDCE");
    expect(keys.sealing.toString("hex").toUpperCase()).toBe("FAD27796665B313EBB578F388632B4F7");
    expect(keys.unsealing.toString("hex").toUpperCase()).toBe("B0F0427F7CEB416D1D9DCC0CD4F99447");
  });

  test("of 3.1.1 as Microsoft publishes them", () => {
    const hash = hex(`
      0DD13628CC3ED218EF9DF9772D436D0887AB9814BFAE63A80AA845F36909DB79
      28622DDDAD522D9751640A459762C5A9D6BB084CBB3CE6BDADEF5D5BCE3C6C01`);
    const keys = keysFor({ name: "3.1.1", code: 0x311 }, hex("270E1BA896585EEB7AF3472D3B4C75A7"), hash, 16);
    expect(keys.signing.toString("hex").toUpperCase()).toBe("73FE7A9A77BEF0BDE49C650D8CCB5F76");
    expect(keys.sealing.toString("hex").toUpperCase()).toBe("629BCBC54422A0F572B97F45989B6073");
    expect(keys.unsealing.toString("hex").toUpperCase()).toBe("E2AF0DCEFAC68DA71A0DFBD0D1350D74");
  });

  test("before 3.0 the session key itself signs", () => {
    expect(keysFor({ name: "2.1", code: 0x210 }, session, Buffer.alloc(64), 16).signing).toBe(session);
  });

  test("each purpose has its own, and each length another", () => {
    const { signing, sealing, unsealing } = keysFor(
      { name: "3.1.1", code: 0x311 },
      session,
      Buffer.alloc(64, 1),
      32,
    );
    expect(new Set([signing, sealing, unsealing].map((key) => key.toString("hex"))).size).toBe(3);
    expect([signing.length, sealing.length, unsealing.length]).toEqual([16, 32, 32]);
    const context = Buffer.from("context");
    const short = deriveKey(session, "label", context, 16);
    expect(deriveKey(session, "label", context, 32).subarray(0, 16)).not.toEqual(short);
  });
});
