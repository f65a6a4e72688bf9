import { fail } from "../../errors/error.ts";
import type { Context } from "../../kernel/context.ts";
import { defineOperation } from "../../kernel/operation.ts";
import { Type } from "../../kernel/schema.ts";
import { ownerIdOf } from "../../kernel/second-factor.ts";
import { domainTarget } from "../../kernel/target.ts";
import { type AccountRef, addressOf } from "../../xmail/names.ts";
import { AccountKey, Count, fields } from "../fields.ts";
import { peopleOf } from "../people/found.ts";
import { accountFound } from "./found.ts";

const ERRORS = ["ACCOUNT_NOT_FOUND", "BAD_CONFIG", "NOT_FOUND"] as const;

export const accountFactors = defineOperation({
  name: "account.factors",
  summary: "Show what the owner of a mailbox is asked for after his password",
  effect: "read",
  input: AccountKey,
  output: fields({ totp: Type.Boolean(), recoveryCodesLeft: Count, passkeys: Count }),
  errors: ERRORS,
  http: "GET /domains/{domain}/accounts/{name}/factors",
  target: ({ domain }) => domainTarget(domain),
  async handler(ctx, ref) {
    const owner = ownerIdOf(await mailboxFound(ctx, ref));
    const { totp, recoveryLeft, passkeys } = await peopleOf(ctx).factors.of(owner);
    return { totp, recoveryCodesLeft: recoveryLeft, passkeys: passkeys.length };
  },
});

export const accountResetFactors = defineOperation({
  name: "account.resetFactors",
  summary:
    "Take a mailbox owner's authenticator, recovery codes and passkeys away, and end what is signed in",
  effect: "write",
  input: AccountKey,
  output: AccountKey,
  errors: ERRORS,
  http: "POST /domains/{domain}/accounts/{name}/reset-factors",
  // A matter of the domain: whoever has an owner's password and session only would be rid of his second factor by this.
  target: ({ domain }) => domainTarget(domain),
  ofOurs: true,
  asksAgain: true,
  async handler(ctx, ref) {
    const found = await mailboxFound(ctx, ref);
    await peopleOf(ctx).forgetOwner(found);
    return found;
  },
});

/** `NOT_FOUND` for a mailing list: nobody signs in with one. */
async function mailboxFound(ctx: Context, ref: AccountRef): Promise<AccountRef> {
  const { domain, name, kind } = await accountFound(ctx, ref);
  if (kind !== "user")
    fail("NOT_FOUND", `${addressOf({ domain, name })} is a mailing list: it has no owner.`);
  return { domain, name };
}
