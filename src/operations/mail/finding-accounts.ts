import type { Context } from "../../kernel/context.ts";
import type { AccountRow } from "../../xmail/accounts.ts";
import type { AliasRow } from "../../xmail/aliases.ts";
import { type AccountRef, foldName, sameName } from "../../xmail/names.ts";
import { aliasFor, domainAliasFor } from "../../xmail/resolution.ts";

export interface Lookup {
  readonly account: AccountRow | null;
  /** The alias that was followed, or that leads nowhere. */
  readonly alias: AliasRow | null;
}

/** `null` for what is no address. */
export function partsOf(address: string): AccountRef | null {
  const at = address.lastIndexOf("@");
  if (at < 1 || at === address.length - 1) return null;
  return { name: address.slice(0, at), domain: foldName(address.slice(at + 1)) };
}

export async function isLocalDomain(ctx: Context, domain: string): Promise<boolean> {
  return (await ctx.xmail.domains.list(ctx)).some((known) => sameName(known, domain));
}

/** As XMail looks in one domain: an account of the name, else what the alias leads to. One step only. */
export async function lookUp(ctx: Context, ref: AccountRef): Promise<Lookup> {
  const account = await ctx.xmail.accounts.get(ref, ctx);
  if (account) return { account, alias: null };
  const alias = aliasFor(await ctx.xmail.aliases.list(undefined, ctx), ref.domain, ref.name);
  const target = alias && partsOf(alias.target);
  return { account: target && (await ctx.xmail.accounts.get(target, ctx)), alias };
}

/** In the domain as it is written, then in the one it is an alias of. */
export async function found(ctx: Context, ref: AccountRef): Promise<AccountRow | null> {
  const { account } = await lookUp(ctx, ref);
  if (account) return account;
  const row = domainAliasFor(await ctx.xmail.domainAliases.list(ctx), ref.domain);
  return row ? (await lookUp(ctx, { domain: row.real, name: ref.name })).account : null;
}
