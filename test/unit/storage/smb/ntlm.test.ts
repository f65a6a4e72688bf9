import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { md4 } from "../../../../src/storage/smb/md4.ts";
import {
  authenticateMessage,
  challengeOf,
  negotiateMessage,
  ntlmV2,
  signatureOf,
} from "../../../../src/storage/smb/ntlm.ts";
import { rc4 } from "../../../../src/storage/smb/rc4.ts";
import { firstToken, lastToken, MECHANISMS, tokenIn } from "../../../../src/storage/smb/spnego.ts";
import { utf16 } from "../../../../src/storage/smb/wire.ts";

const hex = (text: string) => Buffer.from(text.replaceAll(/\s/g, ""), "hex");

/** MS-NLMP 4.2: user, password, nonces and target of all of its examples. */
const ACCOUNT = { user: "User", domain: "Domain", password: "Password" };
const SERVER_NONCE = hex("0123456789abcdef");
const CLIENT_NONCE = hex("aa".repeat(8));
const TARGET = Buffer.concat([
  hex("02000c00"),
  utf16("Domain"),
  hex("01000c00"),
  utf16("Server"),
  hex("00000000"),
]);

/** The challenge of MS-NLMP 4.2.4.3. */
const CHALLENGE = hex(`
  4e544c4d53535000 02000000 0c000c00 38000000 33828ae2 0123456789abcdef 0000000000000000
  24002400 44000000 0600 7017 0000000f 530065007200760065007200
  02000c0044006f006d00610069006e00 01000c00530065007200760065007200 00000000`);

describe("NTLMv2, the vectors of MS-NLMP 4.2", () => {
  test("NT hash of the password", () => {
    expect(md4(utf16("Password")).toString("hex")).toBe("a4f49c406510bdcab6824ee7c30fd852");
  });

  test("response and session key", () => {
    const { response, base } = ntlmV2(ACCOUNT, SERVER_NONCE, CLIENT_NONCE, Buffer.alloc(8), TARGET);
    expect(response.subarray(0, 16).toString("hex")).toBe("68cd0ab851e51c96aabc927bebef6a1c");
    expect(base.toString("hex")).toBe("8de40ccadbc14a82f15cb0ad0de95ca3");
    expect(rc4(base, hex("55".repeat(16))).toString("hex")).toBe("c5dad2544fc9799094ce1ce90bc9d03e");
  });

  test("the code over a message", () => {
    // Theirs comes after the message itself went through the same stream of RC4.
    const stream = rc4(hex("59f600973cc4960a25480a7c196e4c58"), Buffer.alloc(26));
    const ours = signatureOf(hex("55".repeat(16)), utf16("Plaintext"));
    const sum = ours.subarray(4, 12).map((byte, at) => byte ^ (stream[at] ?? 0) ^ (stream[18 + at] ?? 0));
    expect(Buffer.from(sum).toString("hex")).toBe("7fb38ec5c55d4976");
    expect([ours.subarray(0, 4), ours.subarray(12)]).toEqual([hex("01000000"), hex("00000000")]);
  });

  test("reads the challenge", () => {
    const { nonce, target } = challengeOf(CHALLENGE);
    expect(nonce).toEqual(SERVER_NONCE);
    expect(target.map(({ id, value }) => [id, value.toString("utf16le")])).toEqual([
      [2, "Domain"],
      [1, "Server"],
    ]);
  });
});

describe("the last message", () => {
  const first = negotiateMessage();
  const { message, key } = authenticateMessage({ ...ACCOUNT, user: "straße" }, "host", first, CHALLENGE);
  const field = (at: number) =>
    message.subarray(message.readUInt32LE(at + 4), message.readUInt32LE(at + 4) + message.readUInt16LE(at));

  test("holds the names, and a proof that the password was known", () => {
    expect([field(28), field(36)].map((name) => name.toString("utf16le"))).toEqual(["Domain", "straße"]);
    const response = field(20);
    // Windows makes no SS of ß.
    const owner = createHmac("md5", md4(utf16("Password")))
      .update(utf16("STRAßEDomain"))
      .digest();
    const proof = createHmac("md5", owner).update(SERVER_NONCE).update(response.subarray(16)).digest();
    expect(response.subarray(0, 16)).toEqual(proof);
    expect(rc4(createHmac("md5", owner).update(proof).digest(), field(52))).toEqual(key);
  });

  test("is bound to the two before it", () => {
    const code = Buffer.from(message.subarray(72, 88));
    const bare = Buffer.from(message).fill(0, 72, 88);
    expect(code).toEqual(createHmac("md5", key).update(first).update(CHALLENGE).update(bare).digest());
  });

  test("says that it is bound, and to which service it goes", () => {
    const info = field(20).subarray(16 + 28);
    expect(info.includes(hex("0600040002000000"))).toBe(true);
    expect(info.includes(utf16("cifs/host"))).toBe(true);
  });

  test("another time gives another", () => {
    const again = authenticateMessage(ACCOUNT, "host", first, CHALLENGE);
    expect(again.key).not.toEqual(key);
  });
});

describe("SPNEGO", () => {
  test("first token, as MS-SPNG has it", () => {
    const token = firstToken(Buffer.from("NTLMSSP\0", "latin1"));
    expect(token.toString("hex")).toBe(
      "602806062b0601050502a01e301ca00e300c060a2b06010401823702020aa20a04084e544c4d53535000",
    );
    expect(token.includes(MECHANISMS)).toBe(true);
  });

  test("finds the token of the answer, short and long", () => {
    for (const length of [1, 100, 127, 128, 255, 256, 5_000]) {
      const inner = Buffer.alloc(length, 7);
      expect(tokenIn(lastToken(inner, Buffer.alloc(16)))).toEqual(inner);
    }
    // As Samba answers: state, mechanism, token.
    const answer = hex(
      "a11f 301d a0030a0101 a10c060a2b06010401823702020a a208 0406 4e544c4d5353".replaceAll(" ", ""),
    );
    expect(tokenIn(answer).toString("latin1")).toBe("NTLMSS");
  });

  test("takes a bare token as it is", () => expect(tokenIn(CHALLENGE)).toBe(CHALLENGE));
});
