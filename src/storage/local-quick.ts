import { closeSync, constants, fstatSync, lstatSync, openSync, readSync } from "node:fs";
import { rangeOf } from "./call-checks.ts";
import { errnoOf } from "./local-errors.ts";
import { enterOpened } from "./local-folder.ts";
import { asStat } from "./local-read.ts";
import { nameOf, parentOf, ROOT, type StoragePath } from "./path.ts";
import type { ReadOptions, Stat } from "./storage.ts";

const { O_NOFOLLOW = 0, O_NONBLOCK = 0, O_RDONLY } = constants;

/** A table of 1,000 accounts; larger ones are read in the thread pool, where they hold up nobody. */
const LARGEST = 128 * 1024;

/** Folders that are held open at the same time. */
const MOST_HELD = 64;

/** What is not plain (links, folders, devices, large files, trouble of any kind) is left to the careful way. */
export const NOT_PLAIN = Symbol("not plain");

export interface QuickReads {
  /** `stat` of a plain file or folder; `null` when there is no such name in a folder that there is. */
  stat(path: StoragePath): Stat | null | typeof NOT_PLAIN;
  /** Number of a plain file, held open. */
  open(path: StoragePath): number | typeof NOT_PLAIN;
  /** The bytes of a plain, small file. */
  read(path: StoragePath, how: ReadOptions): Uint8Array | typeof NOT_PLAIN;
}

/**
 * Reads below `root` in synchronous calls: ten times as fast as promises, and a page asks for hundreds. A folder that was
 * opened, and found to be inside, stays open until the event loop goes on: what is asked together mostly lies together.
 */
export function quickReads(root: string): QuickReads {
  const held = new Map<string, NonNullable<ReturnType<typeof enterOpened>>>();

  function letGo(): void {
    for (const folder of held.values()) folder.leave();
    held.clear();
  }

  function enter(path: string): string | null {
    const known = held.get(path);
    if (known) return known.self;
    const folder = enterOpened(root, path);
    if (!folder) return null;
    if (held.size === 0) setImmediate(letGo);
    else if (held.size >= MOST_HELD) {
      for (const old of held.values()) old.leave();
      held.clear();
    }
    held.set(path, folder);
    return folder.self;
  }

  function at<T>(path: StoragePath, work: (here: string) => T): T | typeof NOT_PLAIN {
    if (path === ROOT) return NOT_PLAIN;
    try {
      const folder = enter(`${root}/${parentOf(path)}`);
      return folder === null ? NOT_PLAIN : work(`${folder}/${nameOf(path)}`);
    } catch (error) {
      if (errnoOf(error) === "") throw error;
      return NOT_PLAIN;
    }
  }

  return {
    stat: (path) =>
      at(path, (here) => {
        const found = lstatSync(here, { throwIfNoEntry: false });
        return found ? (asStat(found) ?? NOT_PLAIN) : null;
      }),
    open: (path) => at(path, openPlain),
    read: (path, how) => at(path, (here) => readPlain(here, how)),
  };
}

function openPlain(here: string): number | typeof NOT_PLAIN {
  const file = openSync(here, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  if (fstatSync(file).isFile()) return file;
  closeSync(file);
  return NOT_PLAIN;
}

function readPlain(here: string, how: ReadOptions): Uint8Array | typeof NOT_PLAIN {
  const file = openSync(here, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  try {
    const found = fstatSync(file);
    if (!found.isFile() || found.size > LARGEST) return NOT_PLAIN;
    const { from, to } = rangeOf(how, found.size);
    const bytes = new Uint8Array(to - from);
    for (let done = 0; done < bytes.length; ) {
      const got = readSync(file, bytes, done, bytes.length - done, from + done);
      if (got === 0) return bytes.slice(0, done);
      done += got;
    }
    return bytes;
  } finally {
    closeSync(file);
  }
}
