import { hasCode } from "../../src/errors/error.ts";
import { storagePath } from "../../src/storage/path.ts";
import type { Storage } from "../../src/storage/storage.ts";

/** How the backend suite looks at the files behind a backend: bytes as text, `null` when there is no such file. */
export function readFileOf(storage: Storage): (path: string) => Promise<string | null> {
  return async (path) => {
    try {
      return Buffer.from(await storage.read(storagePath(path))).toString("latin1");
    } catch (error) {
      if (hasCode(error, "STORAGE_NOT_FOUND")) return null;
      throw error;
    }
  };
}
