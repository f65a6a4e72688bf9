import { defineOperation } from "../../kernel/operation.ts";
import { SERVER } from "../../kernel/target.ts";
import { foldName } from "../../xmail/names.ts";
import { DomainName, fields } from "../fields.ts";

export const domainAdd = defineOperation({
  name: "domain.add",
  summary: "Make this server accept mail for a domain",
  effect: "write",
  input: fields({ domain: DomainName }),
  output: fields({ domain: DomainName }),
  errors: ["DOMAIN_EXISTS"],
  http: "POST /domains",
  target: () => SERVER,
  async handler(ctx, input) {
    const domain = foldName(input.domain);
    await ctx.xmail.domains.add(domain, ctx);
    return { domain };
  },
});
