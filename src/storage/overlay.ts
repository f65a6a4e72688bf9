import { fail } from "../errors/error.ts";
import { checkWrite, rangeOf, stopIfAborted } from "./call-checks.ts";
import { grown } from "./growing-bytes.ts";
import { scanOver } from "./overlay-scan.ts";
import { watching } from "./overlay-seen.ts";
import { isBelow, type Step, stepLog } from "./overlay-steps.ts";
import { below, type FolderNode, folderNode, folderStat, type Node, overlayTree } from "./overlay-tree.ts";
import { parentOf, ROOT, type StoragePath } from "./path.ts";
import type { Capabilities, Entry, ReadOptions, Stat, Storage, WriteOptions } from "./storage.ts";

export type { Step } from "./overlay-steps.ts";

/** A storage over another in which every change stays in memory. */
export interface Overlay extends Storage {
  readonly below: Storage;
  /** What makes the storage below what this one shows, in the order it was done. */
  steps(): readonly Step[];
  /** `FILE_CHANGED` unless all that was read from below is still so. */
  check(): Promise<void>;
}

/**
 * Changes nothing in `storage`. `can` is that of `storage`, as far as memory can keep it, or what the caller needs.
 */
export function overlay(storage: Storage, wanted: Partial<Capabilities> = {}): Overlay {
  const can: Capabilities = { ...storage.can, durableWrite: false, watch: false, ...wanted };
  const tree = overlayTree(can.caseSensitive);
  const log = stepLog();
  const seen = watching(storage);
  let last: Promise<unknown> = Promise.resolve();

  /** One change at a time: each looks first, and then does. */
  function inTurn<T>(signal: AbortSignal | undefined, change: () => Promise<T>): Promise<T> {
    const done = last.then(() => {
      stopIfAborted(signal);
      return change();
    });
    last = done.catch(() => undefined);
    return done;
  }

  const now = () => (can.times ? Date.now() : 0);

  async function statOf(path: StoragePath): Promise<Stat | null> {
    const found = tree.look(path);
    if (!found) return null;
    if ("below" in found) return seen.below.stat(found.below);
    return found.node.stat;
  }

  /** What stands there as a node of our own, to be put elsewhere. */
  async function nodeAt(path: StoragePath): Promise<Node | null> {
    const found = tree.look(path);
    if (!found || "node" in found) return found?.node ?? null;
    const stat = await seen.below.stat(found.below);
    if (!stat) return null;
    return stat.kind === "folder"
      ? folderNode(found.below, stat)
      : { kind: "file", content: found.below, stat };
  }

  /** The folder and those above it, made where they are missing. Looks at all before it makes the first. */
  async function enter(path: StoragePath): Promise<void> {
    const ways = [path];
    while (ways[0] !== ROOT) ways.unshift(parentOf(ways[0] as StoragePath));
    const nodes: [StoragePath, Node | null][] = [];
    let isMissing = false;
    for (const way of ways) {
      const node: Node | null = isMissing ? null : await nodeAt(way);
      if (node?.kind === "file") inTheWay(path);
      isMissing = node === null;
      nodes.push([way, node]);
    }
    if (isMissing && !can.folders) cannot("make folders");
    for (const [way, node] of nodes) {
      if (node === null) {
        tree.put(way, folderNode(null, folderStat(now())));
        log.madeFolder(way);
      } else if (way !== ROOT) tree.put(way, node);
    }
  }

  async function read(path: StoragePath, how: ReadOptions): Promise<Uint8Array> {
    const found = tree.look(path);
    if (found && "below" in found) return seen.below.read(found.below, how);
    if (found?.node.kind !== "file") return notFound(path);
    const { content } = found.node;
    if (typeof content === "string") return seen.below.read(content, how);
    const { from, to } = rangeOf(how, content.length);
    return content.slice(from, to);
  }

  /** Not to be changed by who gets it. */
  async function wholeOf(path: StoragePath): Promise<Uint8Array> {
    const found = tree.look(path);
    const own = found && "node" in found && found.node.kind === "file" ? found.node.content : null;
    return own === null || typeof own === "string" ? read(path, {}) : own;
  }

  async function write(path: StoragePath, bytes: Uint8Array, how: WriteOptions): Promise<void> {
    const known = path === ROOT ? folderStat(0) : await statOf(path);
    if (known?.kind === "folder" || (known && how.ifAbsent)) inTheWay(path);
    const content = how.append && known ? grown(await wholeOf(path), bytes) : Uint8Array.from(bytes);
    if (!can.binary && !isLines(content)) cannot("hold anything but lines");
    await enter(parentOf(path));
    const mode = known ? known.mode : (how.mode ?? 0o600);
    const stat: Stat = { kind: "file", size: content.length, mtimeMs: now() };
    tree.put(path, { kind: "file", content, stat: mode === undefined ? stat : { ...stat, mode } });
    log.wrote(path, content, known ? null : (how.mode ?? 0o600));
  }

  async function listFolder(path: StoragePath): Promise<Entry[]> {
    const found = tree.look(path);
    if (found && "below" in found) return [...(await seen.below.list(found.below))];
    if (found?.node.kind !== "folder") return notFound(path);
    const folder = found.node;
    const entries: Entry[] = [];
    for (const entry of folder.below === null ? [] : await seen.below.list(folder.below)) {
      const child = tree.childOf(folder, entry.name);
      if (child === undefined || isJustEntered(folder, entry.name, child)) entries.push(entry);
    }
    for (const { name, node } of folder.children.values()) {
      if (node === null || isJustEntered(folder, name, node)) continue;
      if (node.kind === "file" || can.folders) entries.push({ name, ...node.stat });
    }
    return entries;
  }

  return {
    kind: storage.kind,
    can,
    below: storage,
    steps: log.steps,
    check: seen.check,
    async stat(path, { signal } = {}) {
      stopIfAborted(signal);
      return statOf(path);
    },
    async read(path, how = {}) {
      stopIfAborted(how.signal);
      if (!can.rangedRead && (how.offset !== undefined || how.length !== undefined)) cannot("read a part");
      return read(path, how);
    },
    async write(path, bytes, how = {}) {
      stopIfAborted(how.signal);
      checkWrite(how);
      if (how.ifAbsent && !can.exclusiveCreate) cannot("make a file exclusively");
      if (how.append && !can.append) cannot("add to a file");
      return inTurn(how.signal, () => write(path, bytes, how));
    },
    async list(path, { signal } = {}) {
      stopIfAborted(signal);
      return listFolder(path);
    },
    async move(from, to, { signal } = {}) {
      stopIfAborted(signal);
      if (!can.move) cannot("move");
      return inTurn(signal, async () => {
        const node = await nodeAt(from);
        if (!node) return notFound(from);
        if (from === to && node.kind === "file") return;
        if (from !== to && isBelow(from, to)) fail("STORAGE_PATH", "A folder cannot be moved into itself.");
        const there = await statOf(to);
        if (there && (there.kind === "folder" || node.kind === "folder")) inTheWay(to);
        await enter(parentOf(to));
        await enter(parentOf(from));
        tree.put(from, null);
        tree.put(to, node);
        log.moved(from, to);
      });
    },
    async remove(path, { signal } = {}) {
      stopIfAborted(signal);
      return inTurn(signal, async () => {
        const found = await statOf(path);
        if (!found) return notFound(path);
        if (path === ROOT) fail("STORAGE_DENIED", "The root of a storage cannot be removed.");
        await enter(parentOf(path));
        tree.put(path, null);
        log.removed(path, found.kind);
      });
    },
    async makeFolder(path, { signal } = {}) {
      stopIfAborted(signal);
      if (!can.folders) cannot("make folders");
      return inTurn(signal, () => enter(path));
    },
    ...(storage.scan ? { scan: scanOver(storage.scan.bind(storage), tree, listFolder, read) } : {}),
    async close() {},
  };

  /** A folder that is here only because something below it changed. */
  function isJustEntered(parent: FolderNode, name: string, node: Node | null): boolean {
    return node?.kind === "folder" && parent.below !== null && node.below === below(parent.below, name);
  }
}

function isLines(bytes: Uint8Array): boolean {
  return bytes.length > 0 && bytes.at(-1) === 0x0a && !bytes.includes(0);
}

function cannot(what: string): never {
  return fail("STORAGE_UNSUPPORTED", `This storage cannot ${what}.`);
}

function notFound(path: StoragePath): never {
  return fail("STORAGE_NOT_FOUND", undefined, { internal: { path } });
}

function inTheWay(path: StoragePath): never {
  return fail("STORAGE_EXISTS", undefined, { internal: { path } });
}
