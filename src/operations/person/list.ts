import { defineOperation } from "../../kernel/operation.ts";
import { Type } from "../../kernel/schema.ts";
import { PEOPLE } from "../../kernel/target.ts";
import { foldName } from "../../xmail/names.ts";
import { fields, Search } from "../fields.ts";
import { cutPage, pageOf, pagingFields } from "../paging.ts";
import { RoleChoice, WhichPerson } from "../people/fields.ts";
import { peopleOf, personFound } from "../people/found.ts";
import { PersonRow, personRow } from "../people/rows.ts";
import { searchFor } from "../search.ts";

export const personList = defineOperation({
  name: "person.list",
  summary: "List the people who may sign in",
  effect: "read",
  input: fields({
    role: Type.Optional(RoleChoice),
    parent: Type.Optional(WhichPerson),
    search: Type.Optional(Search),
    ...pagingFields,
  }),
  output: pageOf(PersonRow),
  errors: ["BAD_CONFIG", "NOT_FOUND"],
  http: "GET /people",
  target: () => PEOPLE,
  async handler(ctx, { role, parent, search, cursor, limit }) {
    const all = await peopleOf(ctx).list();
    const above = parent === undefined ? null : await personFound(ctx, parent);
    const wanted = searchFor(search);
    const rows = all
      .filter((one) => role === undefined || one.role === role)
      .filter((one) => above === null || one.parent === above.id)
      .filter(({ name, alias, fullName, email, delegation }) =>
        [name, alias, fullName, email, ...(delegation?.domains ?? [])].some(wanted),
      )
      .map((one) => personRow(ctx, one, all));
    return cutPage(rows.sort(byName), ({ name }) => foldName(name), { cursor, limit });
  },
});

/** No two people have one name, whatever its case. */
export function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return foldName(a.name) < foldName(b.name) ? -1 : 1;
}
