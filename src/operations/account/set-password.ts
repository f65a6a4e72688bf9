import { Secret } from "../../errors/secret.ts";
import { defineOperation } from "../../kernel/operation.ts";
import { accountTarget } from "../../kernel/target.ts";
import { AccountKey, ExistingAccount, ExistingDomain, fields, NewPassword } from "../fields.ts";
import { accountFound } from "./found.ts";
import { refuseGuessable } from "./password.ts";

export const accountSetPassword = defineOperation({
  name: "account.setPassword",
  summary: "Give an account a new password",
  effect: "write",
  input: fields({ domain: ExistingDomain, name: ExistingAccount, password: NewPassword }),
  output: AccountKey,
  errors: ["ACCOUNT_NOT_FOUND"],
  http: "PUT /domains/{domain}/accounts/{name}/password",
  target: accountTarget,
  async handler(ctx, { password, ...ref }) {
    refuseGuessable(password, ref);
    const { domain, name } = await accountFound(ctx, ref);
    await ctx.xmail.accounts.setPassword({ domain, name }, new Secret(password), ctx);
    const { people } = ctx;
    if (people) ctx.whenApplied(() => people.sessions.endOwners({ domain, name }));
    return { domain, name };
  },
});
