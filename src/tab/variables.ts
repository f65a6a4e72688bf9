import type { Storage } from "../storage/storage.ts";
import type { Variables } from "../xmail/accounts.ts";
import type { CallOptions } from "../xmail/call-options.ts";
import type { AccountRef } from "../xmail/names.ts";
import { locateIndexed } from "./account-index.ts";
import { type AccountLine, locateAccounts } from "./account-lines.ts";
import { mapAtMost } from "./at-most.ts";
import { appendRow, cellOf, type Row, removeRows, replaceRow, type Table, textOf } from "./codec.ts";
import { draftEdit } from "./edit-table.ts";
import { FILES } from "./files.ts";
import { placeOf, readTable } from "./read-table.ts";

const FILES_AT_ONCE = 16;

/** `user.tab` of each account, in the order asked. `ACCOUNT_NOT_FOUND`. */
export async function readVariables(
  storage: Storage,
  refs: readonly AccountRef[],
  options?: CallOptions,
): Promise<Variables[]> {
  return variablesIn(storage, await locateIndexed(storage, refs, options), options);
}

/** The same of accounts that were found already. */
export async function variablesIn(
  storage: Storage,
  lines: readonly AccountLine[],
  options?: CallOptions,
): Promise<Variables[]> {
  return mapAtMost(lines, FILES_AT_ONCE, async (line) =>
    variablesOf(await readTable(storage, placeOf(FILES.variables, line), options)),
  );
}

/** XMail takes the first line of a name, and only lines of exactly two columns. */
function variablesOf(table: Table): Variables {
  const variables = new Map<string, string>();
  for (const { cells } of variableRows(table)) {
    const [name = "", value = ""] = cells.map(textOf);
    if (!variables.has(name)) variables.set(name, value);
  }
  return variables;
}

function variableRows(table: Table): Row[] {
  return table.rows.filter(({ cells }) => cells.length === 2);
}

/** All changes or none; unlike XMail's own, this edit keeps comments and odd lines. `ACCOUNT_NOT_FOUND`. */
export async function setVariables(
  storage: Storage,
  ref: AccountRef,
  changes: ReadonlyMap<string, string | null>,
  options?: CallOptions,
): Promise<void> {
  for (const line of await locateAccounts(storage, [ref], options)) {
    const place = placeOf(FILES.variables, line);
    const draft = await draftEdit(storage, place, (table) => withVariables(table, changes), options);
    await draft.save();
  }
}

export function withVariables(table: Table, changes: ReadonlyMap<string, string | null>): Table {
  let changed = table;
  for (const [name, value] of changes) changed = withVariable(changed, name, value);
  return changed;
}

function withVariable(table: Table, name: string, value: string | null): Table {
  const rows = variableRows(table).filter(({ cells }) => textOf(cells[0] ?? "") === name);
  const [first] = rows;
  if (value === null) return first ? removeRows(table, rows) : table;
  if (!first) return appendRow(table, [cellOf(name), cellOf(value)]);
  const [written = "", before = ""] = first.cells;
  return textOf(before) === value ? table : replaceRow(table, first, [written, cellOf(value)]);
}
