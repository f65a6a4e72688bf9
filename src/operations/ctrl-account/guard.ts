import { fail } from "../../errors/error.ts";
import type { Context } from "../../kernel/context.ts";
import { isCryptedCell } from "../../settings/crypted-cell.ts";
import { entriesOf, tableIn } from "../../settings/entries.ts";
import { FILES } from "../../tab/files.ts";
import { sameName } from "../../xmail/names.ts";

/** One line of `ctrlaccounts.tab`, the password as it stands there. */
export interface CtrlAccountRow {
  readonly name: string;
  readonly password: string;
}

export function ctrlAccountRows(bytes: Uint8Array): CtrlAccountRow[] {
  return entriesOf(tableIn(bytes, FILES.ctrlAccounts), null).flatMap(({ cells }) => {
    const [name, password] = cells;
    return name !== undefined && password !== undefined && isCryptedCell(password)
      ? [{ name, password }]
      : [];
  });
}

/** Refuses (`WOULD_LOCK_OUT`) what leaves nobody, or takes or changes the account xmailcfg signs in with. */
export function guardCtrlAccounts(
  ctx: Context,
  before: readonly CtrlAccountRow[],
  after: readonly CtrlAccountRow[],
): void {
  if (after.length === 0) fail("WOULD_LOCK_OUT", "Nobody could administer this XMail any more.");
  const { account } = ctx.xmail.server;
  if (account === null) return;
  // The first line of a name decides; XMail compares names without case.
  const ours = (rows: readonly CtrlAccountRow[]) => rows.find(({ name }) => sameName(name, account));
  const was = ours(before);
  const is = ours(after);
  if (was && (!is || is.name !== was.name || is.password !== was.password)) {
    fail(
      "WOULD_LOCK_OUT",
      "xmailcfg signs in with this account. Make a second account, put it into the configuration, then change this one.",
    );
  }
}
