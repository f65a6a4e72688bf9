import { defineOperation } from "../../kernel/operation.ts";
import { Type } from "../../kernel/schema.ts";
import { SERVER } from "../../kernel/target.ts";
import { Count, fields } from "../fields.ts";
import { GroupKey, GroupName, GroupNamed, groupFields, WhichGroup } from "./fields.ts";
import { groupFound, groupsOf } from "./found.ts";
import { changedGroup, requireList } from "./group-in.ts";

const NOTHING_YET = {
  validFrom: "",
  validUntil: "",
  list: "",
  memo: "",
  responsible: "",
  responsibleEmail: "",
  responsiblePhone: "",
  members: [],
};

export const groupAdd = defineOperation({
  name: "group.add",
  summary: "Add a group of accounts, without members yet",
  effect: "write",
  input: fields({ name: GroupName, ...groupFields }),
  output: GroupNamed,
  errors: ["BAD_CONFIG", "CONFLICT"],
  http: "POST /groups",
  target: () => SERVER,
  ofOurs: true,
  async handler(ctx, given) {
    const wished = changedGroup({ ...NOTHING_YET, name: "" }, given);
    await requireList(ctx, given.list);
    const { id, name } = await groupsOf(ctx).add(wished);
    return { id, name };
  },
});

export const groupSet = defineOperation({
  name: "group.set",
  summary: "Change a group's name, days, mailing list, or who answers for it; the rest stays",
  effect: "write",
  input: fields({ group: WhichGroup, name: Type.Optional(GroupName), ...groupFields }),
  output: GroupNamed,
  errors: ["BAD_CONFIG", "CONFLICT", "NOT_FOUND"],
  http: "PUT /groups/{group}",
  target: () => SERVER,
  ofOurs: true,
  async handler(ctx, { group, ...given }) {
    const found = await groupFound(ctx, group);
    await requireList(ctx, given.list);
    const { id, name } = await groupsOf(ctx).change(found.id, (one) => changedGroup(one, given));
    return { id, name };
  },
});

export const groupRemove = defineOperation({
  name: "group.remove",
  summary: "Remove a group; its accounts and its mailing list stay as they are",
  effect: "destroy",
  input: GroupKey,
  output: fields({ ...GroupNamed.properties, members: Count }),
  errors: ["BAD_CONFIG", "NOT_FOUND"],
  http: "DELETE /groups/{group}",
  target: () => SERVER,
  ofOurs: true,
  async handler(ctx, { group }) {
    const { id, name, members } = await groupFound(ctx, group);
    await groupsOf(ctx).remove(id);
    return { id, name, members: members.length };
  },
});
