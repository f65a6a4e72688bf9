import { fail, failField } from "../errors/error.ts";
import type { Storage } from "../storage/storage.ts";
import type { CallOptions } from "../xmail/call-options.ts";
import type { ExternalAliasRow } from "../xmail/external-aliases.ts";
import { type AccountRef, addressOf, sameName } from "../xmail/names.ts";
import { appendRow, cellOf, type Row, removeRows, type Table, textOf } from "./codec.ts";
import { draftEdit } from "./edit-table.ts";
import { EXTERNAL_ALIASES } from "./links.ts";
import { checkPattern } from "./name-rules.ts";
import { readTable } from "./read-table.ts";

const COLUMNS = 4;

interface ExternalAliasLine extends ExternalAliasRow {
  readonly row: Row;
}

function externalRows(table: Table): ExternalAliasLine[] {
  return table.rows.filter(({ cells }) => cells.length >= COLUMNS).map(lineOf);
}

/** The file has the remote address first. */
function lineOf(row: Row): ExternalAliasLine {
  const [remoteDomain = "", remoteName = "", domain = "", name = ""] = row.cells.map(textOf);
  return {
    row,
    local: addressOf({ domain, name }),
    remote: addressOf({ domain: remoteDomain, name: remoteName }),
  };
}

export async function readExternalAliases(
  storage: Storage,
  options?: CallOptions,
): Promise<ExternalAliasRow[]> {
  const lines = externalRows(await readTable(storage, EXTERNAL_ALIASES, options));
  return lines.map(({ local, remote }) => ({ local, remote }));
}

/** `EXTERNAL_ALIAS_EXISTS`. */
export async function addExternalAlias(
  storage: Storage,
  { local, remote }: ExternalAliasRow,
  options?: CallOptions,
): Promise<void> {
  const [here, there] = [partsOf("local", local), partsOf("remote", remote)];
  const draft = await draftEdit(
    storage,
    EXTERNAL_ALIASES,
    (table) => {
      if (externalRows(table).some((line) => sameName(line.remote, remote))) fail("EXTERNAL_ALIAS_EXISTS");
      return appendRow(table, [there.domain, there.name, here.domain, here.name].map(cellOf));
    },
    options,
  );
  await draft.save();
}

/** `EXTERNAL_ALIAS_NOT_FOUND`. */
export async function removeExternalAlias(
  storage: Storage,
  remote: string,
  options?: CallOptions,
): Promise<void> {
  const draft = await draftEdit(
    storage,
    EXTERNAL_ALIASES,
    (table) => {
      const gone = externalRows(table).filter((line) => sameName(line.remote, remote));
      if (gone.length === 0) fail("EXTERNAL_ALIAS_NOT_FOUND");
      return removeRows(
        table,
        gone.map(({ row }) => row),
      );
    },
    options,
  );
  await draft.save();
}

function partsOf(field: string, address: string): AccountRef {
  checkPattern(field, address);
  const at = address.lastIndexOf("@");
  if (at < 1 || at === address.length - 1) failField(field, "address", `${field} must be a full address.`);
  return { name: address.slice(0, at), domain: address.slice(at + 1) };
}
