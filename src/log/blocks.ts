import { hasCode } from "../errors/error.ts";
import type { StoragePath } from "../storage/path.ts";
import type { CallOptions, Storage } from "../storage/storage.ts";

/** Files are read in these pieces. Block `n` has the lines that begin in its bytes: each can be read without the others. */
export const BLOCK = 256 * 1024;
/** Longer ones are cut: XMail writes none, but a file of zero bytes has one. */
const LONGEST_LINE = 64 * 1024;
const LF = 0x0a;

/** The lines that begin in one block, to the end of the last one. */
export interface Block {
  readonly number: number;
  /** Where `bytes` begin in the file: at the beginning of a line. */
  readonly offset: number;
  readonly bytes: Buffer;
  /** Each line has its end: nothing of the block is still to be written. */
  readonly whole: boolean;
  /** All bytes between its borders, also of a line that began before. */
  readonly raw: Buffer;
}

export interface OpenFile {
  readonly path: StoragePath;
  /** As it was when it was looked at; what is added later belongs to the next look. */
  readonly size: number;
}

export function blocksIn(size: number): number {
  return Math.ceil(size / BLOCK);
}

/** `null` for a file that is gone, or is shorter now. */
export async function readBlock(
  storage: Storage,
  { path, size }: OpenFile,
  number: number,
  call: CallOptions,
): Promise<Block | null> {
  const begin = number * BLOCK;
  const end = Math.min(begin + BLOCK, size);
  const from = Math.max(0, begin - 1);
  // As a rule the last line ends soon after: one more read is rare.
  const first = await rangeOf(storage, path, from, Math.min(end + 1024, size), call);
  if (!first || first.length < end - from) return null;
  const lead = begin - from;
  const raw = first.subarray(lead, end - from);
  // A line begins after each end of a line, and one of those may be the last byte of the block before.
  const starts = begin === 0 ? 0 : first.indexOf(LF) + 1;
  if (begin > 0 && (starts === 0 || from + starts >= end))
    return { number, offset: end, bytes: Buffer.alloc(0), whole: end < size || end === begin + BLOCK, raw };
  let bytes = first;
  let stop = lineEnd(bytes, end - from);
  if (stop === -1 && from + bytes.length < size) {
    const more = await rangeOf(storage, path, from, Math.min(end + LONGEST_LINE, size), call);
    if (!more || more.length < bytes.length) return null;
    bytes = more;
    stop = lineEnd(bytes, end - from);
  }
  return {
    number,
    offset: from + starts,
    bytes: bytes.subarray(starts, stop === -1 ? bytes.length : stop),
    whole: stop !== -1,
    raw,
  };
}

/** Index after the first end of a line that is not before the last byte of the block. */
function lineEnd(bytes: Buffer, length: number): number {
  return bytes.indexOf(LF, length - 1) + 1 || -1;
}

async function rangeOf(
  storage: Storage,
  path: StoragePath,
  from: number,
  to: number,
  { signal }: CallOptions,
): Promise<Buffer | null> {
  try {
    const bytes = await storage.read(path, {
      offset: from,
      length: to - from,
      ...(signal ? { signal } : {}),
    });
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  } catch (error) {
    if (hasCode(error, "STORAGE_NOT_FOUND")) return null;
    throw error;
  }
}
