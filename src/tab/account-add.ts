import { encodePassword } from "../crypto/password-code.ts";
import { fail } from "../errors/error.ts";
import type { Capabilities, Storage } from "../storage/storage.ts";
import type { NewAccount, NewAccountWithVariables } from "../xmail/accounts.ts";
import type { CallOptions, ManyOptions } from "../xmail/call-options.ts";
import { type AccountRef, foldName } from "../xmail/names.ts";
import { accountFolders, type MailboxFormat, refuseLeftOver } from "./account-folder.ts";
import { ACCOUNTS, type AccountLine, accountLines } from "./account-lines.ts";
import { readAliases } from "./aliases.ts";
import { appendRows, cellOf } from "./codec.ts";
import { readDomains } from "./domain-lines.ts";
import { draftEdit } from "./edit-table.ts";
import { checkAccountName, checkPassword } from "./name-rules.ts";

/** Accounts after which progress is told. */
const TOLD = 100;

/** `DOMAIN_NOT_FOUND`, `ACCOUNT_EXISTS`, `ALIAS_EXISTS`; `STORAGE_EXISTS` when files of an earlier account lie there. */
export function addAccount(
  storage: Storage,
  account: NewAccount,
  format?: MailboxFormat,
  options?: CallOptions,
): Promise<void> {
  return addAccounts(storage, [account], format, options);
}

/** The same of many, in one edit of `mailusers.tab`. */
export async function addAccounts(
  storage: Storage,
  accounts: readonly NewAccountWithVariables[],
  format?: MailboxFormat,
  { progress, ...options }: ManyOptions = {},
): Promise<void> {
  for (const { name, password } of accounts) {
    checkAccountName(name);
    checkPassword(password.reveal());
  }
  const domains = new Set((await readDomains(storage, options)).map(foldName));
  if (accounts.some(({ domain }) => !domains.has(foldName(domain)))) fail("DOMAIN_NOT_FOUND");
  const aliases = new Set(
    (await readAliases(storage, undefined, options)).map(({ domain, alias }) =>
      keyOf({ domain, name: alias }),
    ),
  );
  const draft = await draftEdit(
    storage,
    ACCOUNTS,
    (table) => {
      const lines = accountLines(table);
      const taken = takenBy(lines, accounts, storage.can);
      let id = lines.reduce((highest, line) => Math.max(highest, line.id), 0);
      const rows = accounts.map((account) => {
        const { domain, name, password, kind } = account;
        if (taken.has(account)) fail("ACCOUNT_EXISTS");
        if (taken.inUse(domain, name)) refuseLeftOver();
        if (aliases.has(keyOf(account))) fail("ALIAS_EXISTS");
        taken.add({ domain, name, directory: name });
        id += 1;
        const coded = encodePassword(cellOf(password.reveal()));
        return [cellOf(domain), cellOf(name), coded, id, cellOf(name), kind === "list" ? "M" : "U"];
      });
      return appendRows(table, rows);
    },
    options,
  );
  const makeFolder = await accountFolders(storage, format);
  for (const [done, account] of accounts.entries()) {
    if (done % TOLD === 0) progress?.(done, accounts.length);
    await makeFolder(account);
  }
  // Last, so that XMail never sees an account without its folder.
  await draft.save();
}

/** Names and folders that are taken in the domains concerned. */
function takenBy(
  lines: readonly AccountLine[],
  concerned: readonly AccountRef[],
  { caseSensitive }: Pick<Capabilities, "caseSensitive">,
) {
  const domains = new Set(concerned.map(({ domain }) => foldName(domain)));
  const names = new Set<string>();
  const folders = new Set<string>();
  // Such storages fold more than ASCII.
  const fold = (path: string) => (caseSensitive ? path : path.normalize("NFC").toLowerCase());
  const folderKey = (domain: string, directory: string) => `${foldName(domain)}\0${fold(directory)}`;
  function add({ domain, name, directory }: Pick<AccountLine, "domain" | "name" | "directory">): void {
    names.add(keyOf({ domain, name }));
    // XMail makes the account `bob/sub` in the folder of `bob`.
    const parts = directory.split("/");
    parts.forEach((_, at) => void folders.add(folderKey(domain, parts.slice(0, at + 1).join("/"))));
  }
  for (const line of lines) if (domains.has(foldName(line.domain))) add(line);
  return {
    add,
    has: (ref: AccountRef) => names.has(keyOf(ref)),
    inUse: (domain: string, directory: string) => folders.has(folderKey(domain, directory)),
  };
}

function keyOf({ domain, name }: AccountRef): string {
  return `${foldName(name)}\0${foldName(domain)}`;
}
