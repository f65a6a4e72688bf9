import { closeSync, fsyncSync, openSync, renameSync } from "node:fs";
import { asAppError, errnoOf } from "./local-errors.ts";
import { enterInside } from "./local-folder.ts";
import { inSlices } from "./local-slices.ts";
import { nameOf, parentOf, type StoragePath } from "./path.ts";
import type { Move } from "./storage.ts";

/** Folders that are held open at the same time. */
const MOST_HELD = 64;

interface Held {
  readonly self: string;
  leave(): void;
}

/**
 * Renames files in synchronous calls, folders held open while their turn lasts. Moved files are safe from a power cut only
 * at the end: one commit of the disk's journal for all of them instead of one for each.
 */
export async function moveFiles(
  root: string,
  moves: readonly Move[],
  makeFolder: (path: StoragePath) => Promise<void>,
): Promise<boolean[]> {
  const breathe = inSlices();
  const held = new Map<StoragePath, Held>();
  const touched = new Set<StoragePath>();
  const moved: boolean[] = [];

  async function enter(path: StoragePath, how: "find" | "make"): Promise<Held | null> {
    const known = held.get(path);
    if (known) return known;
    const opened = openFolder(root, path) ?? (how === "make" ? await made(path) : null);
    if (opened) held.set(path, opened);
    return opened;
  }

  async function made(path: StoragePath): Promise<Held | null> {
    await makeFolder(path);
    return openFolder(root, path);
  }

  try {
    for (const [from, to] of moves) {
      const pause = breathe();
      if (pause) await pause;
      // Never between the two: the first would be closed before it is used.
      if (held.size + 2 > MOST_HELD) letGo(held);
      const source = await enter(parentOf(from), "find");
      const target = source && (await enter(parentOf(to), "make"));
      const isMoved = source !== null && target !== null && rename(source, target, from, to);
      moved.push(isMoved);
      if (isMoved) touched.add(parentOf(from)).add(parentOf(to));
    }
    return moved;
  } finally {
    letGo(held);
    for (const folder of touched) syncFolder(root, folder);
  }
}

function rename(source: Held, target: Held, from: StoragePath, to: StoragePath): boolean {
  try {
    renameSync(`${source.self}/${nameOf(from)}`, `${target.self}/${nameOf(to)}`);
    return true;
  } catch (error) {
    if (errnoOf(error) === "ENOENT") return false;
    throw asAppError(error, from, "find");
  }
}

function openFolder(root: string, path: StoragePath): Held | null {
  try {
    return enterInside(root, path === "" ? root : `${root}/${path}`);
  } catch (error) {
    if (errnoOf(error) === "ENOENT") return null;
    throw asAppError(error, path, "find");
  }
}

function letGo(held: Map<StoragePath, Held>): void {
  for (const folder of held.values()) folder.leave();
  held.clear();
}

function syncFolder(root: string, path: StoragePath): void {
  // Windows gives no way to make a name survive a power cut.
  if (process.platform === "win32") return;
  const opened = openFolder(root, path);
  if (!opened) return;
  try {
    const fd = openSync(opened.self, "r");
    try {
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
  } finally {
    opened.leave();
  }
}
