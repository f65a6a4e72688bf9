import { defineOperation } from "../../kernel/operation.ts";
import { NO_DELEGATION, NOBODY_YET } from "../../kernel/people.ts";
import { Type } from "../../kernel/schema.ts";
import { PEOPLE } from "../../kernel/target.ts";
import { fields } from "../fields.ts";
import { LoginName, LoginPassword, PersonNamed, personFields } from "../people/fields.ts";
import { peopleOf } from "../people/found.ts";
import { PasswordOnce, passwordFor } from "../people/password.ts";
import { changedPerson } from "../people/person-in.ts";
import { boundsBelow, daysWithin, NO_LIMITS, parentFor } from "./bounds.ts";
import { changedDelegation } from "./delegation-in.ts";
import { delegationFields } from "./fields.ts";

export const delegationAdd = defineOperation({
  name: "delegation.add",
  summary: "Hand domains on to a delegated administrator",
  effect: "write",
  input: fields({
    name: LoginName,
    password: Type.Optional(LoginPassword),
    ...delegationFields,
    ...personFields,
  }),
  output: fields({ ...PersonNamed.properties, password: PasswordOnce }),
  errors: ["BAD_CONFIG", "CONFLICT", "NOT_FOUND"],
  http: "POST /delegations",
  target: () => PEOPLE,
  ofOurs: true,
  asksAgain: true,
  async handler(ctx, { name, password: given, ...rest }) {
    const people = peopleOf(ctx);
    const parent = parentFor(ctx);
    const bounds = await boundsBelow(ctx, parent);
    const delegation = (await changedDelegation(ctx, bounds, { ...NO_LIMITS, ...rest }))(NO_DELEGATION);
    const nobody = { ...NOBODY_YET, role: "delegate" as const, name, parent, delegation };
    const person = daysWithin(changedPerson(nobody, rest), bounds);
    const { password, shown } = await passwordFor(people, given);
    const { id } = await people.add(person, password);
    return { id, name, password: shown };
  },
});
