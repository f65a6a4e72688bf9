import { hasCode } from "../errors/error.ts";
import {
  encodeRecord,
  type LockRecord,
  lockFile,
  newStamp,
  readTaking,
  type Taking,
  takingsIn,
} from "./lock-record.ts";
import type { StoragePath } from "./path.ts";
import type { Storage } from "./storage.ts";

/** Takings that stay for those who are still looking at them. */
const KEPT = 8;

/**
 * Takes a lock whose last taking `before` was judged free or dead, as the next number. `false` when somebody else was
 * faster.
 *
 * Why exactly one wins, however long a racer sleeps between any two steps:
 * 1. A number is made exclusively, so that two racers who judged the same taking cannot both make the next one.
 * 2. A racer who slept may make a number anew that was cleaned away. Cleaning goes upwards, so the taking it judged was
 *    cleaned before and is gone; or, made anew by another sleeper, it has another stamp.
 * 3. A holder who prolonged in the last moment changed the bytes that were judged: the racer withdraws.
 * 4. A list taken while files come and go may lack the newest; one taken after the own number was made cannot.
 */
export async function claim(
  storage: Storage,
  folder: StoragePath,
  before: Taking,
  record: LockRecord,
): Promise<boolean> {
  const fence = before.fence + 1;
  if (!(await makeTaking(storage, folder, fence, record))) return false;
  const stands = await readTaking(storage, folder, before.fence);
  const takings = await takingsIn(storage, folder);
  if (stands && sameBytes(stands, before.bytes) && takings.at(-1)?.fence === fence) {
    await clean(
      storage,
      folder,
      takings.map((taking) => taking.fence),
    );
    return true;
  }
  await removeTaking(storage, folder, fence);
  return false;
}

/** Number 0, which nobody holds: then there is always a taking to judge. */
export async function beginTakings(storage: Storage, folder: StoragePath): Promise<void> {
  await makeTaking(storage, folder, 0, {
    owner: "nobody",
    expires: 0,
    ttlMs: 0,
    released: true,
    stamp: newStamp(),
  });
}

async function makeTaking(
  storage: Storage,
  folder: StoragePath,
  fence: number,
  record: LockRecord,
): Promise<boolean> {
  try {
    await storage.write(lockFile(folder, fence), encodeRecord(record), { ifAbsent: true, fleeting: true });
    return true;
  } catch (error) {
    if (hasCode(error, "STORAGE_EXISTS")) return false;
    throw error;
  }
}

async function clean(storage: Storage, folder: StoragePath, fences: readonly number[]): Promise<void> {
  if (fences.length <= 2 * KEPT) return;
  for (const fence of fences.slice(0, -KEPT)) await removeTaking(storage, folder, fence);
}

async function removeTaking(storage: Storage, folder: StoragePath, fence: number): Promise<void> {
  try {
    await storage.remove(lockFile(folder, fence), { fleeting: true });
  } catch (error) {
    if (!hasCode(error, "STORAGE_NOT_FOUND")) throw error;
  }
}

function sameBytes(one: Uint8Array, two: Uint8Array): boolean {
  return Buffer.compare(one, two) === 0;
}
