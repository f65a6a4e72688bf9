import { stopIfAborted } from "./call-checks.ts";
import { below, type Tree } from "./overlay-tree.ts";
import type { StoragePath } from "./path.ts";
import type { Entry, ReadOptions, Scanned, ScanOptions, Storage } from "./storage.ts";

type Scan = NonNullable<Storage["scan"]>;

/**
 * All files below folders: what did not change is walked by the storage below. Not remembered as read: sizes of mail are
 * told, nothing is decided by them.
 */
export function scanOver(
  scan: Scan,
  tree: Tree,
  list: (path: StoragePath) => Promise<readonly Entry[]>,
  read: (path: StoragePath, how: ReadOptions) => Promise<Uint8Array>,
): Scan {
  return async function* (folders, { head = 0, signal } = {}) {
    const how: ScanOptions = signal ? { head, signal } : { head };
    stopIfAborted(signal);
    /** Path in the storage below -> path here. */
    const untouched = new Map<StoragePath, StoragePath>();
    for (const folder of folders) yield* walk(folder);
    for await (const found of scan([...untouched.keys()], how)) {
      yield { ...found, path: shownAt(found.path, untouched) };
    }

    async function* walk(path: StoragePath): AsyncIterable<Scanned> {
      stopIfAborted(signal);
      const found = tree.look(path);
      if (!found) return;
      if ("below" in found) untouched.set(found.below, path);
      else if (found.node.kind === "folder") {
        for (const entry of await list(path)) yield* child(path, entry);
      }
    }

    async function* child(folder: StoragePath, { name, ...stat }: Entry): AsyncIterable<Scanned> {
      const path = below(folder, name);
      if (stat.kind === "folder") return yield* walk(path);
      stopIfAborted(signal);
      yield { path, ...stat, head: head === 0 ? new Uint8Array() : await read(path, { length: head }) };
    }
  };
}

function shownAt(path: StoragePath, untouched: ReadonlyMap<StoragePath, StoragePath>): StoragePath {
  for (let end = path.length; ; end = path.lastIndexOf("/", end - 1)) {
    const folder = path.slice(0, Math.max(0, end)) as StoragePath;
    const shown = untouched.get(folder);
    if (shown !== undefined) return below(shown, path.slice(folder === "" ? 0 : end + 1));
    if (end <= 0) return path;
  }
}
