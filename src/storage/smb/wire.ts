import { fail } from "../../errors/error.ts";

/** All that this driver sends and reads is little-endian; every read is checked against the end. */
export type Message = Buffer<ArrayBufferLike>;

/** `STORAGE_FAILED`: bytes that no server of this protocol sends. */
export function malformed(what: string): never {
  return fail("STORAGE_FAILED", "The file server's answer makes no sense.", { internal: { what } });
}

export function u8(bytes: Message, at: number): number {
  return part(bytes, at, 1).readUInt8();
}

export function u16(bytes: Message, at: number): number {
  return part(bytes, at, 2).readUInt16LE();
}

export function u32(bytes: Message, at: number): number {
  return part(bytes, at, 4).readUInt32LE();
}

export function u64(bytes: Message, at: number): bigint {
  return part(bytes, at, 8).readBigUInt64LE();
}

/** A count that must be one JavaScript can hold. */
export function size64(bytes: Message, at: number): number {
  const value = Number(u64(bytes, at));
  return Number.isSafeInteger(value) ? value : malformed("a size beyond all files");
}

/** A view, not a copy. */
export function part(bytes: Message, at: number, length: number): Message {
  if (at < 0 || length < 0 || at + length > bytes.length) malformed("a length beyond the end");
  return bytes.subarray(at, at + length);
}

export function utf16(text: string): Buffer {
  return Buffer.from(text, "utf16le");
}

/** Zero bytes with some fields set: `[offset, width in bytes, value]`. */
export function fields(
  length: number,
  ...set: readonly (readonly [at: number, width: 1 | 2 | 4 | 8, value: number | bigint])[]
): Buffer {
  const bytes = Buffer.alloc(length);
  for (const [at, width, value] of set) {
    if (width === 8) bytes.writeBigUInt64LE(BigInt(value), at);
    else bytes.writeUIntLE(Number(value), at, width);
  }
  return bytes;
}

/** Zero bytes up to the next multiple of eight. */
export function padding(length: number): Buffer {
  return Buffer.alloc((8 - (length % 8)) % 8);
}

const EPOCH_TICKS = 116_444_736_000_000_000n;

/** Milliseconds since 1970 of a Windows time (100 ns since 1601), to the microsecond. */
export function milliseconds(ticks: bigint): number {
  return Number((ticks - EPOCH_TICKS) / 10n) / 1000;
}

export function ticks(ms: number): bigint {
  return BigInt(Math.round(ms * 1000)) * 10n + EPOCH_TICKS;
}
