import { fail } from "../errors/error.ts";
import { checkWrite, rangeOf, stopIfAborted } from "./call-checks.ts";
import { nameOf, parentOf, ROOT, type StoragePath } from "./path.ts";
import type { Capabilities, Entry, Scanned, Stat, Storage, WriteOptions } from "./storage.ts";

export interface MemoryOptions {
  /** Milliseconds since 1970, for the times of files; the wall clock if absent. */
  now?(): number;
}

interface File {
  readonly kind: "file";
  bytes: Uint8Array;
  mtimeMs: number;
  readonly mode: number;
}

interface Folder {
  readonly kind: "folder";
  readonly children: Map<string, Node>;
  mtimeMs: number;
  readonly mode: number;
}

type Node = File | Folder;

const CAN: Capabilities = {
  atomicReplace: true,
  exclusiveCreate: true,
  rangedRead: true,
  append: true,
  durableWrite: false,
  watch: true,
  caseSensitive: true,
  binary: true,
  folders: true,
  move: true,
  times: true,
};

/** A storage that lives and dies with this process, for tests, demos and previews. */
export function memory(options: MemoryOptions = {}): Storage {
  const now = options.now ?? Date.now;
  const root = newFolder(now());
  const watchers = new Set<{ readonly path: StoragePath; changed(): void }>();

  function find(path: StoragePath): Node | undefined {
    let node: Node | undefined = root;
    for (const part of path === ROOT ? [] : path.split("/")) {
      node = node?.kind === "folder" ? node.children.get(part) : undefined;
    }
    return node;
  }

  function findOrFail(path: StoragePath): Node {
    return find(path) ?? fail("STORAGE_NOT_FOUND", undefined, { internal: { path } });
  }

  function folderAt(path: StoragePath): Folder {
    const known = find(path);
    if (known?.kind === "folder") return known;
    if (known) return inTheWay(path);
    const folder = newFolder(now());
    put(folderAt(parentOf(path)), path, folder);
    return folder;
  }

  function put(parent: Folder, path: StoragePath, node: Node): void {
    if (parent.children.get(nameOf(path)) === undefined) parent.mtimeMs = now();
    parent.children.set(nameOf(path), node);
    tell(path);
  }

  function drop(path: StoragePath): void {
    const parent = folderAt(parentOf(path));
    parent.children.delete(nameOf(path));
    parent.mtimeMs = now();
    tell(path);
  }

  function tell(path: StoragePath): void {
    for (const { path: watched, changed } of watchers) if (isWithin(watched, path)) queueMicrotask(changed);
  }

  function writeNow(path: StoragePath, bytes: Uint8Array, how: WriteOptions): void {
    const known = find(path);
    if (known?.kind === "folder" || (known && how.ifAbsent)) inTheWay(path);
    const before = how.append && known?.kind === "file" ? known.bytes : new Uint8Array();
    put(folderAt(parentOf(path)), path, {
      kind: "file",
      bytes: joined(before, bytes),
      mtimeMs: now(),
      mode: known?.mode ?? how.mode ?? 0o600,
    });
  }

  return {
    kind: "memory",
    can: CAN,
    async stat(path, { signal } = {}) {
      stopIfAborted(signal);
      const node = find(path);
      return node ? statOf(node) : null;
    },
    async read(path, how = {}) {
      stopIfAborted(how.signal);
      const node = findOrFail(path);
      if (node.kind === "folder") return fail("STORAGE_NOT_FOUND", undefined, { internal: { path } });
      const { from, to } = rangeOf(how, node.bytes.length);
      return node.bytes.slice(from, to);
    },
    async write(path, bytes, how = {}) {
      stopIfAborted(how.signal);
      checkWrite(how);
      writeNow(path, bytes, how);
    },
    async list(path, { signal } = {}) {
      stopIfAborted(signal);
      const node = findOrFail(path);
      if (node.kind === "file") return fail("STORAGE_NOT_FOUND", undefined, { internal: { path } });
      return [...node.children].map(([name, child]): Entry => ({ name, ...statOf(child) }));
    },
    async move(from, to, { signal } = {}) {
      stopIfAborted(signal);
      const node = findOrFail(from);
      if (from === to && node.kind === "file") return;
      if (from !== to && isWithin(from, to)) fail("STORAGE_PATH", "A folder cannot be moved into itself.");
      const there = find(to);
      if (there && (there.kind === "folder" || node.kind === "folder")) inTheWay(to);
      const parent = folderAt(parentOf(to));
      drop(from);
      put(parent, to, node);
    },
    async remove(path, { signal } = {}) {
      stopIfAborted(signal);
      findOrFail(path);
      if (path === ROOT) fail("STORAGE_DENIED", "The root of a storage cannot be removed.");
      drop(path);
    },
    async makeFolder(path, { signal } = {}) {
      stopIfAborted(signal);
      folderAt(path);
    },
    async watch(path, changed) {
      const watcher = { path, changed };
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    async *scan(folders, { head = 0, signal } = {}) {
      for (const path of folders) {
        const node = find(path);
        if (node?.kind !== "folder") continue;
        for (const [below, file] of [...filesBelow(path, node)]) {
          stopIfAborted(signal);
          yield { path: below, ...statOf(file), head: file.bytes.slice(0, head) } satisfies Scanned;
        }
      }
    },
    async close() {
      watchers.clear();
    },
  };
}

function newFolder(mtimeMs: number): Folder {
  return { kind: "folder", children: new Map(), mtimeMs, mode: 0o700 };
}

function statOf(node: Node): Stat {
  const size = node.kind === "file" ? node.bytes.length : 0;
  return { kind: node.kind, size, mtimeMs: node.mtimeMs, mode: node.mode };
}

function* filesBelow(path: StoragePath, folder: Folder): Generator<[StoragePath, File]> {
  for (const [name, child] of folder.children) {
    // `name` came in by a StoragePath.
    const below = (path === ROOT ? name : `${path}/${name}`) as StoragePath;
    if (child.kind === "file") yield [below, child];
    else yield* filesBelow(below, child);
  }
}

function isWithin(folder: StoragePath, path: StoragePath): boolean {
  return folder === ROOT || path === folder || path.startsWith(`${folder}/`);
}

function joined(one: Uint8Array, two: Uint8Array): Uint8Array {
  const both = new Uint8Array(one.length + two.length);
  both.set(one);
  both.set(two, one.length);
  return both;
}

function inTheWay(path: StoragePath): never {
  return fail("STORAGE_EXISTS", undefined, { internal: { path } });
}
