import type { Context } from "../../kernel/context.ts";
import { defineOperation } from "../../kernel/operation.ts";
import { Type } from "../../kernel/schema.ts";
import { domainTarget } from "../../kernel/target.ts";
import { encodeWords } from "../../settings/encoded-words.ts";
import { type AccountRef, foldName } from "../../xmail/names.ts";
import { AccountName, ExistingDomain, fields, NewPassword, VariableValue } from "../fields.ts";
import { newAccount } from "./new-account.ts";
import { Kind } from "./rows.ts";

export const accountAdd = defineOperation({
  name: "account.add",
  summary: "Add a mailbox or a mailing list to a domain",
  effect: "write",
  input: fields({
    domain: ExistingDomain,
    name: AccountName,
    password: NewPassword,
    kind: Type.Optional(Kind),
    realName: Type.Optional(VariableValue),
  }),
  output: fields({ domain: ExistingDomain, name: AccountName, kind: Kind }),
  errors: ["DOMAIN_NOT_FOUND", "ACCOUNT_EXISTS", "ALIAS_EXISTS"],
  http: "POST /domains/{domain}/accounts",
  target: ({ domain }) => domainTarget(domain),
  async handler(ctx, input) {
    const { kind = "user", realName = "", password } = input;
    const ref = { domain: foldName(input.domain), name: foldName(input.name) };
    await ctx.xmail.accounts.add(newAccount({ ...ref, kind, password, realName }), ctx);
    if (realName !== "") await nameOrTakeBack(ctx, ref, realName);
    return { ...ref, kind };
  },
});

/** An account without the name it was to have is half a change: it goes again, empty as it is. */
async function nameOrTakeBack(ctx: Context, ref: AccountRef, realName: string): Promise<void> {
  try {
    await ctx.xmail.accounts.setVariables(ref, new Map([["RealName", encodeWords(realName)]]), ctx);
  } catch (error) {
    await ctx.xmail.accounts.remove(ref, ctx).catch((cause: unknown) => {
      ctx.log.error({ cause, account: ref }, "a half made account could not be removed again");
    });
    throw error;
  }
}
