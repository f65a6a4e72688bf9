import { fail } from "../errors/error.ts";
import { checkWrite, stopIfAborted } from "./call-checks.ts";
import { checkLines, checkPath, isReachable } from "./ctrl-files-limits.ts";
import { type CtrlFileCommands, type Lookup, lookupOver, mapped } from "./ctrl-files-lookup.ts";
import { readExactly } from "./ctrl-files-read.ts";
import { parentOf, ROOT, type StoragePath } from "./path.ts";
import type { Entry, Storage } from "./storage.ts";

export type { CtrlFileCommands } from "./ctrl-files-lookup.ts";

/**
 * The MailRoot of a running XMail by the file commands of its control port: `await ctrlFiles(client.files)`. Holds lines in
 * files of folders that are there; everything that XMail would alter is refused before it is sent. Asks the server once
 * whether it tells `A` from `a`. The client stays open when the storage is closed.
 */
export async function ctrlFiles(files: CtrlFileCommands): Promise<Storage> {
  const lookup = await lookupOver(files);

  return {
    kind: "ctrl-files",
    can: {
      // A connection that is lost during an upload leaves what was sent of it, and XMail writes over the old file.
      atomicReplace: false,
      exclusiveCreate: false,
      rangedRead: false,
      append: false,
      durableWrite: false,
      watch: false,
      caseSensitive: lookup.caseSensitive,
      binary: false,
      folders: false,
      move: false,
      times: false,
    },
    async stat(path, { signal } = {}) {
      stopIfAborted(signal);
      if (!isReachable(path, lookup.caseSensitive)) return null;
      const found = await lookup.find(path, signal);
      return found && { kind: found.kind, size: found.size, mtimeMs: 0 };
    },
    async read(path, { signal, offset, length } = {}) {
      stopIfAborted(signal);
      if (offset !== undefined || length !== undefined) {
        fail("STORAGE_UNSUPPORTED", "XMail's control port gives files only as a whole.");
      }
      if (!isReachable(path, lookup.caseSensitive)) return nothing(path);
      return readExactly(files, lookup, path, signal);
    },
    async write(path, bytes, how = {}) {
      stopIfAborted(how.signal);
      checkWrite(how);
      if (how.ifAbsent || how.append) {
        fail("STORAGE_UNSUPPORTED", "XMail's control port only replaces files, each as a whole.");
      }
      const content = Uint8Array.from(bytes);
      checkLines(content);
      checkPath(path, lookup.caseSensitive);
      await checkPlace(lookup, path, how.signal);
      stopIfAborted(how.signal);
      // From here on nothing can be taken back: half of an upload would be half of a file.
      await mapped(path, () => files.write(path, content));
      const found = await lookup.find(path);
      // What was read back are lines: only the size tells whether CR went in with them.
      if (found?.kind !== "file" || found.size !== content.length) unproved(path);
    },
    async list(path, { signal } = {}) {
      stopIfAborted(signal);
      if (!isReachable(path, lookup.caseSensitive)) return nothing(path);
      const listed = await mapped(path, () => files.list(path, { pattern: "*" }, { signal }));
      const prefix = path === ROOT ? "" : `${path}/`;
      return listed
        .filter(({ name }) => isReachable(`${prefix}${name}`, lookup.caseSensitive))
        .map(({ name, size }): Entry => ({ name, kind: "file", size, mtimeMs: 0 }));
    },
    async move(_from, _to, { signal } = {}) {
      stopIfAborted(signal);
      fail("STORAGE_UNSUPPORTED", "XMail's control port has no command that renames.");
    },
    async remove(path, { signal } = {}) {
      stopIfAborted(signal);
      if (path === ROOT) fail("STORAGE_DENIED", "The root of a storage cannot be removed.");
      const found = isReachable(path, lookup.caseSensitive) ? await lookup.find(path, signal) : null;
      if (found === null) return nothing(path);
      if (found.kind === "folder") noFolders();
      stopIfAborted(signal);
      await mapped(path, () => files.remove(path));
      if ((await lookup.find(path)) !== null) unproved(path);
    },
    async makeFolder(_path, { signal } = {}) {
      stopIfAborted(signal);
      noFolders();
    },
    async close() {},
  };
}

/** A file may be written where one stands, or nothing, in a folder that is there. */
async function checkPlace(lookup: Lookup, path: StoragePath, signal?: AbortSignal): Promise<void> {
  const found = await lookup.find(path, signal);
  if (found?.kind === "file") return;
  if (found?.kind === "folder" || (await lookup.isTaken(path, signal))) exists(path);
  for (let above = parentOf(path); ; above = parentOf(above)) {
    const stands = await lookup.find(above, signal);
    if (stands?.kind === "file") exists(path);
    if (stands?.kind === "folder" && above === parentOf(path)) return;
    if (stands?.kind === "folder" || above === ROOT) noFolders();
  }
}

function nothing(path: StoragePath): never {
  return fail("STORAGE_NOT_FOUND", undefined, { internal: { path } });
}

function exists(path: StoragePath): never {
  return fail("STORAGE_EXISTS", undefined, { internal: { path } });
}

function noFolders(): never {
  return fail("STORAGE_UNSUPPORTED", "XMail's control port cannot make, move or remove folders.");
}

function unproved(path: StoragePath): never {
  return fail("STORAGE_FAILED", "XMail did not do what it was told. Look at the file before trying again.", {
    internal: { path },
  });
}
