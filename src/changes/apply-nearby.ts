import { fail } from "../errors/error.ts";
import { secret } from "../errors/secret.ts";
import type { Hunk } from "../xmail/change-set.ts";
import { digestOf, linesOf } from "./hunks.ts";

/**
 * The hunks in a file that changed elsewhere since they were made: the lines of each are looked for at its place, and
 * where they stand instead when that is one place. `CONFLICT` otherwise, with both versions; nothing is done by halves.
 * Lines that only come go where their neighbours are now: in an ordered table the place is what counts.
 */
export function appliedNearby(path: string, bytes: Uint8Array, hunks: readonly Hunk[]): Uint8Array {
  const lines = linesOf(bytes);
  const places = placesIn(lines);
  const pieces: (readonly string[])[] = [];
  let [done, shift] = [0, 0];
  for (const hunk of hunks) {
    const at = placeOf(hunk, places, done, shift);
    if (at === null) return conflict(path, hunk, lines, shift);
    pieces.push(lines.slice(done, at), hunk.added);
    [done, shift] = [at + hunk.removed.length, at - hunk.at];
  }
  pieces.push(lines.slice(done));
  const result = pieces.flat();
  const [first] = hunks;
  // A line without its end would run into the next one.
  if (first && !result.slice(0, -1).every((line) => line.endsWith("\n")))
    return conflict(path, first, lines, 0);
  return Buffer.from(result.join(""), "latin1");
}

/** A file in which lines are looked for. */
interface Places {
  readonly lines: readonly string[];
  of(line: string): readonly number[];
  digests(digest: string): readonly number[];
}

function placesIn(lines: readonly string[]): Places {
  return { lines, of: indexOf(lines, (line) => line), digests: indexOf(lines, (line) => digestOf(line)) };
}

/** Made when it is asked for the first time: a table may have 500,000 lines. */
function indexOf(lines: readonly string[], keyOf: (line: string) => string): Places["of"] {
  let index: Map<string, number[]> | undefined;
  return (wanted) => {
    if (!index) {
      index = new Map();
      for (const [at, line] of lines.entries()) {
        const key = keyOf(line);
        const known = index.get(key);
        if (known) known.push(at);
        else index.set(key, [at]);
      }
    }
    return index.get(wanted) ?? [];
  };
}

/** Where the hunk belongs, not before line `from`; lines above it moved it by `shift`. */
function placeOf(hunk: Hunk, places: Places, from: number, shift: number): number | null {
  const { at, removed } = hunk;
  const { lines } = places;
  const expected = at + shift;
  const [first] = removed;
  // What only came between others has nothing that could have changed.
  if (first === undefined) return placeBetween(hunk, places, from, expected);
  const stands = (place: number) => place >= from && removed.every((line, i) => lines[place + i] === line);
  if (stands(expected)) return expected;
  const found = places.of(first).filter(stands);
  return found.length === 1 ? (found[0] ?? null) : null;
}

/** Between the neighbours it had; else behind the one above, or before the one below, where that is one place. */
function placeBetween({ near }: Hunk, { lines, digests }: Places, from: number, expected: number): number {
  const place = Math.max(from, Math.min(expected, lines.length));
  if (near === undefined) return place;
  const [above, below] = near;
  const isBetween = (at: number) =>
    digestOf(lines[at - 1] ?? null) === above && digestOf(lines[at] ?? null) === below;
  if (isBetween(place)) return place;
  const behind = above === null ? [] : digests(above).map((at) => at + 1);
  const before = below === null ? [] : digests(below);
  const choices = [(above === null ? before : behind).filter(isBetween), behind, before];
  const [only] =
    choices.map((found) => found.filter((at) => at >= from)).find(({ length }) => length === 1) ?? [];
  return only ?? place;
}

function conflict(path: string, hunk: Hunk, lines: readonly string[], shift: number): never {
  const at = Math.max(0, hunk.at + shift);
  return fail("CONFLICT", "The same lines were changed since. Look at them, and change them by hand.", {
    internal: {
      path,
      // Of whatever table: it may hold passwords.
      expected: secret(hunk.removed.join("")),
      wanted: secret(hunk.added.join("")),
      found: secret(lines.slice(at, at + Math.max(1, hunk.removed.length)).join("")),
    },
  });
}
