import { decodePassword, encodePassword } from "../crypto/password-code.ts";
import { fail } from "../errors/error.ts";
import type { Secret } from "../errors/secret.ts";
import type { Storage } from "../storage/storage.ts";
import type { AccountCounts, AccountRow, AccountSort } from "../xmail/accounts.ts";
import type { CallOptions } from "../xmail/call-options.ts";
import { type AccountRef, sameName } from "../xmail/names.ts";
import type { RowsPage, RowsRequest } from "../xmail/rows-page.ts";
import { accountIndex, findAccount } from "./account-index.ts";
import {
  ACCOUNTS,
  type AccountLine,
  accountLines,
  folderOf,
  isAccount,
  locateAccounts,
  readAccountLines,
} from "./account-lines.ts";
import { cellOf, replaceRow } from "./codec.ts";
import { draftEdit } from "./edit-table.ts";
import { checkPassword } from "./name-rules.ts";

/** Of one domain or of all, in the order of `mailusers.tab`. */
export async function readAccounts(
  storage: Storage,
  domain?: string,
  options?: CallOptions,
): Promise<AccountRow[]> {
  const lines = await readAccountLines(storage, options);
  return lines.filter((line) => domain === undefined || sameName(line.domain, domain)).map(rowOf);
}

/** As XMail has it written; a domain alias is not followed. */
export async function readAccount(
  storage: Storage,
  ref: AccountRef,
  options?: CallOptions,
): Promise<AccountRow | null> {
  const line = await findAccount(storage, ref, options);
  return line ? rowOf(line) : null;
}

/** Below MailRoot. `ACCOUNT_NOT_FOUND`; `STORAGE_PATH` when the table gives it a folder that is none. */
export async function accountFolder(
  storage: Storage,
  ref: AccountRef,
  options?: CallOptions,
): Promise<string> {
  const line = await findAccount(storage, ref, options);
  return line ? folderOf(line) : fail("ACCOUNT_NOT_FOUND");
}

/** One page out of them. */
export async function pageOfAccounts(
  storage: Storage,
  request: RowsRequest<AccountRow, AccountSort>,
  options?: CallOptions,
): Promise<RowsPage<AccountRow>> {
  const page = (await accountIndex(storage, options)).page(request as RowsRequest<AccountLine, AccountSort>);
  return { ...page, items: page.items.map(({ key, row }) => ({ key, row: rowOf(row) })) };
}

export async function countAccounts(
  storage: Storage,
  options?: CallOptions,
): Promise<ReadonlyMap<string, AccountCounts>> {
  const { counts } = await accountIndex(storage, options);
  return new Map([...counts].map(([domain, [user = 0, list = 0]]) => [domain, { user, list }]));
}

function rowOf({ domain, name, kind }: AccountLine): AccountRow {
  return { domain, name, kind };
}

/** `ACCOUNT_NOT_FOUND`. */
export async function setPassword(
  storage: Storage,
  ref: AccountRef,
  password: Secret,
  options?: CallOptions,
): Promise<void> {
  checkPassword(password.reveal());
  const coded = encodePassword(cellOf(password.reveal()));
  for (const account of await locateAccounts(storage, [ref], options)) {
    const draft = await draftEdit(
      storage,
      ACCOUNTS,
      (table) => {
        const line = accountLines(table).find((one) => isAccount(one, account)) ?? fail("ACCOUNT_NOT_FOUND");
        const [domain = "", name = ""] = line.row.cells;
        return line.password === coded ? table : replaceRow(table, line.row, [domain, name, coded]);
      },
      options,
    );
    await draft.save();
  }
}

/** `ACCOUNT_NOT_FOUND`. */
export async function isPassword(
  storage: Storage,
  ref: AccountRef,
  password: Secret,
  options?: CallOptions,
): Promise<boolean> {
  // An import asks this of thousands.
  const account = (await findAccount(storage, ref, options)) ?? fail("ACCOUNT_NOT_FOUND");
  return decodePassword(account.password) === cellOf(password.reveal());
}
