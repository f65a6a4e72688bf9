import { FILES } from "../tab/files.ts";
import { foldName } from "../xmail/names.ts";
import { KEYED, type Keyed, type KnownRows, knownRows } from "./known-rows.ts";
import { buildIndex, extendIndex, type IndexedTable, NO_INDEX, type TableIndex } from "./table-index.ts";

export const INDEXED = {
  domains: { ...FILES.domains, keys: 1, wildcards: false },
  domainAliases: { ...FILES.domainAliases, keys: 1, wildcards: true },
  accounts: { ...FILES.accounts, keys: 2, wildcards: false },
  aliases: { ...FILES.aliases, keys: 2, wildcards: true },
  externalAliases: { ...FILES.externalAliases, keys: 2, wildcards: false },
} as const satisfies Record<string, IndexedTable>;

export type IndexedKey = keyof typeof INDEXED;

/**
 * When look-ups learn of a table: `at start` and by each change of it, as the server does, or by the first look-up after
 * that. `when needed` is for files that nobody else changes: what is known of a table holds until we change it.
 */
export type WhenIndexed = "at start" | "when needed";

export interface RootTables {
  /** `null` when there is no such file. */
  rows(table: Keyed): Promise<KnownRows | null>;
  /** Adds a row behind the last byte, even when that is no line end; false when there is no such file. */
  append(path: string, row: string): Promise<boolean>;
  /** A file, or a folder with all in it, is another one now. */
  changed(path: string): void;
  index(table: IndexedKey): Promise<TableIndex>;
  /** Makes what look-ups know of a table anew. */
  rebuild(table: IndexedKey): Promise<void>;
}

interface Files {
  read(path: string): Promise<string | null>;
  write(path: string, text: string): Promise<void>;
  /** Absent where the storage cannot. */
  readonly append?: (path: string, text: string) => Promise<void>;
}

/** What one server knows of its tables. */
export function rootTables({ read, write, append }: Files, when: WhenIndexed): RootTables {
  const indexes = new Map<IndexedKey, { text: string; index: TableIndex | null }>();
  const kept = new Map<string, { readonly rows: KnownRows; text: string }>();
  const isOurs = when === "when needed";

  async function rows(table: Keyed): Promise<KnownRows | null> {
    const { path } = KEYED[table];
    const known = kept.get(foldName(path));
    if (known && isOurs) return known.rows;
    const text = await read(path);
    if (text === null) return null;
    // Somebody may have edited the file by hand.
    if (known?.text === text) return known.rows;
    const found = knownRows(text, KEYED[table]);
    kept.set(foldName(path), { rows: found, text: isOurs ? "" : text });
    return found;
  }

  /** Where a row was added, the rest of the table is as it was. */
  async function appendToOurs(path: string, row: string, known: KnownRows): Promise<void> {
    const { length } = known;
    await append?.(path, row);
    if (!known.add(row)) return changed(path);
    for (const [table, { index }] of indexes) {
      if (INDEXED[table].path !== path || !index) continue;
      if (!extendIndex(index, row, length, INDEXED[table])) indexes.delete(table);
    }
  }

  function changed(path: string): void {
    const folded = foldName(path);
    for (const at of kept.keys()) if (at === folded || at.startsWith(`${folded}/`)) kept.delete(at);
  }

  async function rebuild(table: IndexedKey): Promise<void> {
    if (isOurs) indexes.delete(table);
    else indexes.set(table, { text: (await read(INDEXED[table].path)) ?? "", index: null });
  }

  return {
    rows,
    changed,
    rebuild,
    async append(path, row) {
      const known = kept.get(foldName(path));
      if (known && isOurs && append) {
        await appendToOurs(path, row, known.rows);
        return true;
      }
      const text = await read(path);
      if (text === null) return false;
      await write(path, text + row);
      if (known?.text === text && known.rows.add(row)) {
        kept.set(foldName(path), { rows: known.rows, text: text + row });
      }
      for (const table of Object.keys(INDEXED) as IndexedKey[]) {
        if (INDEXED[table].path === path) await rebuild(table);
      }
      return true;
    },
    async index(table) {
      const known = indexes.get(table);
      if (!known && !isOurs) return NO_INDEX;
      const index =
        known?.index ?? buildIndex(known?.text ?? (await read(INDEXED[table].path)) ?? "", INDEXED[table]);
      // The text is as it was when the server would have looked.
      indexes.set(table, { text: "", index });
      return index;
    },
  };
}
