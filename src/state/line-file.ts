import { hasCode } from "../errors/error.ts";
import type { StoragePath } from "../storage/path.ts";
import type { Storage } from "../storage/storage.ts";

const LINE_FEED = 0x0a;
/** Bytes read at once; a line may be longer. */
const BLOCK = 256 * 1024;

/** Adds whole lines; each ends in LF. What a killed process left of its last line is not continued. */
export async function appendLines(storage: Storage, path: StoragePath, lines: string): Promise<void> {
  const mend = (await endsWhole(storage, path)) ? "" : "\n";
  await storage.write(path, Buffer.from(mend + lines), { append: true, mode: 0o600 });
}

/** Whether another line may follow: the file is empty, absent, or its last line is complete. */
export async function endsWhole(storage: Storage, path: StoragePath): Promise<boolean> {
  try {
    const { size = 0 } = (await storage.stat(path)) ?? {};
    if (size === 0) return true;
    const [byte] = await storage.read(path, { offset: size - 1, length: 1 });
    return byte === LINE_FEED;
  } catch (error) {
    if (hasCode(error, "STORAGE_NOT_FOUND")) return true;
    throw error;
  }
}

/** The lines of a file from the last to the first, without loading all of it; blank ones are left out. */
export async function* linesBackwards(storage: Storage, path: StoragePath): AsyncGenerator<Buffer> {
  for await (const { line } of placedLinesBackwards(storage, path)) yield line;
}

export interface PlacedLine {
  readonly line: Buffer;
  /** Of its first byte. */
  readonly offset: number;
}

/** The same with their places, up to `before`. */
export async function* placedLinesBackwards(
  storage: Storage,
  path: StoragePath,
  before = Number.POSITIVE_INFINITY,
): AsyncGenerator<PlacedLine> {
  let end = Math.min((await storage.stat(path))?.size ?? 0, before);
  /** Pieces of the line whose beginning is not read yet, in their order. */
  let pieces: Buffer[] = [];
  while (end > 0) {
    const offset = Math.max(0, end - BLOCK);
    const read = await readIfThere(storage, path, offset, end - offset);
    if (read === null) return;
    let rest = read;
    for (let at = rest.lastIndexOf(LINE_FEED); at !== -1; at = rest.lastIndexOf(LINE_FEED)) {
      const line = Buffer.concat([rest.subarray(at + 1), ...pieces]);
      pieces = [];
      if (line.length > 0) yield { line, offset: offset + at + 1 };
      rest = rest.subarray(0, at);
    }
    pieces.unshift(rest);
    end = offset;
  }
  const first = Buffer.concat(pieces);
  if (first.length > 0) yield { line: first, offset: 0 };
}

/** The lines from one that begins at `from` to the last, without loading all of the file; blank ones are left out. */
export async function* placedLinesForwards(
  storage: Storage,
  path: StoragePath,
  from = 0,
): AsyncGenerator<PlacedLine> {
  let offset = from;
  let rest: Buffer = Buffer.alloc(0);
  for (;;) {
    const read = await readIfThere(storage, path, offset + rest.length, BLOCK);
    if (read === null) return;
    rest = Buffer.concat([rest, read]);
    let begin = 0;
    for (let at = rest.indexOf(LINE_FEED); at !== -1; at = rest.indexOf(LINE_FEED, begin)) {
      if (at > begin) yield { line: rest.subarray(begin, at), offset: offset + begin };
      begin = at + 1;
    }
    offset += begin;
    rest = rest.subarray(begin);
    if (read.length === 0) break;
  }
  if (rest.length > 0) yield { line: rest, offset };
}

/** Old files go while they are read. */
async function readIfThere(storage: Storage, path: StoragePath, offset: number, length: number) {
  try {
    return Buffer.from(await storage.read(path, { offset, length }));
  } catch (error) {
    if (hasCode(error, "STORAGE_NOT_FOUND")) return null;
    throw error;
  }
}
