import { fail } from "../../errors/error.ts";
import { defineOperation } from "../../kernel/operation.ts";
import { domainTarget } from "../../kernel/target.ts";
import { AccountKey } from "../fields.ts";
import { accountFound } from "./found.ts";
import { isSuspended, suspension } from "./services.ts";

export const accountSuspend = defineOperation({
  name: "account.suspend",
  summary: "Stop an account: it cannot receive, fetch or send, and nothing is lost",
  effect: "write",
  input: AccountKey,
  output: AccountKey,
  errors: ["ACCOUNT_NOT_FOUND", "ALREADY_SUSPENDED"],
  http: "POST /domains/{domain}/accounts/{name}/suspend",
  target: ({ domain }) => domainTarget(domain),
  async handler(ctx, ref) {
    const { domain, name } = await accountFound(ctx, ref);
    const [variables = new Map<string, string>()] = await ctx.xmail.accounts.variables(
      [{ domain, name }],
      ctx,
    );
    // A second suspension would remember the first one as what was set before.
    if (isSuspended(variables)) fail("ALREADY_SUSPENDED");
    await ctx.xmail.accounts.setVariables({ domain, name }, suspension(variables), ctx);
    return { domain, name };
  },
});
