import { mkdirSync, promises, renameSync } from "node:fs";
import { asAppError, errnoOf, refusePlace } from "./local-errors.ts";
import { enterInside } from "./local-folder.ts";
import { NEW_FOLDER_MODE } from "./local-move.ts";
import { settleFolderOwner } from "./local-owner.ts";
import { inSlices } from "./local-slices.ts";
import { nameOf, parentOf, ROOT, type StoragePath } from "./path.ts";
import type { Move } from "./storage.ts";

/** Folders that are held open at the same time. */
const MOST_HELD = 64;
/** Folders that the disk is asked to keep at the same time: it answers many as fast as one. */
const SYNCS_AT_ONCE = 8;

interface Held {
  readonly self: string;
  leave(): void;
}

/**
 * Renames files in synchronous calls, folders held open while their turn lasts. Moved files and the folders made for them
 * are safe from a power cut only at the end: one commit of the disk's journal for all of them instead of one for each.
 */
export async function moveFiles(root: string, moves: readonly Move[]): Promise<boolean[]> {
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

  async function made(path: StoragePath): Promise<Held> {
    // The root itself went away: there is nothing to move any more.
    if (path === ROOT) return refusePlace(path);
    const parent = (await enter(parentOf(path), "make")) ?? refusePlace(path);
    if (makeFolder(parent, path)) touched.add(parentOf(path));
    // What was there already may be a link that leads nowhere.
    return openFolder(root, path) ?? refusePlace(path);
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
    await syncFolders(root, touched);
  }
}

/** Returns `false` where there is something of that name. */
function makeFolder(parent: Held, path: StoragePath): boolean {
  const here = `${parent.self}/${nameOf(path)}`;
  try {
    mkdirSync(here, { mode: NEW_FOLDER_MODE });
    settleFolderOwner(parent, here);
    return true;
  } catch (error) {
    if (errnoOf(error) === "EEXIST") return false;
    throw asAppError(error, path, "put");
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

async function syncFolders(root: string, touched: ReadonlySet<StoragePath>): Promise<void> {
  // Windows gives no way to make a name survive a power cut.
  if (process.platform === "win32") return;
  const left = [...touched];
  const work = async () => {
    for (let path = left.pop(); path !== undefined; path = left.pop()) await syncFolder(root, path);
  };
  await Promise.all(Array.from({ length: SYNCS_AT_ONCE }, work));
}

async function syncFolder(root: string, path: StoragePath): Promise<void> {
  const opened = openFolder(root, path);
  if (!opened) return;
  try {
    const handle = await promises.open(opened.self, "r");
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } finally {
    opened.leave();
  }
}
