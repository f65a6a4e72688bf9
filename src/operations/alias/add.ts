import { fail, failField } from "../../errors/error.ts";
import { defineOperation } from "../../kernel/operation.ts";
import { WILDCARD } from "../../xmail/alias-rows.ts";
import { foldName, sameName } from "../../xmail/names.ts";
import { AliasName, AliasTarget, DomainPattern, fields } from "../fields.ts";
import { AliasRow, aliasReach, fullTarget, kindOf } from "./rows.ts";

export const aliasAdd = defineOperation({
  name: "alias.add",
  summary: "Make one address, or all that match a pattern, deliver to an existing account",
  effect: "write",
  input: fields({ domain: DomainPattern, alias: AliasName, target: AliasTarget }),
  output: AliasRow,
  errors: ["ALIAS_EXISTS", "ACCOUNT_EXISTS", "ACCOUNT_NOT_FOUND", "DOMAIN_NOT_FOUND"],
  http: "POST /domains/{domain}/aliases",
  target: ({ domain, target }) => aliasReach(domain, target),
  async handler(ctx, input) {
    const domain = foldName(input.domain);
    if (WILDCARD.test(domain) && !input.target.includes("@")) {
      failField("target", "full-address", "target: give the full address, because the domain is a pattern.");
    }
    // XMail takes any domain here, and the alias would wait for mail that never comes.
    if (
      !WILDCARD.test(domain) &&
      !(await ctx.xmail.domains.list(ctx)).some((known) => sameName(known, domain))
    ) {
      fail("DOMAIN_NOT_FOUND");
    }
    const row = { domain, alias: foldName(input.alias), target: fullTarget(domain, input.target) };
    await ctx.xmail.aliases.add(row, ctx);
    return { ...row, kind: kindOf(row) };
  },
});
