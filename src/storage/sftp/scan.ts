import { stopIfAborted } from "../call-checks.ts";
import { ROOT, type StoragePath } from "../path.ts";
import type { Scanned, ScanOptions } from "../storage.ts";
import { asAppError, orNull } from "./failures.ts";
import { entriesOf } from "./folder.ts";
import type { Turn } from "./line.ts";
import { join, kindOf } from "./place.ts";
import { asStat, nameOf, readFile } from "./read.ts";
import type { Attributes } from "./wire.ts";

/** Folders and beginnings of files under way at once. */
const AT_ONCE = 32;
const NOTHING = new Uint8Array();

/** Looks at one thing; what it found are files, or further steps. */
interface Step {
  readonly path: StoragePath;
  run(): Promise<Found>;
}

interface Found {
  readonly files: readonly Scanned[];
  readonly further: readonly Step[];
}

/** A folder of the server that a scan begins in; `null` where there is none. */
export type Start = (path: StoragePath) => Promise<{ readonly turn: Turn; readonly here: string } | null>;

/**
 * All files below these folders, several of which are looked at together. Links are not followed; what goes away
 * meanwhile is left out.
 */
export async function* scanFolders(
  folders: readonly StoragePath[],
  start: Start,
  { head = 0, signal }: ScanOptions,
): AsyncGenerator<Scanned> {
  const waiting = folders.map((path) => startStep(path, start, head)).reverse();
  const underWay: { readonly path: StoragePath; readonly running: Promise<Found> }[] = [];
  for (;;) {
    while (underWay.length < AT_ONCE) {
      const step = waiting.pop();
      if (!step) break;
      const running = step.run();
      // It may fail before its turn comes, or when nobody wants to know any more.
      running.catch(() => undefined);
      underWay.push({ path: step.path, running });
    }
    const first = underWay.shift();
    if (!first) return;
    const { files, further } = await first.running.catch((error: unknown) => {
      throw asAppError(error, first.path);
    });
    waiting.push(...further);
    for (const file of files) {
      stopIfAborted(signal);
      yield file;
    }
    stopIfAborted(signal);
  }
}

function startStep(path: StoragePath, start: Start, head: number): Step {
  return {
    path,
    async run() {
      const place = await start(path);
      return { files: [], further: place ? [folderStep(place.turn, place.here, path, head)] : [] };
    },
  };
}

function folderStep(turn: Turn, here: string, path: StoragePath, head: number): Step {
  const run = async () => {
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
  return { path, run };
}

function headStep(turn: Turn, here: string, path: StoragePath, is: Attributes, length: number): Step {
  const run = async () => {
    const guess = Math.min(length, is.size ?? 0);
    const head = await orNull(readFile(turn, here, { offset: 0, length, guess }));
    return { files: head ? scanned(path, is, head) : [], further: [] };
  };
  return { path, run };
}

function scanned(path: StoragePath, is: Attributes, head: Uint8Array): Scanned[] {
  const stat = asStat(is);
  return stat?.kind === "file" ? [{ path, ...stat, head }] : [];
}
