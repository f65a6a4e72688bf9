import { fail } from "../../../src/errors/error.ts";
import { ROOT, storagePath } from "../../../src/storage/path.ts";
import type { Storage } from "../../../src/storage/storage.ts";
import { through } from "../../../src/storage/through.ts";
import { filled, whichFilled } from "../../../src/testing/storage/expect.ts";

export const REPLACED = storagePath("f");
export const LOG = storagePath("log");
/** For two that count under a lock: how far they are, and every number that was reached. */
export const NUMBER = storagePath("number");
export const COUNTED = storagePath("counted");
const FILE_BYTES = 120_000;
const RECORD_BYTES = 1_280;

/** A whole file that tells which one it is, by its letter and by its size. */
export function version(number: number): Uint8Array {
  return filled(number, FILE_BYTES + (number % 26));
}

export function record(number: number): Uint8Array {
  return filled(number, RECORD_BYTES);
}

export function newFile(number: number) {
  return storagePath(`g${number}`);
}

/** Everything that is there and is not old or new, whole; nothing else may have a name. */
export async function problemsIn(storage: Storage): Promise<string[]> {
  const problems: string[] = [];
  for (const { name } of await storage.list(ROOT)) {
    const bytes = await storage.read(storagePath(name));
    if (name === REPLACED || /^g\d+$/.test(name)) {
      const which = whichFilled(bytes);
      if (which === null || bytes.length - FILE_BYTES !== which)
        problems.push(`${name}: ${bytes.length} bytes`);
    } else if (name === LOG) {
      for (let from = 0; from < bytes.length; from += RECORD_BYTES) {
        const one = bytes.subarray(from, from + RECORD_BYTES);
        if (one.length !== RECORD_BYTES || whichFilled(one) === null) problems.push(`log: torn at ${from}`);
      }
    } else problems.push(`${name} has a name`);
  }
  return problems;
}

const BETWEEN_MS = 30;

/**
 * The planted fault: a storage that claims to replace in one step, and writes a part first. Once the server was killed it
 * does not go on: on a new connection it would make good what it did.
 */
export function torn(storage: Storage, isKilled: () => boolean = () => false): Storage {
  return through(storage, {
    async write(path, bytes, how) {
      if (!how?.ifAbsent && !how?.append) {
        await storage.write(path, bytes.slice(0, bytes.length / 2), how);
        await new Promise((resolve) => setTimeout(resolve, BETWEEN_MS));
        if (isKilled()) fail("STORAGE_FAILED");
      }
      await storage.write(path, bytes, how);
    },
  });
}
