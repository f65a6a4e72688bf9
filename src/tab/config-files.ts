import { fail } from "../errors/error.ts";
import { type StoragePath, storagePath } from "../storage/path.ts";
import type { Storage } from "../storage/storage.ts";
import type { CallOptions } from "../xmail/call-options.ts";
import type { ConfigFileStore } from "../xmail/config-files.ts";
import { FILES } from "./files.ts";
import { listIfThere, readIfThere, removeIfThere } from "./if-there.ts";
import { changing } from "./in-turn.ts";
import { sameStat } from "./read-table.ts";
import type { TableFile } from "./table-file.ts";

const INDEXED = Object.values<TableFile>(FILES).flatMap(({ path, index }) => (index ? [path] : []));
const TRIES = 6;

/** Settings in the files themselves. */
export function configFilesIn(storage: Storage): ConfigFileStore {
  return {
    ...configFileReaderIn(storage),
    edit: (path, change, call) =>
      changing(storage, (held) => edit(held, storagePath(path), change, call), call),
  };
}

export function configFileReaderIn(storage: Storage): Pick<ConfigFileStore, "read" | "list"> {
  return {
    read: (path, call) => readIfThere(storage, storagePath(path), call),
    async list(folder, call) {
      const entries = await listIfThere(storage, storagePath(folder), call);
      return entries
        .filter(({ kind }) => kind === "file")
        .map(({ name }) => name)
        .sort();
    },
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
  for (let tries = 1; tries <= TRIES; tries += 1) {
    const before = await storage.stat(path, call);
    const bytes = before && (await readIfThere(storage, path, call));
    const changed = change(bytes);
    if (!sameStat(before, await storage.stat(path))) continue;
    if (changed === null) return bytes === null ? undefined : removeIfThere(storage, path);
    if (bytes !== null && Buffer.compare(bytes, changed) === 0) return;
    return storage.write(path, changed);
  }
  fail("FILE_CHANGED", "A file of XMail keeps changing. Try again.", { internal: { path } });
}
