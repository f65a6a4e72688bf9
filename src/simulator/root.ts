import { hasCode } from "../errors/error.ts";
import { orNullByName } from "../storage/if-there.ts";
import { type StoragePath, storagePath } from "../storage/path.ts";
import type { Entry, Stat, Storage } from "../storage/storage.ts";
import { cellOf, splitRecord, textOf } from "../tab/codec.ts";
import type { Keyed, KnownRows } from "./known-rows.ts";
import { type Locks, newLocks } from "./locks.ts";
import { refuse } from "./refusal.ts";
import { INDEXED, type IndexedKey, rootTables, type WhenIndexed } from "./root-tables.ts";
import { bodyOf } from "./server-lines.ts";
import { offsetsOf, wildcardOffsets } from "./table-index.ts";

/** The files of one running server. Names and contents are byte strings: one character per byte. */
export interface MailRoot {
  readonly storage: Storage;
  readonly locks: Locks;
  now(): Date;
  stat(path: string): Promise<Stat | null>;
  /** `null` when there is no such file. */
  read(path: string): Promise<string | null>;
  /** Replaces the file in one step, or makes it. Refuses with 10 when its folder is missing or it is a folder. */
  write(path: string, text: string): Promise<void>;
  remove(path: string): Promise<void>;
  /** `null` when there is no such folder. */
  list(path: string): Promise<readonly Entry[] | null>;
  /** All that a look through the whole table would find; `null` when there is no such file. */
  rows(table: Keyed): Promise<KnownRows | null>;
  /** Adds a row behind the last byte, even when that is no line end; false when there is no such file. */
  append(path: string, row: string): Promise<boolean>;
  /** Rebuilds what look-ups know of a table. */
  rebuild(table: IndexedKey): Promise<void>;
  /** Rows that the index has under this key, as they stand in the file now; empty where nothing stands any more. */
  lookUp(table: IndexedKey, key: readonly string[]): Promise<string[][]>;
  /** Rows with wildcards, up to the first that is no more. */
  lookUpWildcards(table: IndexedKey): Promise<string[][]>;
  /** False when a row with wildcards is no more. */
  reachesWildcards(table: IndexedKey): Promise<boolean>;
}

export interface IndexOptions {
  /** Absent: `at start`, as the server does. */
  readonly indexes?: WhenIndexed;
}

/** Opens the files of a MailRoot. */
export async function openMailRoot(
  storage: Storage,
  now: () => Date,
  { indexes: when = "at start" }: IndexOptions = {},
): Promise<MailRoot> {
  const files = { read, write, ...(storage.can.append ? { append } : {}) };
  const { rows, append: appendRow, changed, index: indexOf, rebuild } = rootTables(files, when);

  async function stat(path: string): Promise<Stat | null> {
    const at = pathOf(path);
    return at === null ? null : orNullByName(storage.stat(at));
  }

  async function read(path: string): Promise<string | null> {
    const at = pathOf(path);
    if (at === null || (await storage.stat(at))?.kind !== "file") return null;
    return orNull(async () => latin1(await storage.read(at)));
  }

  async function write(path: string, text: string): Promise<void> {
    const at = pathOf(path) ?? refuse(10);
    const folder = at.slice(0, Math.max(0, at.lastIndexOf("/"))) as StoragePath;
    if (folder !== "" && (await storage.stat(folder))?.kind !== "folder") refuse(10);
    if (at === "" || (await storage.stat(at))?.kind === "folder") refuse(10);
    await storage.write(at, Buffer.from(text, "latin1"), { mode: 0o644 });
    changed(at);
  }

  async function append(path: string, text: string): Promise<void> {
    await storage.write(pathOf(path) ?? refuse(10), Buffer.from(text, "latin1"), { append: true });
  }

  async function rowsAt(table: IndexedKey, offsets: readonly number[]): Promise<string[][]> {
    const { path, lineBuffer } = INDEXED[table];
    const at = storagePath(path);
    const rows: string[][] = [];
    for (const offset of offsets) {
      const piece = await orNull(async () =>
        storage.can.rangedRead
          ? latin1(await storage.read(at, { offset, length: lineBuffer - 2 }))
          : latin1(await storage.read(at)).slice(offset, offset + lineBuffer - 2),
      );
      rows.push(splitRecord(bodyOf(piece?.split("\n", 1)[0] ?? "")));
    }
    return rows;
  }

  async function wildcardRows(table: IndexedKey): Promise<string[][]> {
    return rowsAt(table, wildcardOffsets(await indexOf(table)));
  }

  const root: MailRoot = {
    storage,
    locks: newLocks(),
    now,
    stat,
    read,
    write,
    rows,
    append: appendRow,
    rebuild,
    async remove(path) {
      const at = pathOf(path);
      if (at === null) return;
      await orNull(() => storage.remove(at));
      changed(at);
    },
    async list(path) {
      const at = pathOf(path);
      if (at === null || (at !== "" && (await storage.stat(at))?.kind !== "folder")) return null;
      return orNull(() => storage.list(at));
    },
    async lookUp(table, key) {
      return rowsAt(table, offsetsOf(await indexOf(table), key));
    },
    async lookUpWildcards(table) {
      const rows = await wildcardRows(table);
      const bad = rows.findIndex((cells) => cells.length === 0);
      return bad === -1 ? rows : rows.slice(0, bad);
    },
    async reachesWildcards(table) {
      return (await wildcardRows(table)).every((cells) => cells.length > 0);
    },
  };
  if (when === "at start") for (const table of Object.keys(INDEXED) as IndexedKey[]) await rebuild(table);
  return root;
}

/** The storage's path for a byte string; `null` for names that no storage can hold. */
export function pathOf(path: string): StoragePath | null {
  try {
    return storagePath(textOf(path));
  } catch (error) {
    if (hasCode(error, "STORAGE_PATH")) return null;
    throw error;
  }
}

/** A name from the storage as the bytes that the server would show. */
export function nameBytes(name: string): string {
  return cellOf(name);
}

async function orNull<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (hasCode(error, "STORAGE_NOT_FOUND")) return null;
    throw error;
  }
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
}
