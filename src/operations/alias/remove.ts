import { defineOperation } from "../../kernel/operation.ts";
import { domainTarget } from "../../kernel/target.ts";
import { ExistingAlias, ExistingDomainPattern, fields } from "../fields.ts";

const AliasKey = fields({ domain: ExistingDomainPattern, alias: ExistingAlias });

export const aliasRemove = defineOperation({
  name: "alias.remove",
  summary: "Remove an alias; the account it led to stays",
  effect: "destroy",
  input: AliasKey,
  output: AliasKey,
  errors: ["ALIAS_NOT_FOUND"],
  http: "DELETE /domains/{domain}/aliases/{alias}",
  target: ({ domain }) => domainTarget(domain),
  async handler(ctx, { domain, alias }) {
    await ctx.xmail.aliases.remove(domain, alias, ctx);
    return { domain, alias };
  },
});
