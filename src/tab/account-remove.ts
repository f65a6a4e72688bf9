import { fail } from "../errors/error.ts";
import type { Storage } from "../storage/storage.ts";
import type { CallOptions } from "../xmail/call-options.ts";
import { type AccountRef, addressOf, sameName } from "../xmail/names.ts";
import {
  ACCOUNTS,
  type AccountLine,
  accountLines,
  folderInUse,
  folderOf,
  hasFolder,
  isAccount,
} from "./account-lines.ts";
import { ALIASES, aliasLines } from "./aliases.ts";
import { removeRows, type Table } from "./codec.ts";
import { draftEdit, saveAll } from "./edit-table.ts";
import { removeIfThere } from "./if-there.ts";
import { EXTERNAL_ALIASES, externalAliasLines, POP_LINKS, popLinkLines } from "./links.ts";

/**
 * With its folder, the aliases that lead to it, its external aliases and POP3 links. `ACCOUNT_NOT_FOUND`;
 * `CONFLICT` when another account lives in its folder; `STORAGE_PATH` when its folder is no usable path.
 */
export async function removeAccount(storage: Storage, ref: AccountRef, options?: CallOptions): Promise<void> {
  const gone: AccountLine[] = [];
  const accounts = await draftEdit(
    storage,
    ACCOUNTS,
    (table) => {
      const lines = accountLines(table);
      // All rows of the name, should an editor have made two.
      gone.push(...lines.filter((line) => isAccount(line, ref)));
      if (gone.length === 0) fail("ACCOUNT_NOT_FOUND");
      const others = lines.filter((line) => !gone.includes(line));
      if (!gone.every(hasFolder)) {
        fail(
          "STORAGE_PATH",
          "The folder that mailusers.tab gives this account is no path below its domain's. Correct that line first.",
        );
      }
      if (gone.some((line) => folderInUse(others, line, storage.can))) {
        fail("CONFLICT", "Another account keeps its mail in this one's folder. Remove that one first.");
      }
      return removeRows(
        table,
        gone.map(({ row }) => row),
      );
    },
    options,
  );
  const aliases = await draftEdit(storage, ALIASES, (table) => withoutAliasesOf(table, ref), options);
  const external = await draftEdit(
    storage,
    EXTERNAL_ALIASES,
    (table) =>
      removeRows(
        table,
        externalAliasLines(table).flatMap((line) => (isAccount(line, ref) ? line.row : [])),
      ),
    options,
  );
  const links = await draftEdit(
    storage,
    POP_LINKS,
    (table) =>
      removeRows(
        table,
        popLinkLines(table).flatMap((line) => (isAccount(line, ref) ? line.row : [])),
      ),
    options,
  );
  // The account goes after what hangs on it: stopped in between, it can be removed again.
  await saveAll([external, links, aliases, accounts]);
  for (const line of gone) await removeIfThere(storage, folderOf(line));
}

/** In whatever domain the alias is, as XMail does it. */
function withoutAliasesOf(table: Table, ref: AccountRef): Table {
  const lines = aliasLines(table).filter((line) => sameName(line.target, addressOf(ref)));
  return removeRows(
    table,
    lines.map(({ row }) => row),
  );
}
