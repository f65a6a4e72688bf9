import { defineOperation } from "../../kernel/operation.ts";
import { Type } from "../../kernel/schema.ts";
import { domainTarget } from "../../kernel/target.ts";
import { foldName } from "../../xmail/names.ts";
import { ExistingDomainPattern, fields, Search } from "../fields.ts";
import { cutPage, pageOf, pagingFields } from "../paging.ts";
import { searchFor } from "../search.ts";
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
    const wanted = searchFor(search);
    const rows = (await ctx.xmail.aliases.list(domain, ctx))
      .filter((row) => ctx.sees(domainTarget(row.domain)))
      .filter((row) => wanted(`${row.alias}@${row.domain} ${row.target}`))
      .map((row) => ({ ...row, kind: kindOf(row) }));
    return cutPage(rows, tryKey, { cursor, limit });
  },
});

/** Longer than any pattern, so that the difference sorts the longest first. */
const LONGEST = 100_000;

/** Exact ones first, then patterns by length of their text, longest first: XMail's own order (files.md). */
function tryKey(row: { domain: string; alias: string; kind: string }): string {
  const length = row.kind === "exact" ? 0 : LONGEST - row.domain.length - row.alias.length;
  return [
    foldName(row.domain),
    row.kind === "exact" ? 0 : 1,
    String(length).padStart(6, "0"),
    foldName(row.alias),
  ].join("\0");
}
