import { stopIfAborted } from "../call-checks.ts";
import { ROOT, type StoragePath } from "../path.ts";
import type { Scanned, ScanOptions } from "../storage.ts";
import { orNull } from "./failures.ts";
import { entriesOf } from "./folder.ts";
import type { Turn } from "./line.ts";
import { join, kindOf } from "./place.ts";
import { asStat, nameOf, readFile } from "./read.ts";
import type { Attributes } from "./wire.ts";

/** Folders and beginnings of files under way at once. */
const AT_ONCE = 32;
const NOTHING = new Uint8Array();

/** What one step found: a file, or further steps. */
type Step = () => Promise<{ readonly files: readonly Scanned[]; readonly further: readonly Step[] }>;

/** All files below the folder `here`. Links are not followed; what goes away meanwhile is left out. */
export async function* scanFolder(
  turn: Turn,
  here: string,
  path: StoragePath,
  { head = 0, signal }: ScanOptions,
): AsyncGenerator<Scanned> {
  const waiting: Step[] = [folderStep(turn, here, path, head)];
  const underWay: ReturnType<Step>[] = [];
  for (;;) {
    while (underWay.length < AT_ONCE) {
      const step = waiting.pop();
      if (!step) break;
      const running = step();
      // It may fail before its turn comes, or when nobody wants to know any more.
      running.catch(() => undefined);
      underWay.push(running);
    }
    const first = underWay.shift();
    if (!first) return;
    const { files, further } = await first;
    waiting.push(...further);
    for (const file of files) {
      stopIfAborted(signal);
      yield file;
    }
    stopIfAborted(signal);
  }
}

function folderStep(turn: Turn, here: string, path: StoragePath, head: number): Step {
  return async () => {
    const files: Scanned[] = [];
    const further: Step[] = [];
    for (const found of (await orNull(entriesOf(turn, here))) ?? []) {
      const name = nameOf(found);
      if (name === null) continue;
      const below = (path === ROOT ? name : `${path}/${name}`) as StoragePath;
      const inside = join(here, found.name);
      if (kindOf(found.attributes) === "folder") further.push(folderStep(turn, inside, below, head));
      else if (kindOf(found.attributes) === "file") {
        if (head > 0) further.push(headStep(turn, inside, below, found.attributes, head));
        else files.push(...scanned(below, found.attributes, NOTHING));
      }
    }
    return { files, further };
  };
}

function headStep(turn: Turn, here: string, path: StoragePath, is: Attributes, length: number): Step {
  return async () => {
    const guess = Math.min(length, is.size ?? 0);
    const head = await orNull(readFile(turn, here, { offset: 0, length, guess }));
    return { files: head ? scanned(path, is, head) : [], further: [] };
  };
}

function scanned(path: StoragePath, is: Attributes, head: Uint8Array): Scanned[] {
  const stat = asStat(is);
  return stat?.kind === "file" ? [{ path, ...stat, head }] : [];
}
