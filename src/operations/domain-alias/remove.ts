import { fail } from "../../errors/error.ts";
import { defineOperation } from "../../kernel/operation.ts";
import { SERVER } from "../../kernel/target.ts";
import { sameName } from "../../xmail/names.ts";
import { ExistingDomain, ExistingDomainPattern, fields } from "../fields.ts";
import { DomainAliasRow } from "./rows.ts";

export const domainAliasRemove = defineOperation({
  name: "domainAlias.remove",
  summary: "Stop another domain's mail from going to this domain",
  effect: "destroy",
  input: fields({ domain: ExistingDomain, alias: ExistingDomainPattern }),
  output: DomainAliasRow,
  errors: ["DOMAIN_ALIAS_NOT_FOUND"],
  http: "DELETE /domains/{domain}/domain-aliases/{alias}",
  target: () => SERVER,
  async handler(ctx, { domain, alias }) {
    // XMail removes by the alias alone; the domain in the request must be the one it leads to.
    const row = (await ctx.xmail.domainAliases.list(ctx)).find((known) => sameName(known.alias, alias));
    if (!row || !sameName(row.real, domain)) fail("DOMAIN_ALIAS_NOT_FOUND");
    await ctx.xmail.domainAliases.remove(row.alias, ctx);
    return { alias: row.alias, domain: row.real };
  },
});
