import { defineOperation } from "../../kernel/operation.ts";
import { domainTarget } from "../../kernel/target.ts";
import { AccountKey, Bytes, Count, ExistingAccount, ExistingDomain, fields } from "../fields.ts";
import { accountFound } from "./found.ts";

export const accountRemove = defineOperation({
  name: "account.remove",
  summary: "Remove an account with its mail, its aliases and its links",
  effect: "destroy",
  input: AccountKey,
  output: fields({
    domain: ExistingDomain,
    name: ExistingAccount,
    lost: fields({ messages: Count, bytes: Bytes }),
  }),
  errors: ["ACCOUNT_NOT_FOUND"],
  http: "DELETE /domains/{domain}/accounts/{name}",
  // Like account.add a matter of the domain: who may run his own account may not end it.
  target: ({ domain }) => domainTarget(domain),
  async handler(ctx, ref) {
    const { domain, name } = await accountFound(ctx, ref);
    const [usage] = await ctx.xmail.accounts.usage([{ domain, name }], ctx);
    await ctx.xmail.accounts.remove({ domain, name }, ctx);
    // Another account of this name is not opened by the sessions of this one, nor closed by its second factors.
    const { people, groups } = ctx;
    if (people) ctx.whenApplied(() => people.forgetOwner({ domain, name }));
    if (groups) ctx.whenApplied(() => groups.forgetAccount({ domain, name }));
    return { domain, name, lost: { messages: usage?.messages ?? 0, bytes: usage?.bytes ?? 0 } };
  },
});
