import type { Context } from "../../kernel/context.ts";
import type { Group, GroupMember } from "../../kernel/groups.ts";
import { addressOf, foldName } from "../../xmail/names.ts";
import { memberState } from "./days.ts";
import { accountsThere, groupFound } from "./found.ts";

export type Whom = "current" | "over" | "all";

/** The members whom a step for many reaches, and how many of them are not there any more. `NOT_FOUND`. */
export async function reached(
  ctx: Context,
  which: string,
  whom: Whom = "current",
): Promise<{ readonly group: Group; readonly members: readonly GroupMember[]; readonly gone: number }> {
  const group = await groupFound(ctx, which);
  const state = whom === "current" ? "active" : whom;
  const wanted = group.members.filter(
    (member) => state === "all" || memberState(ctx.now(), group, member) === state,
  );
  const there = await accountsThere(ctx, wanted);
  const members = wanted.filter((member) => there.has(foldName(addressOf(member))));
  return { group, members, gone: wanted.length - members.length };
}
