import { createHash, createHmac, randomBytes } from "node:crypto";
import { md4 } from "./md4.ts";
import { rc4 } from "./rc4.ts";
import { fields, type Message, malformed, part, ticks, u16, u32, utf16 } from "./wire.ts";

/** Who signs in. */
export interface Account {
  readonly user: string;
  readonly domain: string;
  readonly password: string;
}

export interface Challenge {
  readonly flags: number;
  readonly nonce: Message;
  /** What the server says of itself, as it came. */
  readonly target: readonly { readonly id: number; readonly value: Message }[];
}

const SIGNATURE = Buffer.from("NTLMSSP\0", "latin1");
/** Unicode, NTLM 2, 128 bits, a session key of our choice, target information, always sign, version. */
const FLAGS = 0xe2888215;
const TARGET = { end: 0, flags: 6, timestamp: 7, name: 9, bindings: 10 } as const;
const MIC_AT = 72;
const FIXED_BYTES = 88;

export function negotiateMessage(): Buffer {
  const message = fields(40, [8, 4, 1], [12, 4, FLAGS]);
  SIGNATURE.copy(message);
  return message;
}

export function challengeOf(message: Message): Challenge {
  if (!part(message, 0, 8).equals(SIGNATURE) || u32(message, 8) !== 2) malformed("no NTLM challenge");
  const info = part(message, u32(message, 44), u16(message, 40));
  const target: { id: number; value: Message }[] = [];
  for (let at = 0; at + 4 <= info.length; ) {
    const id = u16(info, at);
    if (id === TARGET.end) break;
    const value = part(info, at + 4, u16(info, at + 2));
    target.push({ id, value });
    at += 4 + value.length;
  }
  return { flags: u32(message, 20), nonce: part(message, 24, 8), target };
}

/**
 * Answers the challenge by NTLMv2, with a code over all three messages, so that nobody between can weaken what was agreed on.
 * `key` is what the session is signed with.
 */
export function authenticateMessage(
  account: Account,
  host: string,
  first: Message,
  challengeMessage: Message,
): { readonly message: Buffer; readonly key: Buffer } {
  const { flags, nonce, target } = challengeOf(challengeMessage);
  const stamp = target.find(({ id }) => id === TARGET.timestamp)?.value ?? ticksOf(Date.now());
  const { response, base } = ntlmV2(account, nonce, randomBytes(8), stamp, targetInfo(target, host));
  const key = randomBytes(16);
  const parts = {
    12: Buffer.alloc(24),
    20: response,
    28: utf16(account.domain),
    36: utf16(account.user),
    44: Buffer.alloc(0),
    52: rc4(base, key),
  };
  const fixed = fields(FIXED_BYTES, [8, 4, 3], [60, 4, (flags & FLAGS) >>> 0]);
  SIGNATURE.copy(fixed);
  let offset = FIXED_BYTES;
  for (const [at, value] of Object.entries(parts)) {
    fixed.writeUInt16LE(value.length, Number(at));
    fixed.writeUInt16LE(value.length, Number(at) + 2);
    fixed.writeUInt32LE(offset, Number(at) + 4);
    offset += value.length;
  }
  const message = Buffer.concat([fixed, ...Object.values(parts)]);
  hmacMd5(key, first, challengeMessage, message).copy(message, MIC_AT);
  return { message, key };
}

/** The code over the first message under a session key (MS-NLMP 3.4.4.2). */
export function signatureOf(key: Buffer, message: Uint8Array): Buffer {
  const keyFor = (use: string) =>
    createHash("md5")
      .update(key)
      .update(`session key to client-to-server ${use} key magic constant\0`)
      .digest();
  const sum = hmacMd5(keyFor("signing"), Buffer.alloc(4), message).subarray(0, 8);
  return Buffer.concat([Buffer.from([1, 0, 0, 0]), rc4(keyFor("sealing"), sum), Buffer.alloc(4)]);
}

/** The proof of MS-NLMP 3.3.2 with what it was made over, and the key that comes of it. */
export function ntlmV2(
  { user, domain, password }: Account,
  serverNonce: Uint8Array,
  clientNonce: Uint8Array,
  stamp: Uint8Array,
  info: Uint8Array,
): { readonly response: Buffer; readonly base: Buffer } {
  const owner = hmacMd5(md4(utf16(password)), utf16(upperCase(user) + domain));
  const blob = Buffer.concat([
    Buffer.from([1, 1, 0, 0, 0, 0, 0, 0]),
    stamp,
    clientNonce,
    Buffer.alloc(4),
    info,
    Buffer.alloc(4),
  ]);
  const proof = hmacMd5(owner, serverNonce, blob);
  return { response: Buffer.concat([proof, blob]), base: hmacMd5(owner, proof) };
}

function targetInfo(target: Challenge["target"], host: string): Buffer {
  const own = [
    { id: TARGET.flags, value: fields(4, [0, 4, 2]) },
    { id: TARGET.bindings, value: Buffer.alloc(16) },
    { id: TARGET.name, value: utf16(`cifs/${host}`) },
    { id: TARGET.end, value: Buffer.alloc(0) },
  ];
  const theirs = target.filter(({ id }) => !own.some((one) => one.id === id));
  return Buffer.concat(
    [...theirs, ...own].flatMap(({ id, value }) => [fields(4, [0, 2, id], [2, 2, value.length]), value]),
  );
}

function ticksOf(ms: number): Buffer {
  return fields(8, [0, 8, ticks(ms)]);
}

/** As Windows does it: letter by letter, never one letter into two (`ß`). */
function upperCase(text: string): string {
  return text.replace(/./gsu, (letter) => {
    const upper = letter.toUpperCase();
    return upper.length === letter.length ? upper : letter;
  });
}

function hmacMd5(key: Uint8Array, ...parts: readonly Uint8Array[]): Buffer {
  const hmac = createHmac("md5", key);
  for (const one of parts) hmac.update(one);
  return hmac.digest();
}
