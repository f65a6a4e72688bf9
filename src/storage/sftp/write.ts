import { fail } from "../../errors/error.ts";
import { stopIfAborted } from "../call-checks.ts";
import type { WriteOptions } from "../storage.ts";
import { orNull, refusal, refusePlace, statusOf } from "./failures.ts";
import { forEach } from "./folder.ts";
import type { Turn } from "./line.ts";
import { settleOwner } from "./owner.ts";
import { join, kindOf, type Place } from "./place.ts";
import { type Skills, syncFolder } from "./skills.ts";
import type { Swaps } from "./swap.ts";
import { temporaryName } from "./temp.ts";
import { type Attributes, FLAG, STATUS } from "./wire.ts";

const NEW_FILE_MODE = 0o600;
const MODE_BITS = 0o7777;
const PIECES_AT_ONCE = 8;
const NEW = FLAG.WRITE | FLAG.CREATE | FLAG.EXCLUSIVE;

/** Writes as `how` says; resolves with the server's time in seconds. Refusal `NO_SUCH_FILE` when the folder is missing. */
export async function writePlace(
  turn: Turn,
  place: Place,
  bytes: Uint8Array,
  how: WriteOptions,
  skills: Skills,
  swaps: Swaps,
): Promise<number> {
  if (!place.reached) throw refusal(STATUS.NO_SUCH_FILE, "no such folder");
  const { is } = place;
  if (is && (how.ifAbsent || kindOf(is) === "folder")) fail("STORAGE_EXISTS");
  if (is && kindOf(is) !== "file") refusePlace(place.here);
  const mode = (is?.mode ?? how.mode ?? NEW_FILE_MODE) & MODE_BITS;
  const put = { turn, place, bytes, mode, skills };
  if (how.append) return append(put);
  if (how.ifAbsent && !skills.links) return createHere(put);
  return withTemporary(put, async (temporary) => {
    if (how.ifAbsent) await giveName(put, temporary);
    else if (skills.replaces) await turn.posixRename(temporary, place.here);
    else await swaps.replace(turn, temporary, place);
  });
}

interface Put {
  readonly turn: Turn;
  readonly place: Place;
  readonly bytes: Uint8Array;
  readonly mode: number;
  readonly skills: Skills;
}

/** Puts a finished file in its place, in one step where the server can. */
async function withTemporary(put: Put, putInPlace: (temporary: string) => Promise<void>): Promise<number> {
  const { turn, place, skills } = put;
  const temporary = join(place.folder, temporaryName());
  const handle = await turn.open(temporary, NEW, NEW_FILE_MODE);
  try {
    await finish(put, handle, () => writeAll(put, handle));
    const { mtime = 0 } = await turn.lstat(temporary);
    turn.decide();
    await putInPlace(temporary);
    if (skills.syncs) await syncFolder(turn, place.folder);
    return mtime;
  } catch (error) {
    // What cannot be removed is left to the sweep.
    await turn.remove(temporary).catch(() => undefined);
    throw error;
  }
}

/** By a hard link, which fails when there is one: never half a file, and one winner. */
async function giveName({ turn, place }: Put, temporary: string): Promise<void> {
  await turn.hardlink(temporary, place.here).catch((error: unknown) => existsOr(turn, place, error));
  await turn.remove(temporary);
}

/** Without hard links the file is there before its bytes are, but still only one can make it. */
async function createHere(put: Put): Promise<number> {
  const { turn, place } = put;
  turn.decide();
  const handle = await turn
    .open(place.here, NEW, NEW_FILE_MODE)
    .catch((error: unknown) => existsOr(turn, place, error));
  try {
    await finish(put, handle, () => writeAll(put, handle));
  } catch (error) {
    await turn.remove(place.here).catch(() => undefined);
    throw error;
  }
  return (await turn.lstat(place.here)).mtime ?? 0;
}

/** SFTP 3 has no word for "exists": what failed is looked at once more. */
async function existsOr(turn: Turn, { here }: Place, error: unknown): Promise<never> {
  if (statusOf(error) === STATUS.FAILURE && (await orNull(turn.lstat(here))) !== null)
    fail("STORAGE_EXISTS", undefined, { cause: error });
  throw error;
}

/** Adds at the end of the file, which other processes may do at the same time. */
async function append(put: Put): Promise<number> {
  const { turn, place, skills } = put;
  const flags = FLAG.WRITE | FLAG.APPEND;
  turn.decide();
  if (place.is) {
    const handle = await turn.open(place.here, flags);
    return addTo(put, handle, place.is);
  }
  let handle: string;
  try {
    handle = await turn.open(place.here, NEW | FLAG.APPEND, NEW_FILE_MODE);
  } catch (error) {
    if (statusOf(error) !== STATUS.FAILURE) throw error;
    // Somebody else made it meanwhile: add to theirs.
    const is = await turn.lstat(place.here);
    if (kindOf(is) !== "file") throw error;
    return append({ ...put, place: { ...place, is } });
  }
  const mtime = await addTo(put, handle, null);
  if (skills.syncs) await syncFolder(turn, place.folder);
  return mtime;
}

async function addTo(put: Put, handle: string, old: Attributes | null): Promise<number> {
  const { turn, bytes } = put;
  const { size = 0 } = await turn.fstat(handle);
  const add = async () => {
    const step = turn.session.writeBytes;
    // One after the other, so that a failure leaves no hole. Where the server appends, it takes no notice of the offset.
    for (let at = 0; at < bytes.length; at += step)
      await turn.write(handle, size + at, bytes.subarray(at, at + step));
  };
  if (old === null) await finish(put, handle, add);
  else await closed(turn, handle, add, put.skills);
  return (await turn.lstat(put.place.here)).mtime ?? 0;
}

/** Writes, settles owner and mode, syncs and closes. */
async function finish(put: Put, handle: string, write: () => Promise<void>): Promise<void> {
  const { turn, place, mode, skills } = put;
  const settle = async () => {
    await Promise.all([write(), settleOwner(turn, handle, place.folder, place.is, mode)]);
  };
  await closed(turn, handle, settle, skills);
}

async function closed(
  turn: Turn,
  handle: string,
  work: () => Promise<void>,
  { syncs }: Skills,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    await turn.close(handle).catch(() => undefined);
    throw error;
  }
  const synced = syncs ? turn.fsync(handle) : null;
  // Some disks tell only now that they are full.
  await Promise.all([synced, turn.close(handle)]);
}

async function writeAll({ turn, bytes }: Put, handle: string): Promise<void> {
  const step = turn.session.writeBytes;
  const offsets = Array.from({ length: Math.ceil(bytes.length / step) }, (_, piece) => piece * step);
  await forEach(offsets, PIECES_AT_ONCE, async (offset) => {
    stopIfAborted(turn.signal);
    await turn.write(handle, offset, bytes.subarray(offset, offset + step));
  });
}
