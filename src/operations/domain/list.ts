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
    const [accounts, aliases] = await Promise.all([
      ctx.xmail.accounts.counts(ctx),
      ctx.xmail.aliases.counts(ctx),
    ]);
    const rows = names.map((domain): DomainListRow => {
      const { user = 0, list = 0 } = accounts.get(foldName(domain)) ?? {};
      return { domain, accounts: user, lists: list, aliases: aliases.get(foldName(domain)) ?? 0 };
    });
    return cutPage(rows, (row) => row.domain, { cursor, limit });
  },
});
