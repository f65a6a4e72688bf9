import { defineOperation } from "../../kernel/operation.ts";
import { type Static, Type } from "../../kernel/schema.ts";
import { domainTarget } from "../../kernel/target.ts";
import { foldName } from "../../xmail/names.ts";
import { Count, fields, Search } from "../fields.ts";
import { cutPage, pageOf, pagingFields } from "../paging.ts";
import { searchFor } from "../search.ts";

const DomainListRow = fields({ domain: Type.String(), accounts: Count, lists: Count, aliases: Count });
type DomainListRow = Static<typeof DomainListRow>;

export const domainList = defineOperation({
  name: "domain.list",
  summary: "List the domains of this server with what they hold",
  effect: "read",
  input: fields({ search: Type.Optional(Search), ...pagingFields }),
  output: pageOf(DomainListRow),
  errors: [],
  http: "GET /domains",
  each: (row) => domainTarget(row.domain),
  async handler(ctx, { search, cursor, limit }) {
    const wanted = searchFor(search);
    const names = (await ctx.xmail.domains.list(ctx)).filter(
      (domain) => wanted(domain) && ctx.sees(domainTarget(domain)),
    );
    const rows = new Map<string, DomainListRow>(
      names.map((domain) => [foldName(domain), { domain, accounts: 0, lists: 0, aliases: 0 }]),
    );
    for await (const account of ctx.xmail.accounts.list(undefined, ctx)) {
      const row = rows.get(foldName(account.domain));
      if (row) row[account.kind === "list" ? "lists" : "accounts"] += 1;
    }
    for (const alias of await ctx.xmail.aliases.list(undefined, ctx)) {
      const row = rows.get(foldName(alias.domain));
      if (row) row.aliases += 1;
    }
    return cutPage([...rows.values()], (row) => row.domain, { cursor, limit });
  },
});
