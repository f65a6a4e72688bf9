import type { TableFormat } from "../tab/codec.ts";
import { FILES } from "../tab/files.ts";
import { foldName } from "../xmail/names.ts";
import { leadingNumber, recordsOf } from "./table-text.ts";

/** A table in which the server looks from the first line to the last whether a row is there, before it adds one. */
export interface KeyedTable extends TableFormat {
  readonly path: string;
  /** How many of the first columns make the key. */
  readonly keys: number;
  /** Cells without which the server looks past a row. */
  readonly columns: number;
  /** Index of the cell with the row's number. */
  readonly number?: number;
}

export const KEYED = {
  accounts: { ...FILES.accounts, keys: 2, columns: 6, number: 3 },
  aliases: { ...FILES.aliases, keys: 2, columns: 3 },
} as const satisfies Record<string, KeyedTable>;

export type Keyed = keyof typeof KEYED;

/** What such a look would find, without looking again for each of ten thousand rows. */
export interface KnownRows {
  /** Without regard to case. */
  has(key: readonly string[]): boolean;
  readonly highest: number;
  /** Bytes of the file. */
  readonly length: number;
  /** Takes in what was added behind the last byte; false when that belongs to the last line, so that all is to be read again. */
  add(piece: string): boolean;
}

export function knownRows(text: string, table: KeyedTable): KnownRows {
  const known = new Set<string>();
  let highest = 0;
  let length = 0;
  let endsInLine = true;

  function add(piece: string): boolean {
    if (!endsInLine) return false;
    for (const cells of recordsOf(piece, table)) {
      if (cells.length < table.columns) continue;
      known.add(keyOf(cells.slice(0, table.keys)));
      if (table.number !== undefined) {
        highest = Math.max(highest, leadingNumber(cells[table.number] ?? "") >>> 0);
      }
    }
    length += piece.length;
    endsInLine = piece === "" || piece.endsWith("\n");
    return true;
  }

  add(text);
  return {
    has: (key) => known.has(keyOf(key)),
    get highest() {
      return highest;
    },
    get length() {
      return length;
    },
    add,
  };
}

/** The server's reader ends a line at a NUL, so none is in a cell. */
function keyOf(cells: readonly string[]): string {
  return foldName(cells.join("\0"));
}
