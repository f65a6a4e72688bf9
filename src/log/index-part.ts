import { createHash } from "node:crypto";
import type { LogKind } from "../xmail/log-kinds.ts";
import { eachKey, hashOfKey } from "./block-keys.ts";
import type { Block } from "./blocks.ts";

/** Blocks of one part: 32 MiB of a log, in 0.8 MB. */
export const PART = 128;
const DIGEST = 16;
const TIME = 19;
/** One byte says that there is a record; then its digest and its times. */
const RECORD = 64;
/** 49,152 bits for about 2,000 keys of a block: one block in thousands is read in vain. */
const BITS = 49_152;
const HASHES = 4;
const MAGIC = Buffer.from("xmailcfg log 2\n\n");
/** First the records of all blocks, then a row for each bit, in which every block has its own. */
export const HEAD = MAGIC.length + PART * RECORD;
export const ROW = PART / 8;
const WHOLE = HEAD + BITS * ROW;

export interface Times {
  readonly since?: string;
  readonly until?: string;
}

/** What is known of the blocks of a part. A Bloom filter of each tells what is not in it for certain. */
export interface PartView {
  has(number: number): boolean;
  digest(number: number): Buffer;
  /** `keys` are those it was opened for, where it was opened for some. */
  leavesOut(number: number, keys: readonly string[], times: Times): boolean;
}

export interface IndexPart extends PartView {
  /** Of a block that is not known. */
  put(block: Block, kind: LogKind): void;
  bytes(): Buffer;
}

/** `null` for bytes that are no part. */
export function partFrom(bytes: Buffer): IndexPart | null {
  return bytes.length === WHOLE && isPart(bytes) ? partOver(bytes) : null;
}

export function emptyPart(): IndexPart {
  const bytes = Buffer.alloc(WHOLE);
  MAGIC.copy(bytes);
  return partOver(bytes);
}

/** Where the rows of a key are in the file of a part, `ROW` bytes each. */
export function rowsOf(key: string): number[] {
  const hash = hashOfKey(key);
  return Array.from({ length: HASHES }, (_, i) => HEAD + bitOf(hash, i) * ROW);
}

/** A part of which only `HEAD` bytes and the rows of some keys were read; `null` where they are of no part. */
export function viewFrom(head: Buffer, rows: ReadonlyMap<string, readonly Buffer[]>): PartView | null {
  if (head.length !== HEAD || !isPart(head)) return null;
  const whole = [...rows.values()].every((all) => all.every((row) => row.length === ROW));
  return whole ? viewOver(head, (key) => rows.get(key) ?? []) : null;
}

export function digestOf({ raw }: Block): Buffer {
  return createHash("sha1").update(raw).digest().subarray(0, DIGEST);
}

const isPart = (bytes: Buffer) => bytes.subarray(0, MAGIC.length).equals(MAGIC);
const recordOf = (number: number) => MAGIC.length + (number % PART) * RECORD;

/** A key without rows may be in any block. */
function viewOver(head: Buffer, rows: (key: string) => readonly Buffer[]): PartView {
  const text = (from: number) => head.toString("latin1", from, from + TIME).replaceAll("\0", "");
  return {
    has: (number) => head[recordOf(number)] === 1,
    digest: (number) => head.subarray(recordOf(number) + 1, recordOf(number) + 1 + DIGEST),
    leavesOut(number, keys, { since, until }) {
      if (since !== undefined || until !== undefined) {
        const first = text(recordOf(number) + 1 + DIGEST);
        const last = text(recordOf(number) + 1 + DIGEST + TIME);
        if (last === "" || (since !== undefined && last < since) || (until !== undefined && first > until))
          return true;
      }
      const place = number % PART;
      return keys.some((key) =>
        rows(key).some((row) => ((row[place >>> 3] as number) & (1 << (place & 7))) === 0),
      );
    },
  };
}

function partOver(bytes: Buffer): IndexPart {
  return {
    ...viewOver(bytes, (key) => rowsOf(key).map((at) => bytes.subarray(at, at + ROW))),
    put(block, kind) {
      const record = recordOf(block.number);
      const place = block.number % PART;
      const { first, last } = eachKey(kind, block.bytes, (hash) => {
        for (let i = 0; i < HASHES; i++) {
          const byte = HEAD + bitOf(hash, i) * ROW + (place >>> 3);
          bytes[byte] = (bytes[byte] as number) | (1 << (place & 7));
        }
      });
      digestOf(block).copy(bytes, record + 1);
      bytes.write(first, record + 1 + DIGEST, "latin1");
      bytes.write(last, record + 1 + DIGEST + TIME, "latin1");
      bytes[record] = 1;
    },
    bytes: () => bytes,
  };
}

/** Two hashes make as many as one likes (Kirsch and Mitzenmacher). */
function bitOf(hash: number, which: number): number {
  return ((hash + Math.imul(which, stepOf(hash))) >>> 0) % BITS;
}

function stepOf(hash: number): number {
  const mixed = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (mixed ^ (mixed >>> 13)) | 1;
}
