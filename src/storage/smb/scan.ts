import { stopIfAborted } from "../call-checks.ts";
import { ROOT, type StoragePath } from "../path.ts";
import type { Scanned } from "../storage.ts";
import type { Listed } from "./entries.ts";
import type { Listing } from "./list.ts";
import { isListable } from "./names.ts";
import { asStat, type FileRead } from "./read.ts";

/** How a scan asks: each may be a call of its own, that is tried again when the connection breaks. */
export interface Source {
  /** `null` where there is no folder. */
  list(path: StoragePath): Promise<Listing | null>;
  /** `null` where the file is gone. */
  head(path: StoragePath): Promise<FileRead | null>;
}

/** Requests under way at once. */
const AT_ONCE = 24;
const NOTHING = new Uint8Array();

type Found = readonly Scanned[];

/** All files below some folders, in the order in which the server answers. */
export async function* scanFolders(
  folders: readonly StoragePath[],
  { list, head }: Source,
  withHeads: boolean,
  signal: AbortSignal | undefined,
): AsyncGenerator<Scanned> {
  const ahead: (() => Promise<Found>)[] = folders.map((path) => () => look(path, []));
  const underWay = new Set<Promise<readonly [Promise<unknown>, Found]>>();

  async function look(path: StoragePath, above: readonly bigint[]): Promise<Found> {
    const listing = await list(path);
    // A link that leads upwards would never end.
    if (!listing || (listing.ownId !== 0n && above.includes(listing.ownId))) return [];
    const found: Scanned[] = [];
    for (const entry of listing.entries) {
      if (entry.isLink || !isListable(entry.name)) continue;
      const below = (path === ROOT ? entry.name : `${path}/${entry.name}`) as StoragePath;
      if (entry.isFolder) ahead.push(() => look(below, [...above, listing.ownId]));
      else if (withHeads) ahead.push(() => lookInto(below));
      else found.push(fileOf(below, entry));
    }
    return found;
  }

  async function lookInto(path: StoragePath): Promise<Found> {
    const read = await head(path);
    if (read?.stat.kind !== "file") return [];
    return [{ path, ...read.stat, head: read.bytes }];
  }

  function begin(): void {
    while (underWay.size < AT_ONCE) {
      // The latest first: depth before breadth keeps the list of what is to do short.
      const next = ahead.pop();
      if (!next) return;
      const work = next();
      const tagged: Promise<readonly [Promise<unknown>, Found]> = work.then(
        (found) => [tagged, found] as const,
      );
      underWay.add(tagged);
    }
  }

  try {
    for (begin(); underWay.size > 0; begin()) {
      const [done, found] = await Promise.race(underWay);
      underWay.delete(done as Promise<readonly [Promise<unknown>, Found]>);
      for (const one of found) {
        stopIfAborted(signal);
        yield one;
      }
      stopIfAborted(signal);
    }
  } finally {
    await Promise.allSettled(underWay);
  }
}

function fileOf(path: StoragePath, entry: Listed): Scanned {
  return { path, ...asStat(entry), head: NOTHING };
}
