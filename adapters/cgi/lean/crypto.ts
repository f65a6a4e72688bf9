import type * as NodeCrypto from "node:crypto";
import { closeSync, openSync, readSync } from "node:fs";
import { BLOCK_BYTES, sha256 } from "./sha256.ts";

/**
 * `node:crypto` for the CGI program: loading the real one costs a quarter of what bare Node needs to start. What every
 * request needs is here - SHA-256, its HMAC, a comparison in constant time, a request id; all else is the real one,
 * loaded when it is called. A test holds both to the same answers.
 */
function real(): typeof NodeCrypto {
  return process.getBuiltinModule("node:crypto");
}

type Encoding = "hex" | "base64" | "base64url";
type Bytes = string | Uint8Array;

interface Digesting {
  update(data: Bytes): Digesting;
  digest(): Buffer;
  digest(encoding: Encoding): string;
}

export function createHash(algorithm: string): Digesting {
  return algorithm === "sha256" ? digesting(sha256) : (real().createHash(algorithm) as Digesting);
}

export function createHmac(algorithm: string, key: Bytes): Digesting {
  if (algorithm !== "sha256") return real().createHmac(algorithm, key) as Digesting;
  const block = Buffer.alloc(BLOCK_BYTES);
  const bytes = bytesOf(key);
  block.set(bytes.length > BLOCK_BYTES ? sha256(bytes) : bytes);
  const outer = block.map((byte) => byte ^ 0x5c);
  const inner = block.map((byte) => byte ^ 0x36);
  return digesting((data) => sha256(Buffer.concat([outer, sha256(Buffer.concat([inner, data]))])));
}

function digesting(digestOf: (data: Uint8Array) => Buffer): Digesting {
  const pieces: Uint8Array[] = [];
  const self: Digesting = {
    update(data) {
      pieces.push(bytesOf(data));
      return self;
    },
    digest(encoding?: Encoding) {
      const digest = digestOf(Buffer.concat(pieces));
      return (encoding === undefined ? digest : digest.toString(encoding)) as Buffer & string;
    },
  };
  return self;
}

/** Looks at every byte, whatever the first difference. */
export function timingSafeEqual(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) throw new RangeError("Input buffers must have the same byte length");
  let different = 0;
  for (let i = 0; i < a.length; i += 1) different |= (a[i] as number) ^ (b[i] as number);
  return different === 0;
}

export function randomUUID(): string {
  const bytes = systemRandom(16);
  if (!bytes) return real().randomUUID();
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** From the kernel, where it can be read like a file. */
function systemRandom(length: number): Buffer | null {
  if (process.platform === "win32") return null;
  try {
    const file = openSync("/dev/urandom", "r");
    try {
      const bytes = Buffer.alloc(length);
      return readSync(file, bytes) === length ? bytes : null;
    } finally {
      closeSync(file);
    }
  } catch {
    return null;
  }
}

function bytesOf(data: Bytes): Uint8Array {
  return typeof data === "string" ? Buffer.from(data) : data;
}

type Real = typeof NodeCrypto;

export function randomBytes(size: number): Buffer {
  return systemRandom(size) ?? real().randomBytes(size);
}

export const scrypt = ((...args: Parameters<Real["scrypt"]>) => real().scrypt(...args)) as Real["scrypt"];
