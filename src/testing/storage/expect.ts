import assert from "node:assert/strict";
import type { ErrorCode } from "../../errors/codes.ts";
import { isAppError } from "../../errors/error.ts";
import { type StoragePath, storagePath } from "../../storage/path.ts";
import type { Storage } from "../../storage/storage.ts";

export interface StorageUnderTest {
  /** Empty, and nobody else's. */
  readonly storage: Storage;
  /** The same place through a new opening; needed by whoever claims `durableWrite`. */
  reopen?(): Promise<Storage>;
  close?(): Promise<void>;
}

/** By name what is proved; `run` throws when it is not so. */
export type Cases = Readonly<Record<string, (storage: Storage, opened: StorageUnderTest) => Promise<void>>>;

export const at = (path: string): StoragePath => storagePath(path);

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** What every storage can hold, those too that know only lines. */
export const line = (text: string): Uint8Array => bytesOf(`${text}\n`);

const LINE_BYTES = 64;

/** Lines of one letter that tell `which` apart, also from a shorter or longer one. */
export function filled(which: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length).fill(65 + (which % 26));
  for (let at = LINE_BYTES - 1; at < length; at += LINE_BYTES) bytes[at] = 10;
  bytes[length - 1] = 10;
  return bytes;
}

/** Which `filled` these bytes are, whole; `null` when they are parts of one or of several. */
export function whichFilled(bytes: Uint8Array): number | null {
  const which = (bytes[0] ?? 0) - 65;
  return which >= 0 && Buffer.from(bytes).equals(Buffer.from(filled(which, bytes.length))) ? which : null;
}

/** `path` where the storage makes folders, else the same name without them. */
export function below(storage: Storage, path: string): string {
  return storage.can.folders ? path : path.slice(path.lastIndexOf("/") + 1);
}

/** A text means one line. */
export async function holds(storage: Storage, path: string, expected: Uint8Array | string): Promise<void> {
  const found = Buffer.from(await storage.read(at(path)));
  const wanted = Buffer.from(typeof expected === "string" ? line(expected) : expected);
  assert.ok(found.equals(wanted), `${path} holds ${shown(found)} instead of ${shown(wanted)}`);
}

export async function isAbsent(storage: Storage, path: string): Promise<void> {
  assert.equal(await storage.stat(at(path)), null, `${path} should not be there`);
}

export async function namesIn(storage: Storage, path: string): Promise<string[]> {
  return (await storage.list(at(path))).map(({ name }) => name).sort();
}

/** `work` must reject with one of `codes`, as an error of ours that tells strangers nothing about paths. */
export async function refuses(
  what: string,
  codes: ErrorCode | readonly ErrorCode[],
  work: () => Promise<unknown>,
): Promise<void> {
  const wanted = [codes].flat().join(" or ");
  try {
    await work();
  } catch (error) {
    if (!isAppError(error)) throw error;
    assert.ok(wanted.split(" or ").includes(error.code), `${what}: ${error.code} instead of ${wanted}`);
    assert.doesNotMatch(error.message, /[\\/]/, `${what}: the message shows a path`);
    return;
  }
  assert.fail(`${what}: went through instead of ${wanted}`);
}

/** A turn for others: a storage in memory would answer a reader for ever without one. */
export const aTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** In groups, because a storage over a network has only so many hands. */
export async function inGroups(count: number, work: (index: number) => Promise<void>): Promise<void> {
  const group = 40;
  for (let from = 0; from < count; from += group) {
    await Promise.all(
      Array.from({ length: Math.min(group, count - from) }, (_, index) => work(from + index)),
    );
  }
}

function shown(bytes: Buffer): string {
  return `${bytes.length} bytes (${bytes.subarray(0, 24).toString("latin1")})`;
}
