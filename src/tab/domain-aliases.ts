import { fail } from "../errors/error.ts";
import type { Storage } from "../storage/storage.ts";
import type { CallOptions } from "../xmail/call-options.ts";
import type { DomainAliasRow } from "../xmail/domain-aliases.ts";
import { foldName, sameName } from "../xmail/names.ts";
import { appendRow, cellOf, type Row, removeRows, type Table, textOf } from "./codec.ts";
import { DOMAINS, domainNames } from "./domain-lines.ts";
import { draftEdit } from "./edit-table.ts";
import { FILES } from "./files.ts";
import { checkPattern } from "./name-rules.ts";
import { placeOf, readTable } from "./read-table.ts";

export const DOMAIN_ALIASES = placeOf(FILES.domainAliases, {});

export async function readDomainAliases(storage: Storage, options?: CallOptions): Promise<DomainAliasRow[]> {
  return domainAliasLines(await readTable(storage, DOMAIN_ALIASES, options)).map(({ alias, real }) => ({
    alias,
    real,
  }));
}

interface DomainAliasLine extends DomainAliasRow {
  readonly row: Row;
}

export function domainAliasLines(table: Table): DomainAliasLine[] {
  return table.rows.flatMap((row) => {
    const [alias, real] = row.cells;
    return alias === undefined || real === undefined
      ? []
      : [{ row, alias: textOf(alias), real: textOf(real) }];
  });
}

/** `DOMAIN_NOT_FOUND`, `DOMAIN_ALIAS_EXISTS`. */
export async function addDomainAlias(
  storage: Storage,
  { alias, real }: DomainAliasRow,
  options?: CallOptions,
): Promise<void> {
  checkPattern("alias", alias);
  const domains = domainNames(await readTable(storage, DOMAINS, options));
  if (!domains.some((name) => sameName(name, real))) fail("DOMAIN_NOT_FOUND");
  if (domains.some((name) => sameName(name, alias))) fail("DOMAIN_ALIAS_EXISTS");
  const draft = await draftEdit(
    storage,
    DOMAIN_ALIASES,
    (table) => {
      if (domainAliasLines(table).some((line) => sameName(line.alias, alias))) fail("DOMAIN_ALIAS_EXISTS");
      return appendRow(table, [cellOf(foldName(alias)), cellOf(foldName(real))]);
    },
    options,
  );
  await draft.save();
}

/** Exact text. `DOMAIN_ALIAS_NOT_FOUND`. */
export async function removeDomainAlias(
  storage: Storage,
  alias: string,
  options?: CallOptions,
): Promise<void> {
  const draft = await draftEdit(
    storage,
    DOMAIN_ALIASES,
    (table) => {
      const lines = domainAliasLines(table).filter((line) => sameName(line.alias, alias));
      if (lines.length === 0) fail("DOMAIN_ALIAS_NOT_FOUND");
      return removeRows(
        table,
        lines.map(({ row }) => row),
      );
    },
    options,
  );
  await draft.save();
}
