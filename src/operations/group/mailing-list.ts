import { fail } from "../../errors/error.ts";
import { defineOperation } from "../../kernel/operation.ts";
import { Type } from "../../kernel/schema.ts";
import { SERVER } from "../../kernel/target.ts";
import { addressOf, foldName } from "../../xmail/names.ts";
import { Count, fields } from "../fields.ts";
import { Rights } from "../member/fields.ts";
import { GroupNamed, WhichGroup } from "./fields.ts";
import { refOf } from "./found.ts";
import { reached } from "./whom.ts";

export const groupFillList = defineOperation({
  name: "group.fillList",
  summary:
    "Put a group's current members on its mailing list, and take off it those whose days are not now; all others stay",
  effect: "write",
  input: fields({ group: WhichGroup, rights: Type.Optional(Rights) }),
  output: fields({ ...GroupNamed.properties, list: Type.String(), added: Count, removed: Count }),
  errors: ["ACCOUNT_NOT_FOUND", "BAD_CONFIG", "CONFLICT", "NOT_A_LIST", "NOT_FOUND"],
  http: "POST /groups/{group}/fill-list",
  target: () => SERVER,
  async handler(ctx, { group: which, rights = "RW" }) {
    const { group, members } = await reached(ctx, which);
    const { id, name, list } = group;
    if (list === "") fail("CONFLICT", `The group ${name} has no mailing list: set one first.`);
    const current = new Set(members.map((member) => foldName(addressOf(member))));
    const ours = new Set(group.members.map((member) => foldName(addressOf(member))));
    const onList = (await ctx.xmail.mailingLists.members(refOf(list), ctx)).map(({ address }) => address);
    const there = new Set(onList.map(foldName));
    const added = [...current].filter((address) => !there.has(address));
    const removed = [...new Set(onList)].filter((address) => {
      const folded = foldName(address);
      return ours.has(folded) && !current.has(folded);
    });
    if (removed.length > 0) await ctx.xmail.mailingLists.remove(refOf(list), removed, ctx);
    const entries = added.map((address) => ({ address, permissions: rights }));
    if (entries.length > 0) await ctx.xmail.mailingLists.add(refOf(list), entries, ctx);
    return { id, name, list, added: added.length, removed: removed.length };
  },
});
