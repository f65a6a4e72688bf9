import { fail } from "../errors/error.ts";
import type { Hunk } from "../xmail/change-set.ts";
import { linesOf } from "./hunks.ts";

/**
 * The hunks in a file that changed elsewhere since they were made: the lines of each are looked for at its place, and
 * where they stand instead when that is one place. `CONFLICT` otherwise, with both versions; nothing is done by halves.
 */
export function appliedNearby(path: string, bytes: Uint8Array, hunks: readonly Hunk[]): Uint8Array {
  const lines = linesOf(bytes);
  const places = placesIn(lines);
  const pieces: (readonly string[])[] = [];
  let [done, shift] = [0, 0];
  for (const hunk of hunks) {
    const at = placeOf(hunk, lines, places, done, shift);
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

function placesIn(lines: readonly string[]): (line: string) => readonly number[] {
  let index: Map<string, number[]> | undefined;
  return (line) => {
    if (!index) {
      index = new Map();
      for (const [at, one] of lines.entries()) {
        const known = index.get(one);
        if (known) known.push(at);
        else index.set(one, [at]);
      }
    }
    return index.get(line) ?? [];
  };
}

/** Where the hunk belongs, not before line `from`; lines above it moved it by `shift`. */
function placeOf(
  { at, removed }: Hunk,
  lines: readonly string[],
  places: (line: string) => readonly number[],
  from: number,
  shift: number,
): number | null {
  const expected = at + shift;
  const [first] = removed;
  // What only came between others has nothing that could have changed.
  if (first === undefined) return Math.max(from, Math.min(expected, lines.length));
  const stands = (place: number) => place >= from && removed.every((line, i) => lines[place + i] === line);
  if (stands(expected)) return expected;
  const found = places(first).filter(stands);
  return found.length === 1 ? (found[0] ?? null) : null;
}

function conflict(path: string, hunk: Hunk, lines: readonly string[], shift: number): never {
  const at = Math.max(0, hunk.at + shift);
  return fail("CONFLICT", "The same lines were changed since. Look at them, and change them by hand.", {
    internal: {
      path,
      expected: hunk.removed.join(""),
      wanted: hunk.added.join(""),
      found: lines.slice(at, at + Math.max(1, hunk.removed.length)).join(""),
    },
  });
}
