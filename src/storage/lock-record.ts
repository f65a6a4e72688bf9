import { randomUUID } from "node:crypto";
import { orNull } from "./if-there.ts";
import { type StoragePath, storagePath } from "./path.ts";
import type { Storage } from "./storage.ts";

/** Where locks stand in every storage: `<name>/<fence>`, one file for each time the lock was taken. */
export const LOCK_FOLDER = ".xmailcfg/locks";

/** What one of those files says. */
export interface LockRecord {
  /** For people: whom to ask. */
  readonly owner: string;
  /** By the owner's clock, ms since 1970. */
  readonly expires: number;
  readonly ttlMs: number;
  readonly released: boolean;
  /** Makes the bytes of every record of every holder different. */
  readonly stamp: string;
}

/** One taking of a lock, as it was found. */
export interface Taking {
  readonly fence: number;
  readonly bytes: Uint8Array;
  /** `null` when it is damaged: a storage may let a killed process leave half a file. */
  readonly record: LockRecord | null;
  readonly mtimeMs: number;
}

/** The folder of one lock; `STORAGE_PATH` for a name that is none. */
export function lockFolder(name: string): StoragePath {
  return storagePath(LOCK_FOLDER, name);
}

export function lockFile(folder: StoragePath, fence: number): StoragePath {
  return storagePath(folder, String(fence));
}

export function newStamp(): string {
  return randomUUID();
}

export function encodeRecord(record: LockRecord): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(record)}\n`);
}

/** All fences that have a file, rising, with the times of the files. */
export async function takingsIn(
  storage: Storage,
  folder: StoragePath,
): Promise<readonly { readonly fence: number; readonly mtimeMs: number }[]> {
  const entries = await orNull(storage.list(folder));
  return (entries ?? [])
    .filter(({ kind, name }) => kind === "file" && /^\d{1,15}$/.test(name))
    .map(({ name, mtimeMs }) => ({ fence: Number(name), mtimeMs }))
    .sort((one, two) => one.fence - two.fence);
}

/** The last taking; `null` for a lock that nobody ever took. */
export async function lastTaking(storage: Storage, folder: StoragePath): Promise<Taking | null> {
  const last = (await takingsIn(storage, folder)).at(-1);
  if (!last) return null;
  const bytes = await readTaking(storage, folder, last.fence);
  // Gone meanwhile, so there are newer ones.
  return bytes ? { ...last, bytes, record: decodeRecord(bytes) } : lastTaking(storage, folder);
}

export function readTaking(storage: Storage, folder: StoragePath, fence: number): Promise<Uint8Array | null> {
  return orNull(storage.read(lockFile(folder, fence)));
}

function decodeRecord(bytes: Uint8Array): LockRecord | null {
  try {
    const { owner, expires, ttlMs, released, stamp } = JSON.parse(
      new TextDecoder().decode(bytes),
    ) as LockRecord;
    if (!Number.isFinite(expires) || !Number.isFinite(ttlMs) || typeof released !== "boolean") return null;
    return { owner: String(owner), expires, ttlMs, released, stamp: String(stamp) };
  } catch {
    return null;
  }
}
