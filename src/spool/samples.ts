import type { SpooledMessage } from "../xmail/spool.ts";

/** Messages, each with its place in an order that says nothing; the first of them are the samples. */
export type Samples = readonly (readonly [place: number, message: SpooledMessage])[];

/**
 * Keeps at most `most` messages from all over the spool, because neighbours are often alike: the same ones in whatever
 * order they come.
 */
export function samplesOf(most: number): {
  add(message: SpooledMessage): void;
  join(more: Samples): void;
  all(): Samples;
} {
  const kept: (readonly [number, SpooledMessage])[] = [];
  const put = (one: readonly [number, SpooledMessage]) => {
    if (kept.length >= most && one[0] >= (kept.at(-1)?.[0] ?? 0)) return;
    const at = kept.findIndex(([place]) => place > one[0]);
    kept.splice(at === -1 ? kept.length : at, 0, one);
    if (kept.length > most) kept.pop();
  };
  return {
    add: (message) => put([placeOf(message.id), message]),
    join: (more) => more.forEach(put),
    all: () => kept,
  };
}

/** FNV-1a, 32 bits, stirred: ids that follow each other differ in their last letters only. */
function placeOf(id: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < id.length; at += 1) hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}
