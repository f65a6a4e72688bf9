import { defineOperation } from "../../kernel/operation.ts";
import { SERVER } from "../../kernel/target.ts";
import { foldName } from "../../xmail/names.ts";
import { DomainKey, ExistingDomain, fields } from "../fields.ts";
import { Holdings } from "./rows.ts";

export const domainRemove = defineOperation({
  name: "domain.remove",
  summary: "Remove a domain with all its accounts, mail, aliases and links",
  effect: "destroy",
  input: DomainKey,
  output: fields({ domain: ExistingDomain, lost: Holdings }),
  errors: ["DOMAIN_NOT_FOUND"],
  http: "DELETE /domains/{domain}",
  // Whether a domain is served is a matter of the server, like domain.add.
  target: () => SERVER,
  async handler(ctx, input) {
    const domain = foldName(input.domain);
    const lost = await ctx.xmail.domains.holdings(domain, ctx);
    await ctx.xmail.domains.remove(domain, ctx);
    const { people, groups } = ctx;
    if (people) ctx.whenApplied(() => people.forgetDomain(domain));
    if (groups) ctx.whenApplied(() => groups.forgetDomain(domain));
    return { domain, lost };
  },
});
