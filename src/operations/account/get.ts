import { defineOperation } from "../../kernel/operation.ts";
import { accountTarget } from "../../kernel/target.ts";
import { decodeWords } from "../../settings/encoded-words.ts";
import { AccountKey } from "../fields.ts";
import { accountFound } from "./found.ts";
import { AccountDetails } from "./rows.ts";
import { MEMORY } from "./services.ts";
import { summaryOf } from "./summary.ts";

export const accountGet = defineOperation({
  name: "account.get",
  summary: "Show one account with its settings, mailbox and last sign-in",
  effect: "read",
  input: AccountKey,
  output: AccountDetails,
  errors: ["ACCOUNT_NOT_FOUND"],
  http: "GET /domains/{domain}/accounts/{name}",
  target: accountTarget,
  async handler(ctx, ref) {
    const row = await accountFound(ctx, ref);
    const [[variables = new Map<string, string>()], [usage]] = await Promise.all([
      ctx.xmail.accounts.variables([row], ctx),
      ctx.xmail.accounts.usage([row], ctx),
    ]);
    return {
      ...summaryOf(row, variables, usage ?? { bytes: 0, messages: 0, lastLogin: null }),
      variables: [...variables]
        .filter(([name]) => name !== MEMORY)
        .map(([name, value]) => ({ name, value: decodeWords(value) })),
    };
  },
});
