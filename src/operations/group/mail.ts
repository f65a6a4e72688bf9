import type { Context } from "../../kernel/context.ts";
import { defineOperation } from "../../kernel/operation.ts";
import { Type } from "../../kernel/schema.ts";
import { SERVER } from "../../kernel/target.ts";
import type { Variables } from "../../xmail/accounts.ts";
import { isSuspended, resumption, suspension } from "../account/services.ts";
import { fields } from "../fields.ts";
import { Outcome, WhichGroup, Whom } from "./fields.ts";
import { reached, type Whom as WhomReached } from "./whom.ts";

const base = {
  effect: "write",
  input: fields({ group: WhichGroup, whom: Type.Optional(Whom) }),
  output: Outcome,
  errors: ["ACCOUNT_NOT_FOUND", "BAD_CONFIG", "NOT_FOUND"],
  target: () => SERVER,
} as const;

export const groupSuspend = defineOperation({
  ...base,
  name: "group.suspend",
  summary: "Stop the accounts of a group's members: they cannot receive, fetch or send, and nothing is lost",
  http: "POST /groups/{group}/suspend",
  handler: (ctx, input) =>
    forEach(ctx, input, (variables) => (isSuspended(variables) ? null : suspension(variables))),
});

export const groupResume = defineOperation({
  ...base,
  name: "group.resume",
  summary: "Start the suspended accounts of a group's members again, with the settings they had before",
  http: "POST /groups/{group}/resume",
  handler: (ctx, input) =>
    forEach(ctx, input, (variables) => (isSuspended(variables) ? resumption(variables) : null)),
});

/** `null` from `change`: the account is so already. */
async function forEach(
  ctx: Context,
  { group: which, whom }: { readonly group: string; readonly whom?: WhomReached | undefined },
  change: (variables: Variables) => Map<string, string | null> | null,
) {
  const { group, members, gone } = await reached(ctx, which, whom);
  const variables = await ctx.xmail.accounts.variables(members, ctx);
  let changed = 0;
  for (const [at, ref] of members.entries()) {
    const changes = change(variables[at] ?? new Map());
    if (!changes) continue;
    await ctx.xmail.accounts.setVariables(ref, changes, ctx);
    changed += 1;
    ctx.progress(at + 1, members.length);
  }
  return { id: group.id, name: group.name, changed, already: members.length - changed, gone };
}
