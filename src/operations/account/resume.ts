import { fail } from "../../errors/error.ts";
import { defineOperation } from "../../kernel/operation.ts";
import { domainTarget } from "../../kernel/target.ts";
import { AccountKey } from "../fields.ts";
import { accountFound } from "./found.ts";
import { isSuspended, resumption } from "./services.ts";

export const accountResume = defineOperation({
  name: "account.resume",
  summary: "Start a suspended account again, with the settings it had before",
  effect: "write",
  input: AccountKey,
  output: AccountKey,
  errors: ["ACCOUNT_NOT_FOUND", "NOT_SUSPENDED"],
  http: "POST /domains/{domain}/accounts/{name}/resume",
  target: ({ domain }) => domainTarget(domain),
  async handler(ctx, ref) {
    const { domain, name } = await accountFound(ctx, ref);
    const [variables = new Map<string, string>()] = await ctx.xmail.accounts.variables(
      [{ domain, name }],
      ctx,
    );
    if (!isSuspended(variables)) fail("NOT_SUSPENDED");
    await ctx.xmail.accounts.setVariables({ domain, name }, resumption(variables), ctx);
    return { domain, name };
  },
});
