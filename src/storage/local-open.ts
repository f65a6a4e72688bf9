import { constants, promises, readSync } from "node:fs";
import { fail } from "../errors/error.ts";
import { mapped, refusePlace } from "./local-errors.ts";
import type { Place } from "./local-folder.ts";
import type { StoragePath } from "./path.ts";
import type { OpenFile } from "./storage.ts";

const { O_NOFOLLOW = 0, O_NONBLOCK = 0, O_RDONLY } = constants;

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
  return {
    descriptor: file.fd,
    read: (into, position) =>
      mapped(path, "find", async () => (await file.read(into, 0, into.length, position)).bytesRead),
    close: () => file.close(),
  };
}

/** As `read` of an open file, in another thread of the process that holds it open. */
export function readOpened(descriptor: number, into: Uint8Array, position: number): number {
  return readSync(descriptor, into, 0, into.length, position);
}
