import { defineOperation } from "../../kernel/operation.ts";
import { PEOPLE } from "../../kernel/target.ts";
import { detailsOf } from "../people/details.ts";
import { PersonKey } from "../people/fields.ts";
import { personFound } from "../people/found.ts";
import { PersonDetails } from "../people/rows.ts";

export const personGet = defineOperation({
  name: "person.get",
  summary: "Show one person who may sign in",
  effect: "read",
  input: PersonKey,
  output: PersonDetails,
  errors: ["BAD_CONFIG", "NOT_FOUND"],
  http: "GET /people/{person}",
  target: () => PEOPLE,
  handler: async (ctx, { person }) => detailsOf(ctx, await personFound(ctx, person)),
});
