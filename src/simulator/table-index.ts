import { splitRecord } from "../tab/codec.ts";
import { foldName } from "../xmail/names.ts";
import { bodyOf, cutLines } from "./server-lines.ts";
import { bucketCount, bucketOf } from "./table-hash.ts";

/** A table with a hash index: look-ups go through it, lists and changes read the file itself. */
export interface IndexedTable {
  readonly path: string;
  readonly lineBuffer: number;
  /** How many of the first columns make the key. */
  readonly keys: number;
  /** Rows with `*` or `?` in the key stand in bucket 0. */
  readonly wildcards: boolean;
}

/**
 * What look-ups know: for each bucket where its rows stood **when the index was built**. The rows themselves are read
 * from the file as it is now, so after an edit by hand a look-up may miss them or meet others.
 */
export interface TableIndex {
  readonly buckets: Map<number, number[]>;
  readonly size: number;
  /** Rows in it. */
  count: number;
}

export const NO_INDEX: TableIndex = { buckets: new Map(), size: 1, count: 0 };

export function buildIndex(text: string, table: IndexedTable): TableIndex {
  const lines = cutLines(text, table.lineBuffer);
  const size = bucketCount(
    text.length,
    lines.map((line) => bodyOf(line).length + 1),
  );
  const index: TableIndex = { buckets: new Map(), size, count: 0 };
  fileLines(index, lines, 0, table);
  return index;
}

/** Takes in what was added at `offset`; false when the buckets have become too few for it. */
export function extendIndex(index: TableIndex, piece: string, offset: number, table: IndexedTable): boolean {
  fileLines(index, cutLines(piece, table.lineBuffer), offset, table);
  return index.count < 2 * index.size;
}

function fileLines(index: TableIndex, lines: readonly string[], from: number, table: IndexedTable): void {
  const { buckets, size } = index;
  let offset = from;
  for (const line of lines) {
    const key = keyOfLine(line, table);
    if (key !== null) {
      const bucket = table.wildcards && /[*?]/.test(key) ? 0 : bucketOf(key, size);
      const known = buckets.get(bucket);
      if (known) known.push(offset);
      else buckets.set(bucket, [offset]);
      index.count += 1;
    }
    offset += line.length;
  }
}

function keyOfLine(line: string, { keys }: IndexedTable): string | null {
  if (line.startsWith("#")) return null;
  const cells = splitRecord(line);
  return cells.length < keys || cells.length === 0 ? null : keyOf(cells.slice(0, keys));
}

function keyOf(cells: readonly string[]): string {
  return foldName(cells.join("\t"));
}

/** Where rows with this key may stand. */
export function offsetsOf(index: TableIndex, key: readonly string[]): readonly number[] {
  return index.buckets.get(bucketOf(keyOf(key), index.size)) ?? [];
}

/** Where rows with wildcards may stand. */
export function wildcardOffsets(index: TableIndex): readonly number[] {
  return index.buckets.get(0) ?? [];
}
