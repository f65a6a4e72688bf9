import { defineOperation } from "../../kernel/operation.ts";
import { Type } from "../../kernel/schema.ts";
import { domainTarget } from "../../kernel/target.ts";
import { foldName, sameName } from "../../xmail/names.ts";
import { ExistingDomain, fields, Search } from "../fields.ts";
import { cutPage, pageOf, pagingFields } from "../paging.ts";
import { searchFor } from "../search.ts";
import { DomainAliasRow } from "./rows.ts";

export const domainAliasList = defineOperation({
  name: "domainAlias.list",
  summary: "List domains whose mail goes to the accounts of another domain",
  effect: "read",
  input: fields({
    domain: Type.Optional(ExistingDomain),
    search: Type.Optional(Search),
    ...pagingFields,
  }),
  output: pageOf(DomainAliasRow),
  errors: [],
  http: "GET /domain-aliases",
  each: (row) => domainTarget(row.domain),
  async handler(ctx, { domain, search, cursor, limit }) {
    const wanted = searchFor(search);
    const rows = (await ctx.xmail.domainAliases.list(ctx))
      .map(({ alias, real }) => ({ alias, domain: real }))
      .filter((row) => domain === undefined || sameName(row.domain, domain))
      .filter((row) => ctx.sees(domainTarget(row.domain)))
      .filter((row) => wanted(`${row.alias} ${row.domain}`));
    return cutPage(rows, (row) => `${foldName(row.alias)}\0${foldName(row.domain)}`, { cursor, limit });
  },
});
