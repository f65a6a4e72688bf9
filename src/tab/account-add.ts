import { encodePassword } from "../crypto/password-code.ts";
import { fail } from "../errors/error.ts";
import type { Storage } from "../storage/storage.ts";
import type { NewAccount } from "../xmail/accounts.ts";
import type { CallOptions } from "../xmail/call-options.ts";
import { sameName } from "../xmail/names.ts";
import { type MailboxFormat, makeAccountFolder, refuseLeftOver } from "./account-folder.ts";
import { ACCOUNTS, accountLines, folderInUse, isAccount } from "./account-lines.ts";
import { isAlias, readAliases } from "./aliases.ts";
import { appendRow, cellOf } from "./codec.ts";
import { readDomains } from "./domain-lines.ts";
import { draftEdit } from "./edit-table.ts";
import { checkAccountName, checkPassword } from "./name-rules.ts";

/** `DOMAIN_NOT_FOUND`, `ACCOUNT_EXISTS`, `ALIAS_EXISTS`; `STORAGE_EXISTS` when files of an earlier account lie there. */
export async function addAccount(
  storage: Storage,
  account: NewAccount,
  format?: MailboxFormat,
  options?: CallOptions,
): Promise<void> {
  const { domain, name, password, kind } = account;
  checkAccountName(name);
  checkPassword(password.reveal());
  if (!(await readDomains(storage, options)).some((one) => sameName(one, domain))) fail("DOMAIN_NOT_FOUND");
  const aliases = await readAliases(storage, domain, options);
  const row = await draftEdit(
    storage,
    ACCOUNTS,
    (table) => {
      const lines = accountLines(table);
      if (lines.some((line) => isAccount(line, account))) fail("ACCOUNT_EXISTS");
      if (folderInUse(lines, { domain, directory: name }, storage.can)) refuseLeftOver();
      if (aliases.some((alias) => isAlias(alias, domain, name))) fail("ALIAS_EXISTS");
      const id = lines.reduce((highest, line) => Math.max(highest, line.id), 0) + 1;
      const coded = encodePassword(cellOf(password.reveal()));
      const letter = kind === "list" ? "M" : "U";
      return appendRow(table, [cellOf(domain), cellOf(name), coded, id, cellOf(name), letter]);
    },
    options,
  );
  await makeAccountFolder(storage, account, format);
  // Last, so that XMail never sees an account without its folder.
  await row.save();
}
