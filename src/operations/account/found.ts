import { fail } from "../../errors/error.ts";
import type { Context } from "../../kernel/context.ts";
import type { AccountRow } from "../../xmail/accounts.ts";
import type { AccountRef } from "../../xmail/names.ts";

/** The account as XMail writes it, or `ACCOUNT_NOT_FOUND`. */
export async function accountFound(ctx: Context, ref: AccountRef): Promise<AccountRow> {
  return (await ctx.xmail.accounts.get(ref, ctx)) ?? fail("ACCOUNT_NOT_FOUND");
}
