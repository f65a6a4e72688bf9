import { closeSync, constants, promises, read, readSync } from "node:fs";
import { promisify } from "node:util";
import { fail } from "../errors/error.ts";
import { mapped, refusePlace } from "./local-errors.ts";
import type { Place } from "./local-folder.ts";
import type { StoragePath } from "./path.ts";
import type { OpenFile } from "./storage.ts";

const { O_NOFOLLOW = 0, O_NONBLOCK = 0, O_RDONLY } = constants;
/** So much is read at once faster than in the thread pool, where more holds up nobody. */
const AT_ONCE = 64 * 1024;
const inThreadPool = promisify(read);

/** Holds a plain file open to be read. */
export async function openPlace(place: Place, path: StoragePath): Promise<OpenFile> {
  // Without O_NONBLOCK a named pipe would hold us until somebody writes.
  const file = await promises.open(place.here, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  try {
    const found = await file.stat();
    if (found.isDirectory()) fail("STORAGE_NOT_FOUND");
    if (!found.isFile()) refusePlace(place.here);
  } catch (error) {
    await file.close();
    throw error;
  }
  return openedFile(file.fd, path, () => file.close());
}

/** An open plain file by its number. */
export function openedFile(
  descriptor: number,
  path: StoragePath,
  close: () => void | Promise<void> = () => closeSync(descriptor),
): OpenFile {
  let reads: Promise<unknown> = Promise.resolve();
  return {
    descriptor,
    read: (into, position) =>
      mapped(path, "find", async () => {
        if (into.length <= AT_ONCE) return readOpened(descriptor, into, position);
        const reading = inThreadPool(descriptor, into, 0, into.length, position);
        reads = Promise.allSettled([reads, reading]);
        return (await reading).bytesRead;
      }),
    async close() {
      // Its number may be that of another file soon.
      await reads;
      await close();
    },
  };
}

/** As `read` of an open file, in another thread of the process that holds it open. */
export function readOpened(descriptor: number, into: Uint8Array, position: number): number {
  return readSync(descriptor, into, 0, into.length, position);
}
