import { failField } from "../../errors/error.ts";
import { defineOperation } from "../../kernel/operation.ts";
import { Type } from "../../kernel/schema.ts";
import { domainTarget } from "../../kernel/target.ts";
import { encodeWords } from "../../settings/encoded-words.ts";
import {
  AccountKey,
  ExistingAccount,
  ExistingDomain,
  ExistingVariableName,
  fields,
  VariableName,
  VariableValue,
} from "../fields.ts";
import { accountFound } from "./found.ts";
import { isStoppedBySuspension, isSuspended, MEMORY } from "./services.ts";
import { refuseWrongVariable } from "./variable-rules.ts";

export const accountSetVariables = defineOperation({
  name: "account.setVariables",
  summary: "Change or delete variables of an account (user.tab)",
  effect: "write",
  input: fields({
    domain: ExistingDomain,
    name: ExistingAccount,
    set: Type.Optional(
      Type.Array(fields({ name: VariableName, value: VariableValue }), {
        maxItems: 50,
        description: "Variables to write, in this order",
      }),
    ),
    unset: Type.Optional(
      Type.Array(ExistingVariableName, {
        maxItems: 50,
        description: "Variables to delete; XMail's default then counts",
      }),
    ),
  }),
  output: AccountKey,
  errors: ["ACCOUNT_NOT_FOUND"],
  http: "PUT /domains/{domain}/accounts/{name}/variables",
  // Limits and permissions are the domain's to give, not the account's to take.
  target: ({ domain }) => domainTarget(domain),
  async handler(ctx, { set = [], unset = [], ...ref }) {
    const changes = new Map<string, string | null>();
    for (const name of unset) changes.set(refuseReserved(name, "unset"), null);
    for (const { name, value } of set) {
      if (changes.has(refuseReserved(name, "set"))) failField("set", "twice", `${name} is named twice.`);
      refuseWrongVariable(name, value);
      changes.set(name, encodeWords(value));
    }
    if (changes.size === 0) failField("set", "required", "Name at least one variable to set or unset.");
    const { domain, name } = await accountFound(ctx, ref);
    if ([...changes.keys()].some(isStoppedBySuspension)) {
      const [variables = new Map<string, string>()] = await ctx.xmail.accounts.variables(
        [{ domain, name }],
        ctx,
      );
      if (isSuspended(variables)) {
        failField(
          "set",
          "suspended",
          "The account is suspended: resume it before you change what it may do.",
        );
      }
    }
    await ctx.xmail.accounts.setVariables({ domain, name }, changes, ctx);
    return { domain, name };
  },
});

function refuseReserved(name: string, field: string): string {
  if (name.toLowerCase() !== MEMORY.toLowerCase()) return name;
  return failField(field, "reserved", `${name} is written by account.suspend and account.resume only.`);
}
