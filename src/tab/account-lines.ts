import { fail } from "../errors/error.ts";
import { isStoragePath, type StoragePath, storagePath } from "../storage/path.ts";
import type { Capabilities, Storage } from "../storage/storage.ts";
import { type AccountRow, kindOfType } from "../xmail/accounts.ts";
import type { CallOptions } from "../xmail/call-options.ts";
import { type AccountRef, foldName, sameName } from "../xmail/names.ts";
import { type Row, type Table, textOf } from "./codec.ts";
import { FILES } from "./files.ts";
import { placeOf, readTable } from "./read-table.ts";

/** A row of `mailusers.tab`. */
export interface AccountLine extends AccountRow {
  readonly row: Row;
  /** As coded in the file. */
  readonly password: string;
  readonly id: number;
  /** Folder below that of the domain. */
  readonly directory: string;
}

export const ACCOUNTS = placeOf(FILES.accounts, {});
const COLUMNS = Object.keys(FILES.accounts.columns).length;

export function accountLines(table: Table): AccountLine[] {
  return table.rows.map(accountLine).filter((line) => line !== null);
}

/** `null` for a shorter line: XMail keeps it but does not see an account in it. */
export function accountLine(row: Row): AccountLine | null {
  return row.cells.length >= COLUMNS ? lineOf(row) : null;
}

function lineOf(row: Row): AccountLine {
  const [domain = "", name = "", password = "", id = "", directory = "", kind] = row.cells;
  return {
    row,
    domain: textOf(domain),
    name: textOf(name),
    password,
    id: Number.parseInt(id, 10) || 0,
    directory: textOf(directory),
    // As XMail reads it: the first letter, large or small.
    kind: kindOfType(kind),
  };
}

export async function readAccountLines(storage: Storage, options?: CallOptions): Promise<AccountLine[]> {
  return accountLines(await readTable(storage, ACCOUNTS, options));
}

export function isAccount(line: AccountRef, { domain, name }: AccountRef): boolean {
  return sameName(line.name, name) && sameName(line.domain, domain);
}

/** The account's folder: the domain in lower case, the rest as written. */
export function folderOf({ domain, directory }: Pick<AccountLine, "domain" | "directory">): StoragePath {
  return storagePath("domains", foldName(domain), directory);
}

/** Whether the account's folder is a path below that of its domain. */
export function hasFolder({ domain, directory }: Pick<AccountLine, "domain" | "directory">): boolean {
  return isStoragePath(`domains/${foldName(domain)}/${directory}`);
}

/** Whether an account lives in the folder or below it: XMail makes the account `bob/sub` in the folder of `bob`. */
export function folderInUse(
  lines: readonly AccountLine[],
  { domain, directory }: Pick<AccountLine, "domain" | "directory">,
  can: Pick<Capabilities, "caseSensitive">,
): boolean {
  const fold = folderFold(can);
  const folder = fold(`${directory}/`);
  return lines.some((line) => sameName(line.domain, domain) && fold(`${line.directory}/`).startsWith(folder));
}

/** What two spellings of one folder have in common: storages that do not tell cases apart fold more than ASCII. */
export function folderFold({ caseSensitive }: Pick<Capabilities, "caseSensitive">): (path: string) => string {
  return caseSensitive ? (path) => path : (path) => path.normalize("NFC").toLowerCase();
}

/** The accounts meant, in the order asked; a domain alias is not followed. `ACCOUNT_NOT_FOUND`. */
export async function locateAccounts(
  storage: Storage,
  refs: readonly AccountRef[],
  options?: CallOptions,
): Promise<AccountLine[]> {
  if (refs.length === 0) return [];
  const find = finderIn(await readAccountLines(storage, options));
  return refs.map((ref) => find(ref) ?? fail("ACCOUNT_NOT_FOUND"));
}

/** Look-up without regard to case; of two rows of one name the first counts. */
export function finderIn(lines: readonly AccountLine[]): (ref: AccountRef) => AccountLine | undefined {
  const byKey = new Map<string, AccountLine>();
  for (const line of lines) {
    const key = keyOf(line);
    if (!byKey.has(key)) byKey.set(key, line);
  }
  return (ref) => byKey.get(keyOf(ref));
}

function keyOf({ domain, name }: AccountRef): string {
  return `${foldName(name)}\0${foldName(domain)}`;
}
