import { fail, hasCode } from "../errors/error.ts";
import { type StoragePath, storagePath } from "../storage/path.ts";
import type { Storage } from "../storage/storage.ts";
import type { CallOptions } from "../xmail/call-options.ts";
import type { ConfigFileStore } from "../xmail/config-files.ts";
import { FILES } from "./files.ts";
import { listIfThere, readIfThere } from "./if-there.ts";
import { changing, type Ground } from "./in-turn.ts";
import type { TableFile } from "./table-file.ts";

const INDEXED = Object.values<TableFile>(FILES).flatMap(({ path, index }) => (index ? [path] : []));
const TRIES = 6;

/** Settings in the files themselves. */
export function configFilesOn(ground: Ground): ConfigFileStore {
  return {
    ...configFileReaderIn(ground.storage),
    async edit(path, change, call) {
      for (let tries = 1; ; tries += 1) {
        try {
          return await changing(ground, (storage) => edit(storage, storagePath(path), change, call), call);
        } catch (error) {
          if (tries === TRIES || !hasCode(error, "FILE_CHANGED")) throw error;
        }
      }
    },
  };
}

function configFileReaderIn(storage: Storage): Pick<ConfigFileStore, "read" | "list" | "folders"> {
  const namesIn = async (kind: "file" | "folder", folder: string, call?: CallOptions) => {
    const entries = await listIfThere(storage, storagePath(folder), call);
    return entries
      .filter((entry) => entry.kind === kind)
      .map(({ name }) => name)
      .sort();
  };
  return {
    read: async (path, call) => readIfThere(storage, storagePath(path), call),
    list: (folder, call) => namesIn("file", folder, call),
    folders: async (folder, call) => (storage.can.folders ? namesIn("folder", folder, call) : null),
  };
}

async function edit(
  storage: Storage,
  path: StoragePath,
  change: Parameters<ConfigFileStore["edit"]>[1],
  call?: CallOptions,
): Promise<void> {
  if (INDEXED.includes(path)) {
    fail("STORAGE_DENIED", "XMail keeps an index of this table: change its rows one by one.");
  }
  const bytes = await readIfThere(storage, path, call);
  const changed = change(bytes);
  if (changed === null) return bytes === null ? undefined : storage.remove(path);
  if (bytes === null || Buffer.compare(bytes, changed) !== 0) await storage.write(path, changed);
}
