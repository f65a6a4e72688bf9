import type { Stat, Storage } from "../storage/storage.ts";
import type { CallOptions } from "../xmail/call-options.ts";
import { type Place, sameStat, takeBytes } from "./read-table.ts";
import type { RowIndex } from "./row-index.ts";

interface Kept<T> {
  readonly index: T;
  readonly stat: Stat | null;
  /** The file had been at rest when it was read: a later change shows in its time. */
  readonly settled: boolean;
}

/** Longer than the coarsest clock of a file system. */
const SETTLED_MS = 2_000;

/**
 * An index of a table, made anew when the file has changed. What was written in the very moment of reading may have the
 * same time and size as what was read, so an index of so young a file serves once. Storages without times keep none.
 */
export function keptIndex<R, S extends string>(
  place: Place,
  make: (bytes: Uint8Array) => RowIndex<R, S>,
): (storage: Storage, options?: CallOptions) => Promise<RowIndex<R, S>> {
  const known = new WeakMap<Storage, Kept<RowIndex<R, S>>>();
  return async (storage, options) => {
    const kept = known.get(storage);
    if (kept?.settled && sameStat(kept.stat, await storage.stat(place.path, options))) return kept.index;
    // Two at once would hold two.
    known.delete(storage);
    const { bytes, stat } = await takeBytes(storage, place, options);
    const index = make(bytes);
    const settled = storage.can.times && stat !== null && Date.now() - stat.mtimeMs > SETTLED_MS;
    known.set(storage, { index, stat, settled });
    return index;
  };
}
