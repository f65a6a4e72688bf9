import { defineOperation } from "../../kernel/operation.ts";
import { Type } from "../../kernel/schema.ts";
import { SERVER } from "../../kernel/target.ts";
import { fields } from "../fields.ts";
import { vacationSet } from "../vacation/vacation.ts";
import { Outcome, WhichGroup, Whom } from "./fields.ts";
import { reached } from "./whom.ts";

const { domain: _, name: __, ...answer } = vacationSet.input.properties;

export const groupSetVacation = defineOperation({
  name: "group.setVacation",
  summary: "Answer the mail of all of a group's members while they are away, or stop answering",
  effect: "write",
  input: fields({ group: WhichGroup, whom: Type.Optional(Whom), ...answer }),
  output: Outcome,
  errors: ["BAD_CONFIG", "NOT_FOUND", ...vacationSet.errors.filter((code) => code !== "BAD_CONFIG")],
  http: "PUT /groups/{group}/vacation",
  target: () => SERVER,
  async handler(ctx, { group: which, whom, ...answer }) {
    const { group, members, gone } = await reached(ctx, which, whom);
    for (const [at, { domain, name }] of members.entries()) {
      await vacationSet.handler(ctx, { domain, name, ...answer });
      ctx.progress(at + 1, members.length);
    }
    return { id: group.id, name: group.name, changed: members.length, already: 0, gone };
  },
});
