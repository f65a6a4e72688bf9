import { fail } from "../errors/error.ts";
import {
  appendRows,
  type Cell,
  cellOf,
  encodeCell,
  insertRow,
  moveLine,
  type Row,
  removeLines,
  replaceRow,
  rewriteLine,
  serializeTable,
  type Table,
} from "../tab/codec.ts";
import type { TableFormat } from "../tab/lines.ts";
import { type Entry, entriesOf, type IsEntry, type Located, switched, tableIn } from "./entries.ts";

/** What is done to the entries of a table; `before: null` is the end. Cells are text or whole numbers. */
export type EntryEdit =
  | { readonly do: "add"; readonly cells: readonly Cell[]; readonly before?: string | null }
  | { readonly do: "replace"; readonly id: string; readonly cells: readonly Cell[] }
  /** Several at once, each where it stands; `id` is the one concerned. */
  | { readonly do: "rewrite"; readonly cells: ReadonlyMap<string, readonly Cell[]>; readonly id: string }
  | { readonly do: "remove"; readonly id: string }
  | { readonly do: "move"; readonly id: string; readonly before: string | null }
  | { readonly do: "switch"; readonly id: string; readonly on: boolean };

export interface Edited {
  readonly bytes: Uint8Array;
  /** The entry concerned as it is now; `null` when it was removed. */
  readonly entry: Entry | null;
}

/** Stands in a table with comments that would be empty: XMail's control port deletes a file by sending it empty. */
const NO_ENTRIES = "# No entries.\n";

/**
 * The file after the edit; every other line keeps its bytes. `CONFLICT` when the entry is not there any more as it was
 * seen; `CELL_NOT_WRITABLE` when XMail would read a value differently.
 */
export function editEntries(
  bytes: Uint8Array | null,
  format: TableFormat,
  isEntry: IsEntry,
  edit: EntryEdit,
): Edited {
  const table = tableIn(bytes, format);
  const entries = entriesOf(table, isEntry);
  const find = (id: string) => entries.find((entry) => entry.id === id) ?? changedSince();
  const edited = editTable(table, find, edit);
  return {
    bytes: neverEmpty(serializeTable(edited), format),
    entry: entryAfter(entriesOf(edited, isEntry), table, edit, find),
  };
}

/** Takes entries away and writes others behind all that stays, in one go; refuses as `editEntries`. */
export function exchangeEntries(
  bytes: Uint8Array | null,
  format: TableFormat,
  isEntry: IsEntry,
  { remove, add }: { readonly remove: readonly string[]; readonly add: readonly (readonly Cell[])[] },
): Uint8Array {
  const table = tableIn(bytes, format);
  const gone = new Set(remove);
  const left = removeLines(
    table,
    entriesOf(table, isEntry).flatMap(({ id, at }) => (gone.has(id) ? [at] : [])),
  );
  return neverEmpty(
    serializeTable(
      appendRows(
        left,
        add.map((cells) => cells.map(bytesOf)),
      ),
    ),
    format,
  );
}

function neverEmpty(text: Uint8Array, format: TableFormat): Uint8Array {
  return text.length === 0 && format.comments ? Buffer.from(NO_ENTRIES) : text;
}

function editTable(table: Table, find: (id: string) => Located, edit: EntryEdit): Table {
  const place = (id: string | null | undefined) => (id === null || id === undefined ? null : find(id).at);
  switch (edit.do) {
    case "add":
      return insertRow(table, edit.cells.map(bytesOf), place(edit.before));
    case "remove":
      return removeLines(table, [find(edit.id).at]);
    case "move":
      return edit.before === edit.id ? table : moveLine(table, find(edit.id).at, place(edit.before));
    case "switch": {
      const entry = find(edit.id);
      return entry.on === edit.on ? table : rewriteLine(table, entry.at, switched(entry.at.raw, edit.on));
    }
    case "replace":
      return replaced(table, find(edit.id), edit.cells.map(bytesOf));
    case "rewrite":
      return rewritten(table, find, edit.cells);
  }
}

/** Cells that stay keep their spelling; when there are fewer than before, or the entry is off, the line is written anew. */
function replaced(table: Table, entry: Located, cells: readonly Cell[]): Table {
  if (entry.on && cells.length >= entry.cells.length) return replaceRow(table, entry.at as Row, cells);
  // Refuses what XMail would read differently.
  insertRow(table, cells, entry.at);
  return rewriteLine(table, entry.at, `${entry.on ? "" : "#"}${cells.map(encodeCell).join("\t")}`);
}

/** Lines stay where they are, so the place of each is known from before. */
function rewritten(
  table: Table,
  find: (id: string) => Located,
  cells: ReadonlyMap<string, readonly Cell[]>,
): Table {
  return [...cells].reduce((now, [id, wanted]) => {
    const entry = find(id);
    const at = now.lines[entry.line - 1] ?? entry.at;
    return replaced(now, { ...entry, at }, wanted.map(bytesOf));
  }, table);
}

/** Lines keep their order, so the entry concerned is found by its place. */
function entryAfter(
  after: readonly Located[],
  before: Table,
  edit: EntryEdit,
  find: (id: string) => Located,
): Entry | null {
  if (edit.do === "remove") return null;
  const at = (line: number) => after.find((entry) => entry.line === line) ?? null;
  if (edit.do === "replace" || edit.do === "rewrite" || edit.do === "switch") return at(find(edit.id).line);
  const target = edit.before === null || edit.before === undefined ? null : find(edit.before).line;
  if (edit.do === "add") return target === null ? (after.at(-1) ?? null) : at(target);
  const from = find(edit.id).line;
  if (edit.before === edit.id) return at(from);
  if (target === null) return at(before.lines.length);
  return at(target > from ? target - 1 : target);
}

function bytesOf(cell: Cell): Cell {
  return typeof cell === "number" ? cell : cellOf(cell);
}

function changedSince(): never {
  return fail("CONFLICT", "Somebody changed this entry since it was shown. Look at it again.");
}
