import { defineOperation } from "../../kernel/operation.ts";
import { domainTarget } from "../../kernel/target.ts";
import { foldName } from "../../xmail/names.ts";
import { DomainKey, ExistingDomain, fields } from "../fields.ts";
import { Holdings } from "./rows.ts";

export const domainGet = defineOperation({
  name: "domain.get",
  summary: "Show one domain and all that would be lost with it",
  effect: "read",
  input: DomainKey,
  output: fields({ domain: ExistingDomain, holdings: Holdings }),
  errors: ["DOMAIN_NOT_FOUND"],
  http: "GET /domains/{domain}",
  target: ({ domain }) => domainTarget(domain),
  async handler(ctx, { domain }) {
    const holdings = await ctx.xmail.domains.holdings(foldName(domain), ctx);
    return { domain: foldName(domain), holdings };
  },
});
