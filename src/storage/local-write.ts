import { constants, promises, type Stats } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { fail } from "../errors/error.ts";
import { stopIfAborted } from "./call-checks.ts";
import { errnoOf, orNull, refusePlace } from "./local-errors.ts";
import type { Place } from "./local-folder.ts";
import { settleOwner } from "./local-owner.ts";
import { temporaryName } from "./local-temp.ts";
import type { WriteOptions } from "./storage.ts";

const { O_APPEND, O_CREAT, O_EXCL, O_NOFOLLOW = 0, O_WRONLY } = constants;
const NEW_FILE_MODE = 0o600;
const MODE_BITS = 0o7777;
/** What file systems without hard links answer. */
const NO_LINKS = ["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"];

/** Puts a finished file in the place of the old one, in one step. */
export async function replaceFile(place: Place, bytes: Uint8Array, how: WriteOptions): Promise<void> {
  const old = await regularFileAt(place);
  await withTemporary(place, bytes, how, old, (temporary) => promises.rename(temporary, place.here));
}

/** Gives a finished file its name, which fails when there is one: never half a file, and one winner. */
export async function createFile(place: Place, bytes: Uint8Array, how: WriteOptions): Promise<void> {
  if (await orNull(promises.lstat(place.here))) fail("STORAGE_EXISTS");
  await withTemporary(place, bytes, how, null, async (temporary) => {
    try {
      await promises.link(temporary, place.here);
    } catch (cause) {
      if (!NO_LINKS.includes(errnoOf(cause))) throw cause;
      fail("STORAGE_UNSUPPORTED", "This file system has no hard links, so no file can be made exclusively.", {
        cause,
      });
    }
  });
}

/** Adds at the end of the file, which other processes may do at the same time. */
export async function appendToFile(place: Place, bytes: Uint8Array, how: WriteOptions): Promise<void> {
  const flags = O_WRONLY | O_APPEND | O_NOFOLLOW;
  if (await regularFileAt(place)) {
    return using(await promises.open(place.here, flags), async (file) => {
      await file.appendFile(bytes);
      await file.sync();
    });
  }
  let file: FileHandle;
  try {
    file = await promises.open(place.here, flags | O_CREAT | O_EXCL, NEW_FILE_MODE);
  } catch (error) {
    // Somebody else made it meanwhile: add to theirs.
    if (errnoOf(error) === "EEXIST") return appendToFile(place, bytes, how);
    throw error;
  }
  await using(file, async () => {
    await settleOwner(file, place, null, modeOf(null, how));
    await file.appendFile(bytes);
    await file.sync();
  });
  await place.sync();
}

async function withTemporary(
  place: Place,
  bytes: Uint8Array,
  how: WriteOptions,
  old: Stats | null,
  putInPlace: (temporary: string) => Promise<void>,
): Promise<void> {
  const temporary = place.at(temporaryName());
  const file = await promises.open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, NEW_FILE_MODE);
  try {
    await using(file, async () => {
      await file.writeFile(bytes, how.signal ? { signal: how.signal } : {});
      await settleOwner(file, place, old, modeOf(old, how));
      if (!how.fleeting) await file.sync();
    });
    stopIfAborted(how.signal);
    await putInPlace(temporary);
  } finally {
    // Renamed, it is gone already; what cannot be removed is left to the sweep.
    await promises.unlink(temporary).catch(() => undefined);
  }
  if (!how.fleeting) await place.sync();
}

async function regularFileAt(place: Place): Promise<Stats | null> {
  const old = await orNull(promises.lstat(place.here));
  if (old?.isDirectory()) fail("STORAGE_EXISTS");
  if (old && !old.isFile()) refusePlace(place.here);
  return old;
}

function modeOf(old: Stats | null, how: WriteOptions): number {
  return (old?.mode ?? how.mode ?? NEW_FILE_MODE) & MODE_BITS;
}

async function using(file: FileHandle, work: (file: FileHandle) => Promise<void>): Promise<void> {
  try {
    await work(file);
  } finally {
    await file.close();
  }
}
