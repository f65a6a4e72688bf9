import { fail } from "../../errors/error.ts";
import type { Context } from "../../kernel/context.ts";
import { countsIn } from "../../kernel/limits.ts";
import { defineOperation } from "../../kernel/operation.ts";
import { NO_DELEGATION } from "../../kernel/people.ts";
import { Type } from "../../kernel/schema.ts";
import { domainTarget, PEOPLE } from "../../kernel/target.ts";
import { foldName } from "../../xmail/names.ts";
import { Count, fields, Search } from "../fields.ts";
import { cutPage, pageOf, pagingFields } from "../paging.ts";
import { detailsOf } from "../people/details.ts";
import { WhichPerson } from "../people/fields.ts";
import { noSuchPerson, peopleOf, personFound } from "../people/found.ts";
import { memoFor } from "../people/memo.ts";
import { DelegationRow, limitRows, PersonDetails, personRow } from "../people/rows.ts";
import { byName } from "../person/list.ts";
import { searchFor } from "../search.ts";

export const delegationList = defineOperation({
  name: "delegation.list",
  summary: "List the delegated administrators with what is handed on to them",
  effect: "read",
  input: fields({
    parent: Type.Optional(WhichPerson),
    search: Type.Optional(Search),
    ...pagingFields,
  }),
  output: pageOf(DelegationRow),
  errors: ["BAD_CONFIG", "NOT_FOUND"],
  http: "GET /delegations",
  target: () => PEOPLE,
  async handler(ctx, { parent, search, cursor, limit }) {
    const all = await peopleOf(ctx).list();
    const above = parent === undefined ? null : await personFound(ctx, parent);
    const wanted = searchFor(search);
    const rows = all
      .filter((one) => one.role === "delegate" && (above === null || one.parent === above.id))
      .filter(({ name, alias, fullName, email, delegation }) =>
        [name, alias, fullName, email, ...(delegation?.domains ?? [])].some(wanted),
      )
      .map((one) => {
        const delegation = one.delegation ?? NO_DELEGATION;
        return {
          ...personRow(ctx, one, all),
          rights: [...delegation.rights],
          ...limitRows(delegation),
        };
      });
    return cutPage(rows.sort(byName), ({ name }) => foldName(name), { cursor, limit });
  },
});

const Used = fields({ domains: Count, accounts: Count, lists: Count, listMembers: Count, aliases: Count });

export const delegationGet = defineOperation({
  name: "delegation.get",
  summary: "Show a delegation, and how much of what may be is there; one's own, if none is named",
  effect: "read",
  input: fields({ person: Type.Optional(WhichPerson) }),
  output: fields({ ...PersonDetails.properties, used: Used }),
  errors: ["BAD_CONFIG", "NOT_FOUND"],
  http: "GET /delegation",
  target: () => PEOPLE,
  async handler(ctx, { person }) {
    const found = await personFound(ctx, person ?? ctx.actor.id);
    if (!found.delegation) return noSuchPerson();
    return {
      ...(await detailsOf(ctx, found)),
      memo: memoFor(ctx, found),
      used: await usedOf(ctx, found.delegation.domains),
    };
  },
});

async function usedOf({ xmail, signal }: Context, domains: readonly string[]) {
  if (signal.aborted) fail("ABORTED");
  const counts = await countsIn(xmail, domains.map(domainTarget), [
    "accounts",
    "lists",
    "listMembers",
    "aliases",
  ]);
  return { domains: domains.length, ...counts };
}
