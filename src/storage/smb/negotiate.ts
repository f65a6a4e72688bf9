import { randomBytes } from "node:crypto";
import { fail } from "../../errors/error.ts";
import type { Dialect } from "./dialects.ts";
import { CIPHERS, type CipherNumber } from "./sealing.ts";
import { SIGNING, type SigningAlgorithm } from "./signing.ts";
import {
  fields,
  type Message,
  malformed,
  milliseconds,
  padding,
  part,
  u16,
  u32,
  u64,
  utf16,
} from "./wire.ts";

/** What we say of ourselves; a server of 3.0 is asked later whether that is what it heard. */
export interface Offer {
  readonly dialects: readonly Dialect[];
  readonly guid: Buffer;
  readonly securityMode: 1 | 3;
  readonly capabilities: number;
}

/** What was agreed on. */
export interface Agreement {
  readonly dialect: Dialect;
  readonly serverGuid: Buffer;
  readonly securityMode: number;
  readonly capabilities: number;
  readonly signingRequired: boolean;
  readonly signing: SigningAlgorithm;
  /** `null`: this server cannot encrypt. */
  readonly cipher: CipherNumber | null;
  /** Most bytes of one request. */
  readonly maxTransact: number;
  readonly maxRead: number;
  readonly maxWrite: number;
  /** The server's clock, milliseconds since 1970. */
  readonly serverTimeMs: number;
}

const LARGE_REQUESTS = 0x04;
const ENCRYPTION = 0x40;
const CONTEXT = { preauth: 1, encryption: 2, netname: 5, signing: 8 } as const;
const SMALL = 64 * 1024;
const LARGE = 1024 * 1024;

export function newOffer(dialects: readonly Dialect[], signingRequired: boolean): Offer {
  return {
    dialects,
    guid: randomBytes(16),
    securityMode: signingRequired ? 3 : 1,
    capabilities: dialects.some(({ code }) => code >= 0x300) ? LARGE_REQUESTS | ENCRYPTION : LARGE_REQUESTS,
  };
}

export function negotiateRequest(
  { dialects, guid, securityMode, capabilities }: Offer,
  host: string,
): Buffer {
  const codes = dialects.map(({ code }) => fields(2, [0, 2, code]));
  const fixed = fields(36, [0, 2, 36], [2, 2, dialects.length], [4, 2, securityMode], [8, 4, capabilities]);
  guid.copy(fixed, 12);
  const plain = Buffer.concat([fixed, ...codes]);
  if (!dialects.some(({ code }) => code === 0x311)) return plain;
  const contexts = [
    context(CONTEXT.preauth, Buffer.concat([fields(6, [0, 2, 1], [2, 2, 32], [4, 2, 1]), randomBytes(32)])),
    context(CONTEXT.encryption, list([2, 1, 4, 3])),
    context(CONTEXT.signing, list([SIGNING.aesGmac, SIGNING.aesCmac, SIGNING.hmacSha256])),
    context(CONTEXT.netname, utf16(host)),
  ];
  const start = 64 + plain.length;
  const gap = padding(start);
  plain.writeUInt32LE(start + gap.length, 28);
  plain.writeUInt16LE(contexts.length, 32);
  const spaced = contexts.flatMap((one, index) =>
    index === contexts.length - 1 ? [one] : [one, padding(one.length)],
  );
  return Buffer.concat([plain, gap, ...spaced]);
}

/** Reads the answer; `STORAGE_FAILED` when it is none to what we offered. */
export function agreementOf(message: Message, offer: Offer): Agreement {
  const code = u16(message, 68);
  const dialect = offer.dialects.find((one) => one.code === code);
  if (!dialect) fail("STORAGE_FAILED", undefined, { internal: { what: `dialect ${code.toString(16)}` } });
  const securityMode = u16(message, 66);
  const capabilities = u32(message, 88);
  const largest = dialect.code !== 0x202 && (capabilities & LARGE_REQUESTS) !== 0 ? LARGE : SMALL;
  const limit = (at: number) => Math.min(u32(message, at), largest) || malformed("a limit of no bytes");
  return {
    dialect,
    serverGuid: Buffer.from(part(message, 72, 16)),
    securityMode,
    capabilities,
    signingRequired: (securityMode & 2) !== 0,
    ...algorithmsOf(message, dialect, capabilities),
    maxTransact: limit(92),
    maxRead: limit(96),
    maxWrite: limit(100),
    serverTimeMs: milliseconds(u64(message, 104)),
  };
}

function algorithmsOf(
  message: Message,
  { code }: Dialect,
  capabilities: number,
): Pick<Agreement, "signing" | "cipher"> {
  if (code < 0x300) return { signing: SIGNING.hmacSha256, cipher: null };
  if (code < 0x311) return { signing: SIGNING.aesCmac, cipher: (capabilities & ENCRYPTION) !== 0 ? 1 : null };
  const contexts = contextsOf(message);
  const preauth = contexts.get(CONTEXT.preauth) ?? malformed("no integrity of the sign-in");
  if (u16(preauth, 4) !== 1) malformed("an unknown hash of the sign-in");
  const signing = first(contexts.get(CONTEXT.signing)) ?? SIGNING.aesCmac;
  const cipher = first(contexts.get(CONTEXT.encryption)) ?? 0;
  if (!isSigning(signing) || !(cipher === 0 || isCipher(cipher))) malformed("an algorithm nobody offered");
  return { signing, cipher: cipher === 0 ? null : cipher };
}

function contextsOf(message: Message): Map<number, Message> {
  const contexts = new Map<number, Message>();
  let at = u32(message, 124);
  for (let left = u16(message, 70); left > 0; left -= 1) {
    const length = u16(message, at + 2);
    contexts.set(u16(message, at), part(message, at + 8, length));
    at += 8 + length;
    at += (8 - (at % 8)) % 8;
  }
  return contexts;
}

function context(type: number, data: Buffer): Buffer {
  return Buffer.concat([fields(8, [0, 2, type], [2, 2, data.length]), data]);
}

function list(numbers: readonly number[]): Buffer {
  return Buffer.concat([numbers.length, ...numbers].map((number) => fields(2, [0, 2, number])));
}

function first(data: Message | undefined): number | undefined {
  return data && u16(data, 0) > 0 ? u16(data, 2) : undefined;
}

function isCipher(number: number): number is CipherNumber {
  return number in CIPHERS;
}

function isSigning(number: number): number is SigningAlgorithm {
  return Object.values(SIGNING).some((one) => one === number);
}
