import { defineOperation } from "../../kernel/operation.ts";
import { PEOPLE } from "../../kernel/target.ts";
import { detailsOf } from "../people/details.ts";
import { PersonKey } from "../people/fields.ts";
import { personFound } from "../people/found.ts";
import { memoFor } from "../people/memo.ts";
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
  async handler(ctx, { person }) {
    const found = await personFound(ctx, person);
    return { ...(await detailsOf(ctx, found)), memo: memoFor(ctx, found) };
  },
});
