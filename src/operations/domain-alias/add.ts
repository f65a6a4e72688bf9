import { defineOperation } from "../../kernel/operation.ts";
import { SERVER } from "../../kernel/target.ts";
import { foldName } from "../../xmail/names.ts";
import { DomainPattern, ExistingDomain, fields } from "../fields.ts";
import { DomainAliasRow } from "./rows.ts";

export const domainAliasAdd = defineOperation({
  name: "domainAlias.add",
  summary: "Make another domain's mail go to the accounts of an existing domain",
  effect: "write",
  input: fields({ domain: ExistingDomain, alias: DomainPattern }),
  output: DomainAliasRow,
  errors: ["DOMAIN_NOT_FOUND", "DOMAIN_ALIAS_EXISTS"],
  http: "POST /domains/{domain}/domain-aliases",
  // Each one takes a name for the whole server, so it is never one domain's matter alone.
  target: () => SERVER,
  async handler(ctx, input) {
    const row = { alias: foldName(input.alias), real: foldName(input.domain) };
    await ctx.xmail.domainAliases.add(row, ctx);
    return { alias: row.alias, domain: row.real };
  },
});
