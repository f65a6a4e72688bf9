import { closeSync, constants, fstatSync, lstatSync, openSync, readdirSync, readSync } from "node:fs";
import { stopIfAborted } from "./call-checks.ts";
import { errnoOf } from "./local-errors.ts";
import { enterFolder } from "./local-folder.ts";
import { asStat } from "./local-read.ts";
import { inSlices } from "./local-slices.ts";
import { isTemporary } from "./local-temp.ts";
import { isStoragePath, ROOT, type StoragePath } from "./path.ts";
import type { Scanned, ScanOptions } from "./storage.ts";

const { O_NOFOLLOW = 0, O_NONBLOCK = 0, O_RDONLY } = constants;

/** All files below the open folder `self`. Links are not followed; what goes away meanwhile is left out. */
export async function* scanFolder(
  self: string,
  path: StoragePath,
  { head = 0, signal }: ScanOptions,
): AsyncGenerator<Scanned> {
  const breathe = inSlices();
  for (const found of filesBelow(self, path, head)) {
    const pause = breathe();
    if (pause) await pause;
    stopIfAborted(signal);
    if (found) yield found;
  }
}

/** Depth first, with a `null` for each folder, so that empty ones leave time to others too. */
function* filesBelow(folder: string, path: StoragePath, head: number): Generator<Scanned | null> {
  for (const entry of unlessGone(() => readdirSync(folder, { withFileTypes: true })) ?? []) {
    if (isTemporary(entry.name) || !isStoragePath(entry.name)) continue;
    const here = `${folder}/${entry.name}`;
    const below = (path === ROOT ? entry.name : `${path}/${entry.name}`) as StoragePath;
    if (entry.isDirectory()) {
      yield null;
      const entered = unlessGone(() => enterFolder(here));
      if (!entered) continue;
      try {
        yield* filesBelow(entered.self, below, head);
      } finally {
        entered.leave();
      }
    } else if (entry.isFile()) {
      const found = unlessGone(() =>
        head > 0 ? headOf(here, head) : { stat: lstatSync(here), head: NOTHING },
      );
      const stat = found && asStat(found.stat);
      if (stat?.kind === "file") yield { path: below, ...stat, head: found?.head ?? NOTHING };
    }
  }
}

const NOTHING = new Uint8Array();

function headOf(here: string, length: number) {
  const fd = openSync(here, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  try {
    const stat = fstatSync(fd);
    const head = new Uint8Array(Math.min(length, stat.isFile() ? stat.size : 0));
    const got = head.length === 0 ? 0 : readSync(fd, head, 0, head.length, 0);
    return { stat, head: head.subarray(0, got) };
  } finally {
    closeSync(fd);
  }
}

function unlessGone<T>(work: () => T): T | null {
  try {
    return work();
  } catch (error) {
    // ELOOP, ENOTDIR: a link was put in its place.
    if (["ENOENT", "ELOOP", "ENOTDIR"].includes(errnoOf(error))) return null;
    throw error;
  }
}
