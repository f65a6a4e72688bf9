import type { Context } from "../../kernel/context.ts";
import type { Group } from "../../kernel/groups.ts";
import { type Static, Type } from "../../kernel/schema.ts";
import { Count, fields, Moment, oneOf } from "../fields.ts";
import { dayOf } from "../people/person-in.ts";
import { memberState, stateOn } from "./days.ts";
import { GroupNamed } from "./fields.ts";

/** One group in a list. */
export const GroupRow = fields({
  ...GroupNamed.properties,
  state: oneOf(["active", "notYet", "over"], {
    description: "Whether the group's days are now; notYet and over: they have not come, or have gone",
  }),
  validFrom: Type.String(),
  validUntil: Type.String(),
  list: Type.String({ description: "Address of its mailing list; empty for none" }),
  responsible: Type.String(),
  members: Count,
});

export const GroupDetails = fields({
  ...GroupRow.properties,
  current: Type.Integer({ minimum: 0, description: "Members whose days are now" }),
  responsibleEmail: Type.String(),
  responsiblePhone: Type.String(),
  memo: Type.String(),
  createdAt: Moment,
});

export function groupRow({ now }: Pick<Context, "now">, group: Group): Static<typeof GroupRow> {
  const { id, name, validFrom, validUntil, list, responsible, members } = group;
  const state = stateOn(dayOf(now()), group);
  return { id, name, state, validFrom, validUntil, list, responsible, members: members.length };
}

export function groupDetails(ctx: Pick<Context, "now">, group: Group): Static<typeof GroupDetails> {
  const { responsibleEmail, responsiblePhone, memo, createdAt, members } = group;
  const current = members.filter((member) => memberState(ctx.now(), group, member) === "active").length;
  return { ...groupRow(ctx, group), current, responsibleEmail, responsiblePhone, memo, createdAt };
}
