import { fail } from "../errors/error.ts";
import type { StoragePath } from "../storage/path.ts";
import type { Stat, Storage } from "../storage/storage.ts";
import type { CallOptions } from "../xmail/call-options.ts";
import { parseTable, type Table } from "./codec.ts";
import { readIfThere } from "./if-there.ts";
import { pathOf, type TableFile } from "./table-file.ts";

/** One file of MailRoot. */
export interface Place {
  readonly file: TableFile;
  readonly path: StoragePath;
}

export function placeOf<P extends string>(
  file: TableFile & { readonly path: P },
  blanks: Parameters<typeof pathOf<P>>[1],
): Place {
  return { file, path: pathOf(file, blanks) };
}

/** A table and what `stat` said of its file while it was read; `null` when there was none. */
export interface Reading {
  readonly table: Table;
  readonly stat: Stat | null;
}

const TRIES = 6;
const PAUSE_MS = 20;
/** A file without a last line end that nobody touched for so long was written so. */
const QUIET_MS = 2000;

export async function readTable(storage: Storage, place: Place, options?: CallOptions): Promise<Table> {
  return (await takeReading(storage, place, options)).table;
}

export async function takeReading(storage: Storage, place: Place, options?: CallOptions): Promise<Reading> {
  const { bytes, stat } = await takeBytes(storage, place, options);
  return { table: parseTable(bytes, place.file), stat };
}

/**
 * Reads a file that others may be writing: again when it moved meanwhile or its last line is not complete. A missing
 * file is an empty table, or `BAD_CONFIG` when XMail needs it. `FILE_CHANGED` when it does not come to rest.
 */
export async function takeBytes(
  storage: Storage,
  place: Place,
  options: CallOptions = {},
): Promise<{ readonly bytes: Uint8Array; readonly stat: Stat | null }> {
  for (let tries = 1; tries <= TRIES; tries += 1) {
    const before = await storage.stat(place.path, options);
    if (before === null) return { bytes: missing(place), stat: null };
    const bytes = await readIfThere(storage, place.path, options);
    const after = await storage.stat(place.path, options);
    const still = bytes !== null && sameStat(before, after);
    if (still && (isComplete(bytes) || isQuiet(before) || tries === TRIES)) return { bytes, stat: after };
    await new Promise((resolve) => setTimeout(resolve, tries * PAUSE_MS));
  }
  return fail("FILE_CHANGED", "A file of XMail keeps changing. Try again.", {
    internal: { path: place.path },
  });
}

function missing({ file, path }: Place): Uint8Array {
  // XMail does not start without a table that has an index: to take it for empty would hide that rows were lost.
  if (file.index) fail("BAD_CONFIG", `The table ${path} is missing. Put it back, from a backup if need be.`);
  return new Uint8Array();
}

export function sameStat(a: Stat | null, b: Stat | null): boolean {
  return a?.kind === b?.kind && a?.size === b?.size && a?.mtimeMs === b?.mtimeMs;
}

function isComplete(bytes: Uint8Array): boolean {
  return bytes.length === 0 || bytes.at(-1) === 0x0a;
}

function isQuiet(stat: Stat): boolean {
  return Date.now() - stat.mtimeMs > QUIET_MS;
}
