import { defineOperation } from "../../kernel/operation.ts";
import { Type } from "../../kernel/schema.ts";
import { domainTarget } from "../../kernel/target.ts";
import type { AliasRow as AliasRowOf } from "../../xmail/aliases.ts";
import { ExistingDomainPattern, fields, Search } from "../fields.ts";
import { pageFrom, pageOf, pagingFields, placeOf } from "../paging.ts";
import { AliasRow, kindOf } from "./rows.ts";

export const aliasList = defineOperation({
  name: "alias.list",
  summary: "List aliases, in the order XMail tries them within a domain",
  effect: "read",
  input: fields({
    domain: Type.Optional(ExistingDomainPattern),
    search: Type.Optional(Search),
    ...pagingFields,
  }),
  output: pageOf(AliasRow),
  errors: [],
  http: "GET /aliases",
  each: (row) => domainTarget(row.domain),
  async handler(ctx, { domain, search, cursor, limit }) {
    const sight = ctx.sight<AliasRowOf>((row) => domainTarget(row.domain));
    const page = await ctx.xmail.aliases.page(
      {
        ...placeOf({ cursor, limit }),
        sort: "tried",
        ...(domain === undefined ? {} : { domain }),
        ...(search === undefined ? {} : { search }),
        ...(sight ? { sight } : {}),
      },
      ctx,
    );
    const { items, ...rest } = pageFrom(page);
    return { ...rest, items: items.map((row) => ({ ...row, kind: kindOf(row) })) };
  },
});
