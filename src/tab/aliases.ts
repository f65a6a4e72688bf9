import { fail, failField } from "../errors/error.ts";
import type { Storage } from "../storage/storage.ts";
import type { AliasRow } from "../xmail/aliases.ts";
import type { CallOptions } from "../xmail/call-options.ts";
import { type AccountRef, foldName, sameName } from "../xmail/names.ts";
import { domainAliasFor } from "../xmail/resolution.ts";
import { finderIn, readAccountLines } from "./account-lines.ts";
import { appendRows, cellOf, type Row, removeRows, type Table, textOf } from "./codec.ts";
import { readDomainAliases } from "./domain-aliases.ts";
import { draftEdit } from "./edit-table.ts";
import { FILES } from "./files.ts";
import { checkPattern } from "./name-rules.ts";
import { placeOf, readTable } from "./read-table.ts";

export const ALIASES = placeOf(FILES.aliases, {});
const COLUMNS = 3;

export interface AliasLine extends AliasRow {
  readonly row: Row;
}

export function aliasLines(table: Table): AliasLine[] {
  return table.rows.map(aliasLine).filter((line) => line !== null);
}

export function aliasLine(row: Row): AliasLine | null {
  return row.cells.length >= COLUMNS ? lineOf(row) : null;
}

function lineOf(row: Row): AliasLine {
  const [domain = "", alias = "", target = ""] = row.cells.map(textOf);
  return { row, domain, alias, target: target.includes("@") ? target : `${target}@${domain}` };
}

/** Those of one domain, by exact text, or all. */
export async function readAliases(
  storage: Storage,
  domain?: string,
  options?: CallOptions,
): Promise<AliasRow[]> {
  const lines = aliasLines(await readTable(storage, ALIASES, options));
  return lines
    .filter((line) => domain === undefined || sameName(line.domain, domain))
    .map(({ row: _, ...alias }) => alias);
}

/** `ALIAS_EXISTS`, `ACCOUNT_EXISTS`, `ACCOUNT_NOT_FOUND`. */
export function addAlias(storage: Storage, row: AliasRow, options?: CallOptions): Promise<void> {
  return addAliases(storage, [row], options);
}

/** The same of many, in one edit of `aliases.tab`. */
export async function addAliases(
  storage: Storage,
  added: readonly AliasRow[],
  options?: CallOptions,
): Promise<void> {
  for (const { domain, alias, target } of added) {
    checkPattern("domain", domain);
    checkPattern("alias", alias);
    partsOf(target);
  }
  const accounts = finderIn(await readAccountLines(storage, options));
  const domainAliases = await readDomainAliases(storage, options);
  /** As XMail looks an account up: its domain may be a domain alias. */
  const find = (ref: AccountRef) =>
    accounts(ref) ??
    accounts({ ...ref, domain: domainAliasFor(domainAliases, ref.domain)?.real ?? ref.domain });
  const draft = await draftEdit(
    storage,
    ALIASES,
    (table) => {
      const taken = new Set(aliasLines(table).map(keyOf));
      const rows = added.map((row) => {
        const { domain, alias, target } = row;
        const to = partsOf(target);
        if (!find(to)) fail("ACCOUNT_NOT_FOUND");
        if (find({ domain, name: alias })) fail("ACCOUNT_EXISTS");
        if (taken.has(keyOf(row))) fail("ALIAS_EXISTS");
        taken.add(keyOf(row));
        // As XMail's own tables have it: the account alone when it is of the alias's domain.
        return [domain, alias, sameName(to.domain, domain) ? to.name : target].map(cellOf);
      });
      return appendRows(table, rows);
    },
    options,
  );
  await draft.save();
}

/** Exact text. `ALIAS_NOT_FOUND`. */
export async function removeAlias(
  storage: Storage,
  domain: string,
  alias: string,
  options?: CallOptions,
): Promise<void> {
  const draft = await draftEdit(
    storage,
    ALIASES,
    (table) => {
      const lines = aliasLines(table).filter((line) => isAlias(line, domain, alias));
      if (lines.length === 0) fail("ALIAS_NOT_FOUND");
      return removeRows(
        table,
        lines.map(({ row }) => row),
      );
    },
    options,
  );
  await draft.save();
}

function isAlias(line: AliasRow, domain: string, alias: string): boolean {
  return sameName(line.domain, domain) && sameName(line.alias, alias);
}

function keyOf({ domain, alias }: AliasRow): string {
  return foldName(`${alias}\0${domain}`);
}

function partsOf(target: string): AccountRef {
  const at = target.lastIndexOf("@");
  if (at < 1 || at === target.length - 1) failField("target", "address", "target must be a full address.");
  return { name: target.slice(0, at), domain: target.slice(at + 1) };
}
