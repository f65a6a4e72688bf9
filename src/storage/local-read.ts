import { constants, lstatSync, promises, realpathSync, type Stats, statSync } from "node:fs";
import { fail } from "../errors/error.ts";
import { rangeOf, stopIfAborted } from "./call-checks.ts";
import { orNull, refusePlace } from "./local-errors.ts";
import { isInside, type OpenFolder, type Place } from "./local-folder.ts";
import { inSlices } from "./local-slices.ts";
import { isTemporary } from "./local-temp.ts";
import { isStoragePath } from "./path.ts";
import type { CallOptions, Entry, ReadOptions, Stat } from "./storage.ts";

const { O_NOFOLLOW = 0, O_NONBLOCK = 0, O_RDONLY } = constants;
const READ_AT_ONCE = 4 * 1024 * 1024;
const MODE_BITS = 0o7777;

export async function statOf(place: Place): Promise<Stat | null> {
  const found = await orNull(promises.lstat(place.here));
  return found && (asStat(found) ?? refusePlace(place.here));
}

/** The bytes that were there when it was opened; of a file that shrinks meanwhile, fewer. */
export async function readFile(place: Place, how: ReadOptions): Promise<Uint8Array> {
  // Without O_NONBLOCK a named pipe would hold us until somebody writes.
  const file = await promises.open(place.here, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  try {
    const found = await file.stat();
    if (found.isDirectory()) fail("STORAGE_NOT_FOUND");
    if (!found.isFile()) refusePlace(place.here);
    const { from, to } = rangeOf(how, found.size);
    const bytes = new Uint8Array(to - from);
    let done = 0;
    while (done < bytes.length) {
      stopIfAborted(how.signal);
      const wanted = Math.min(READ_AT_ONCE, bytes.length - done);
      const { bytesRead } = await file.read(bytes, done, wanted, from + done);
      if (bytesRead === 0) return bytes.slice(0, done);
      done += bytesRead;
    }
    return bytes;
  } finally {
    await file.close();
  }
}

/** What can be reached by a StoragePath: links that lead out or nowhere, devices and unspeakable names are left out. */
export async function entriesOf(
  root: string,
  folder: OpenFolder,
  { signal }: CallOptions,
): Promise<readonly Entry[]> {
  const breathe = inSlices();
  const entries: Entry[] = [];
  for (const name of await promises.readdir(folder.self)) {
    await breathe();
    stopIfAborted(signal);
    if (isTemporary(name) || !isStoragePath(name)) continue;
    const stat = statInside(root, folder.at(name));
    if (stat) entries.push({ name, ...stat });
  }
  return entries;
}

export function asStat(found: Stats): Stat | null {
  if (!found.isFile() && !found.isDirectory()) return null;
  const kind = found.isFile() ? "file" : "folder";
  const mode = process.platform === "win32" ? {} : { mode: found.mode & MODE_BITS };
  return { kind, size: kind === "file" ? found.size : 0, mtimeMs: found.mtimeMs, ...mode };
}

function statInside(root: string, path: string): Stat | null {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (!found?.isSymbolicLink()) return found ? asStat(found) : null;
  try {
    return isInside(root, realpathSync.native(path)) ? asStat(statSync(path)) : null;
  } catch {
    return null;
  }
}
