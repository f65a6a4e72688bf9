import { Type } from "../../kernel/schema.ts";
import { domainTarget, SERVER, type Target } from "../../kernel/target.ts";
import { WILDCARD } from "../../xmail/alias-rows.ts";
import { foldName } from "../../xmail/names.ts";
import { fields } from "../fields.ts";

const AliasKind = Type.Union([Type.Literal("exact"), Type.Literal("pattern"), Type.Literal("catch-all")], {
  description: "How it matches: one address, some, or all that nothing else takes",
});

export const AliasRow = fields({
  domain: Type.String(),
  alias: Type.String(),
  target: Type.String({ description: "Full address of the account that gets the mail" }),
  kind: AliasKind,
});

export function kindOf(row: { domain: string; alias: string }): "exact" | "pattern" | "catch-all" {
  if (/^\*+$/.test(row.alias)) return "catch-all";
  return WILDCARD.test(row.alias) || WILDCARD.test(row.domain) ? "pattern" : "exact";
}

/** `name` alone means an account of the alias's own domain, as in XMail. */
export function fullTarget(domain: string, target: string): string {
  return foldName(target.includes("@") ? target : `${target}@${domain}`);
}

/**
 * An alias inside one domain is that domain's matter; one that hands mail to another domain, or catches the mail of
 * several, is the server's.
 */
export function aliasReach(domain: string, target: string): Target {
  const own = fullTarget(domain, target).endsWith(`@${foldName(domain)}`);
  return own ? domainTarget(domain) : SERVER;
}
