import { createHash } from "node:crypto";
import type { LogKind } from "../xmail/log-kinds.ts";
import { eachKey, hashOfKey } from "./block-keys.ts";
import type { Block } from "./blocks.ts";

/** Blocks of one part: 32 MiB of a log, in 0.8 MB. */
export const PART = 128;
const DIGEST = 16;
const TIME = 19;
/** One byte says that there is a record. */
const FILTER_AT = 64;
/** 49,152 bits for about 2,000 keys of a block: one block in thousands is read in vain. */
const FILTER = 6144;
const HASHES = 4;
const RECORD = FILTER_AT + FILTER;
const MAGIC = Buffer.from("xmailcfg log 1\n\n");

/** What is known of the blocks of a part. A Bloom filter of each tells what is not in it for certain. */
export interface IndexPart {
  has(number: number): boolean;
  digest(number: number): Buffer;
  leavesOut(
    number: number,
    keys: readonly string[],
    times: { readonly since?: string; readonly until?: string },
  ): boolean;
  put(block: Block, kind: LogKind): void;
  bytes(): Buffer;
}

/** `null` for bytes that are no part. */
export function partFrom(bytes: Buffer): IndexPart | null {
  if (bytes.length !== MAGIC.length + PART * RECORD || !bytes.subarray(0, MAGIC.length).equals(MAGIC))
    return null;
  return partOver(bytes);
}

export function emptyPart(): IndexPart {
  const bytes = Buffer.alloc(MAGIC.length + PART * RECORD);
  MAGIC.copy(bytes);
  return partOver(bytes);
}

export function digestOf({ raw }: Block): Buffer {
  return createHash("sha1").update(raw).digest().subarray(0, DIGEST);
}

function partOver(bytes: Buffer): IndexPart {
  const at = (number: number) => MAGIC.length + (number % PART) * RECORD;
  const has = (number: number) => bytes[at(number)] === 1;
  const text = (from: number) => bytes.toString("latin1", from, from + TIME).replaceAll("\0", "");
  const part: IndexPart = {
    has,
    digest: (number) => bytes.subarray(at(number) + 1, at(number) + 1 + DIGEST),
    leavesOut(number, keys, { since, until }) {
      const record = at(number);
      if (since !== undefined || until !== undefined) {
        const first = text(record + 1 + DIGEST);
        const last = text(record + 1 + DIGEST + TIME);
        if (last === "" || (since !== undefined && last < since) || (until !== undefined && first > until))
          return true;
      }
      return keys.some((key) => !holds(bytes, record + FILTER_AT, hashOfKey(key)));
    },
    put(block, kind) {
      const record = at(block.number);
      bytes.fill(0, record, record + RECORD);
      const { first, last } = eachKey(kind, block.bytes, (hash) => mark(bytes, record + FILTER_AT, hash));
      digestOf(block).copy(bytes, record + 1);
      bytes.write(first, record + 1 + DIGEST, "latin1");
      bytes.write(last, record + 1 + DIGEST + TIME, "latin1");
      bytes[record] = 1;
    },
    bytes: () => bytes,
  };
  return part;
}

/** Two hashes make as many as one likes (Kirsch and Mitzenmacher). */
function mark(bytes: Buffer, from: number, hash: number): void {
  const step = stepOf(hash);
  for (let i = 0; i < HASHES; i++) {
    const bit = ((hash + Math.imul(i, step)) >>> 0) % (FILTER * 8);
    const byte = from + (bit >>> 3);
    bytes[byte] = (bytes[byte] as number) | (1 << (bit & 7));
  }
}

function holds(bytes: Buffer, from: number, hash: number): boolean {
  const step = stepOf(hash);
  for (let i = 0; i < HASHES; i++) {
    const bit = ((hash + Math.imul(i, step)) >>> 0) % (FILTER * 8);
    if (((bytes[from + (bit >>> 3)] as number) & (1 << (bit & 7))) === 0) return false;
  }
  return true;
}

function stepOf(hash: number): number {
  const mixed = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (mixed ^ (mixed >>> 13)) | 1;
}
