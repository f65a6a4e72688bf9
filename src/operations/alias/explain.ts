import { fail } from "../../errors/error.ts";
import type { Context } from "../../kernel/context.ts";
import { defineOperation } from "../../kernel/operation.ts";
import { type Static, Type } from "../../kernel/schema.ts";
import { domainTarget } from "../../kernel/target.ts";
import { foldName, sameName } from "../../xmail/names.ts";
import { aliasFor, domainAliasFor } from "../../xmail/resolution.ts";
import { Address, fields, orNull } from "../fields.ts";

const Step = fields({
  /** Which table XMail asks; one page text a literal. */
  asks: Type.Union([
    Type.Literal("domain"),
    Type.Literal("domain-alias"),
    Type.Literal("account"),
    Type.Literal("alias"),
  ]),
  /** The row or name that decided, or `null` when nothing there matched. */
  found: orNull(Type.String()),
});
type Step = Static<typeof Step>;

export const aliasExplain = defineOperation({
  name: "alias.explain",
  summary: "Say which account mail to an address reaches, and by which steps",
  effect: "read",
  input: fields({ address: Address }),
  output: fields({ address: Type.String(), steps: Type.Array(Step), reaches: orNull(Type.String()) }),
  errors: [],
  http: "GET /addresses/{address}/route",
  target: ({ address }) => domainTarget(splitAddress(address).domain),
  async handler(ctx, { address }) {
    const steps: Step[] = [];
    const reaches = await follow(ctx, splitAddress(address), steps);
    return { address: foldName(address), steps, reaches };
  },
});

async function follow(
  ctx: Context,
  { name, domain }: { name: string; domain: string },
  steps: Step[],
): Promise<string | null> {
  const home = await homeDomain(ctx, domain, steps);
  if (home === null) return null;
  const account = await ctx.xmail.accounts.get({ domain: home, name }, ctx);
  steps.push({ asks: "account", found: account && `${account.name}@${account.domain}` });
  if (account) return foldName(`${account.name}@${account.domain}`);
  const alias = aliasFor(await ctx.xmail.aliases.list(undefined, ctx), home, name);
  steps.push({ asks: "alias", found: alias && `${alias.alias}@${alias.domain}` });
  // One step only: XMail does not follow an alias of an alias.
  return alias ? foldName(alias.target) : null;
}

async function homeDomain(ctx: Context, domain: string, steps: Step[]): Promise<string | null> {
  const real = (await ctx.xmail.domains.list(ctx)).find((known) => sameName(known, domain)) ?? null;
  steps.push({ asks: "domain", found: real });
  if (real !== null) return real;
  const row = domainAliasFor(await ctx.xmail.domainAliases.list(ctx), domain);
  steps.push({ asks: "domain-alias", found: row && `${row.alias} = ${row.real}` });
  // Who looks after the one domain learns nothing of the other's accounts.
  if (row && !ctx.sees(domainTarget(row.real))) fail("FORBIDDEN");
  return row?.real ?? null;
}

function splitAddress(address: string): { name: string; domain: string } {
  const at = address.lastIndexOf("@");
  return { name: address.slice(0, at), domain: foldName(address.slice(at + 1)) };
}
