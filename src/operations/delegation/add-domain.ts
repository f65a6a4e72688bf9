import { fail, failField } from "../../errors/error.ts";
import type { Context } from "../../kernel/context.ts";
import { defineOperation } from "../../kernel/operation.ts";
import { Type } from "../../kernel/schema.ts";
import { domainTarget } from "../../kernel/target.ts";
import { FILES } from "../../tab/files.ts";
import { pathOf } from "../../tab/table-file.ts";
import { foldName, sameName } from "../../xmail/names.ts";
import { domainAliasFor } from "../../xmail/resolution.ts";
import { DomainName, ExistingDomain, fields } from "../fields.ts";
import { WhichPerson } from "../people/fields.ts";
import { noSuchPerson, peopleOf, personFound } from "../people/found.ts";

export const delegationAddDomain = defineOperation({
  name: "delegation.addDomain",
  summary: "Make a domain below one that is held, and add it to the delegation",
  effect: "write",
  input: fields({
    domain: ExistingDomain,
    subdomain: DomainName,
    person: Type.Optional(WhichPerson),
  }),
  output: fields({ domain: Type.String() }),
  errors: ["BAD_CONFIG", "CONFLICT", "DOMAIN_EXISTS", "FORBIDDEN", "LIMIT_REACHED", "NOT_FOUND"],
  http: "POST /domains/{domain}/subdomains",
  // Only below what is held: a domain of any other name would take the mail that others get by it.
  target: ({ domain }) => domainTarget(domain),
  async handler(ctx, { domain: held, subdomain, person }) {
    const { id, delegation } = await personFound(ctx, person ?? ctx.actor.id);
    if (!delegation) noSuchPerson();
    const domain = foldName(`${subdomain}.${held}`);
    if (domain.length > 253)
      failField("subdomain", "maxLength", "subdomain is too long.", 253 - held.length - 1);
    await requireNobodys(ctx, domain, held);
    const people = peopleOf(ctx);
    await people.takeSubdomain(id, domain, "trying");
    await ctx.xmail.domains.add(domain, ctx);
    ctx.whenApplied(() => people.takeSubdomain(id, domain, "taking"));
    return { domain };
  },
});

/**
 * `CONFLICT` where mail for the name goes to another domain already, or the name lies below another domain of this server
 * that the actor does not hold: it may be somebody else's.
 */
async function requireNobodys(ctx: Context, domain: string, held: string): Promise<void> {
  const between = (await ctx.xmail.domains.list(ctx))
    .map(foldName)
    .filter((other) => domain.endsWith(`.${other}`) && other.endsWith(`.${foldName(held)}`));
  if (between.some((other) => !ctx.sees(domainTarget(other)))) {
    fail("CONFLICT", `${domain} lies below another domain of this server.`);
  }
  if ((await ctx.xmail.files.read(pathOf(FILES.customDomain, { domain }), ctx)) !== null) {
    fail("CONFLICT", `Mail for ${domain} goes through steps of its own already.`);
  }
  const taken = domainAliasFor(await ctx.xmail.domainAliases.list(ctx), domain);
  if (taken && !sameName(taken.real, held)) {
    fail("CONFLICT", `Mail for ${domain} goes to another domain already.`);
  }
}
