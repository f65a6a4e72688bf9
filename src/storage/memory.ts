import { fail } from "../errors/error.ts";
import { nameOf, parentOf, ROOT, type StoragePath } from "./path.ts";
import type { CallOptions, Capabilities, Entry, Scanned, Stat, Storage } from "./storage.ts";

type Node =
  | { readonly kind: "folder"; mtimeMs: number }
  | { readonly kind: "file"; bytes: Uint8Array; mtimeMs: number; readonly mode: number };

const CAN: Capabilities = {
  atomicReplace: true,
  exclusiveCreate: true,
  rangedRead: true,
  append: true,
  // Gone with the process.
  durableWrite: false,
  watch: false,
  caseSensitive: true,
  binary: true,
};
const FILE_MODE = 0o600;

/** Files in this process: for tests, demos and examples. */
export function memory(options: { now?(): number } = {}): Storage {
  const now = options.now ?? Date.now;
  const nodes = new Map<StoragePath, Node>([[ROOT, { kind: "folder", mtimeMs: now() }]]);
  const found = (path: StoragePath): Node => nodes.get(path) ?? fail("STORAGE_NOT_FOUND");

  function makeFolder(path: StoragePath): void {
    const node = nodes.get(path);
    if (node?.kind === "folder") return;
    if (node) fail("STORAGE_EXISTS", "A file is in the way of the folder.");
    makeFolder(parentOf(path));
    nodes.set(path, { kind: "folder", mtimeMs: now() });
  }

  function fileAt(path: StoragePath): Extract<Node, { kind: "file" }> {
    const node = found(path);
    return node.kind === "file" ? node : fail("STORAGE_FAILED", "This is a folder, not a file.");
  }

  function* below(path: StoragePath): Generator<StoragePath> {
    const prefix = path === ROOT ? "" : `${path}/`;
    for (const other of nodes.keys())
      if (other !== ROOT && other !== path && other.startsWith(prefix)) yield other;
  }

  return {
    kind: "memory",
    can: CAN,
    async stat(path, call) {
      stopIfAborted(call);
      const node = nodes.get(path);
      return node ? statOf(node) : null;
    },
    async read(path, { offset = 0, length, ...call } = {}) {
      stopIfAborted(call);
      const { bytes } = fileAt(path);
      return bytes.slice(offset, length === undefined ? undefined : offset + length);
    },
    async write(path, bytes, { ifAbsent, append, mode = FILE_MODE, ...call } = {}) {
      stopIfAborted(call);
      const old = nodes.get(path);
      if (path === ROOT || old?.kind === "folder") fail("STORAGE_EXISTS", "A folder has this name.");
      if (old && ifAbsent) fail("STORAGE_EXISTS");
      makeFolder(parentOf(path));
      const all = append && old ? Buffer.concat([old.bytes, bytes]) : bytes;
      nodes.set(path, { kind: "file", bytes: Uint8Array.from(all), mtimeMs: now(), mode: old?.mode ?? mode });
    },
    async list(path, call) {
      stopIfAborted(call);
      if (found(path).kind === "file") fail("STORAGE_NOT_FOUND", "This is a file, not a folder.");
      const entries: Entry[] = [];
      for (const child of below(path)) {
        if (parentOf(child) === path) entries.push({ name: nameOf(child), ...statOf(found(child)) });
      }
      return entries;
    },
    async move(from, to, call) {
      stopIfAborted(call);
      const node = found(from);
      if (from === ROOT || to === ROOT || to.startsWith(`${from}/`)) {
        fail("STORAGE_PATH", "A folder cannot be moved into itself.");
      }
      const there = nodes.get(to);
      if (from === to) return;
      if (there?.kind === "folder" || (there && node.kind === "folder")) fail("STORAGE_EXISTS");
      makeFolder(parentOf(to));
      for (const path of [from, ...below(from)]) {
        nodes.set((to + path.slice(from.length)) as StoragePath, found(path));
        nodes.delete(path);
      }
    },
    async remove(path, call) {
      stopIfAborted(call);
      found(path);
      for (const child of [...below(path)]) nodes.delete(child);
      if (path !== ROOT) nodes.delete(path);
    },
    async makeFolder(path, call) {
      stopIfAborted(call);
      makeFolder(path);
    },
    async *scan(folders, { head = 0, ...call } = {}): AsyncIterable<Scanned> {
      for (const folder of folders) {
        for (const path of [...below(folder)]) {
          stopIfAborted(call);
          const node = nodes.get(path);
          if (node?.kind === "file") yield { path, head: node.bytes.slice(0, head), ...statOf(node) };
        }
      }
    },
    async close() {},
  };
}

function statOf(node: Node): Stat {
  if (node.kind === "folder") return { kind: "folder", size: 0, mtimeMs: node.mtimeMs };
  return { kind: "file", size: node.bytes.byteLength, mtimeMs: node.mtimeMs, mode: node.mode };
}

function stopIfAborted({ signal }: CallOptions = {}): void {
  if (signal?.aborted) fail("ABORTED", undefined, { cause: signal.reason });
}
