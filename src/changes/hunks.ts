import { createHash } from "node:crypto";
import type { Hunk } from "../xmail/change-set.ts";
import { matchesOf } from "./line-matches.ts";

const LF = 10;
const BLOCK = 65_536;

/** In hex; `null` for a file that is not there. */
export function sha256Of(bytes: Uint8Array): string;
export function sha256Of(bytes: Uint8Array | null): string | null;
export function sha256Of(bytes: Uint8Array | null): string | null {
  return bytes && createHash("sha256").update(bytes).digest("hex");
}

/** The lines that lead from one file to another; a file that is not there has none. */
export function hunksBetween(before: Uint8Array | null, after: Uint8Array | null): Hunk[] {
  const [a, b] = [bufferOf(before), bufferOf(after)];
  // Only what differs is cut into lines: a table may have 500,000.
  const start = commonStart(a, b);
  const end = commonEnd(a, b, start);
  const above = linesIn(a, 0, start);
  const [old, young] = [
    linesOf(a.subarray(start, a.length - end)),
    linesOf(b.subarray(start, b.length - end)),
  ];
  const hunks: Hunk[] = [];
  let [i, j] = [0, 0];
  for (const { at, to, length } of [
    ...matchesOf(old, young),
    { at: old.length, to: young.length, length: 0 },
  ]) {
    if (at > i || to > j) {
      const near = [old[i - 1] ?? lineBefore(a, start), old[at] ?? lineFrom(a, a.length - end)] as const;
      hunks.push({
        at: above + i,
        removed: old.slice(i, at),
        added: young.slice(j, to),
        ...(near.every((line) => line === null) ? {} : { near: [digestOf(near[0]), digestOf(near[1])] }),
      });
    }
    [i, j] = [at + length, to + length];
  }
  return hunks;
}

/** What leads back again. */
export function turnedRound(hunks: readonly Hunk[]): Hunk[] {
  let grown = 0;
  return hunks.map(({ at, removed, added, near }) => {
    const turned = { at: at + grown, removed: added, added: removed, ...(near ? { near } : {}) };
    grown += added.length - removed.length;
    return turned;
  });
}

/** The file with the hunks in it; `null` when it has other lines where they belong. */
export function applied(bytes: Uint8Array | null, hunks: readonly Hunk[]): Uint8Array | null {
  const file = bufferOf(bytes);
  const pieces: Uint8Array[] = [];
  let [line, done] = [0, 0];
  for (const { at, removed, added } of hunks) {
    const from = afterLines(file, done, at - line);
    if (from === null) return null;
    const gone = Buffer.from(removed.join(""), "latin1");
    const to = from + gone.length;
    if (!file.subarray(from, to).equals(gone) || !isLineStart(file, to)) return null;
    pieces.push(file.subarray(done, from), Buffer.from(added.join(""), "latin1"));
    [line, done] = [at + removed.length, to];
  }
  pieces.push(file.subarray(done));
  return Buffer.concat(pieces);
}

/** What a line is known by where it must not be kept: it may hold somebody else's password. */
export function digestOf(line: string): string;
export function digestOf(line: string | null): string | null;
export function digestOf(line: string | null): string | null {
  return line === null ? null : sha256Of(Buffer.from(line, "latin1")).slice(0, 16);
}

/** Each with its line end, as byte strings. */
export function linesOf(bytes: Uint8Array): string[] {
  return (
    bufferOf(bytes)
      .toString("latin1")
      .match(/[^\n]*\n|[^\n]+$/g) ?? []
  );
}

function bufferOf(bytes: Uint8Array | null): Buffer {
  return bytes ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength) : Buffer.alloc(0);
}

/** Bytes of the lines that both begin with. */
function commonStart(a: Buffer, b: Buffer): number {
  const most = Math.min(a.length, b.length);
  let at = 0;
  while (at + BLOCK <= most && a.compare(b, at, at + BLOCK, at, at + BLOCK) === 0) at += BLOCK;
  while (at < most && a[at] === b[at]) at += 1;
  if (at === a.length && at === b.length) return at;
  return at === 0 ? 0 : a.lastIndexOf(LF, at - 1) + 1;
}

/** Bytes of the lines that both end with, behind `start`. */
function commonEnd(a: Buffer, b: Buffer, start: number): number {
  const most = Math.min(a.length, b.length) - start;
  const sameBefore = (end: number, size: number) =>
    a.compare(b, b.length - end - size, b.length - end, a.length - end - size, a.length - end) === 0;
  let end = 0;
  while (end + BLOCK <= most && sameBefore(end, BLOCK)) end += BLOCK;
  while (end < most && a[a.length - end - 1] === b[b.length - end - 1]) end += 1;
  // The first of these bytes may be in the middle of a line.
  const firstEnd = a.indexOf(LF, a.length - end);
  return end === 0 || firstEnd === -1 ? 0 : a.length - firstEnd - 1;
}

function linesIn(file: Buffer, from: number, to: number): number {
  let count = 0;
  for (let at = file.indexOf(LF, from); at !== -1 && at < to; at = file.indexOf(LF, at + 1)) count += 1;
  return count;
}

/** Where the file is after `count` lines more; `null` when there are less. */
function afterLines(file: Buffer, from: number, count: number): number | null {
  let at = from;
  for (let left = count; left > 0; left -= 1) {
    if (at >= file.length) return null;
    const end = file.indexOf(LF, at);
    at = end === -1 ? file.length : end + 1;
  }
  return count < 0 ? null : at;
}

function isLineStart(file: Buffer, at: number): boolean {
  return at === 0 || at === file.length || file[at - 1] === LF;
}

/** The line that ends at `end`, which is behind a line. */
function lineBefore(file: Buffer, end: number): string | null {
  if (end === 0) return null;
  const from = end === 1 ? 0 : file.lastIndexOf(LF, end - 2) + 1;
  return file.toString("latin1", from, end);
}

function lineFrom(file: Buffer, from: number): string | null {
  if (from >= file.length) return null;
  const end = file.indexOf(LF, from);
  return file.toString("latin1", from, end === -1 ? file.length : end + 1);
}
