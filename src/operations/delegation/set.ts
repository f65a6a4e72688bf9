import { defineOperation } from "../../kernel/operation.ts";
import { NO_DELEGATION } from "../../kernel/people.ts";
import { Type } from "../../kernel/schema.ts";
import { PEOPLE } from "../../kernel/target.ts";
import { fields } from "../fields.ts";
import { LoginName, PersonNamed, personFields, WhichPerson } from "../people/fields.ts";
import { noSuchPerson, otherFound, peopleOf } from "../people/found.ts";
import { changedPerson } from "../people/person-in.ts";
import { boundsBelow, daysWithin } from "./bounds.ts";
import { changedDelegation } from "./delegation-in.ts";
import { delegationFields } from "./fields.ts";

export const delegationSet = defineOperation({
  name: "delegation.set",
  summary: "Change a delegation: domains, limits, rights, the person, the sign-in page; the rest stays",
  effect: "write",
  input: fields({
    person: WhichPerson,
    name: Type.Optional(LoginName),
    ...delegationFields,
    ...personFields,
  }),
  output: PersonNamed,
  errors: ["BAD_CONFIG", "CONFLICT", "NOT_FOUND"],
  http: "PUT /delegations/{person}",
  target: () => PEOPLE,
  ofOurs: true,
  asksAgain: true,
  async handler(ctx, { person, ...given }) {
    const found = await otherFound(ctx, person);
    if (found.role !== "delegate") noSuchPerson();
    const bounds = await boundsBelow(ctx, found.parent);
    const changed = await changedDelegation(ctx, bounds, given);
    const { id, name } = await peopleOf(ctx).change(found.id, (one) => {
      const next = changedPerson(one, given);
      const days = given.validFrom === undefined && given.validUntil === undefined;
      return {
        ...(days ? next : daysWithin(next, bounds)),
        delegation: changed(one.delegation ?? NO_DELEGATION),
      };
    });
    return { id, name };
  },
});
