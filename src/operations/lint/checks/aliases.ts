import { FILES } from "../../../tab/files.ts";
import type { AliasRow } from "../../../xmail/aliases.ts";
import { addressOf, foldName, sameName } from "../../../xmail/names.ts";
import { partsOf } from "../../mail/finding-accounts.ts";
import { finding, fixBy, type LintFinding } from "../codes.ts";
import type { AliasIndex, Facts } from "../facts.ts";

const WILD = /[*?[\\]/;

/** Aliases that lead nowhere, or are never asked. */
export async function checkAliases(facts: Facts): Promise<LintFinding[]> {
  const [aliases, accounts] = [await facts.aliases(), await facts.accounts()];
  const domains = await facts.domains();
  const second = await facts.ctx.xmail.domainAliases.list(facts.ctx);
  const known = new Set([...domains, ...second.map(({ alias }) => alias)].map(foldName));
  const patterns = second.some(({ alias }) => WILD.test(alias));
  return aliases.rows.flatMap((row) => {
    const address = `${row.alias}@${row.domain}`;
    const fix = fixBy("alias.remove", { domain: row.domain, alias: row.alias });
    const more = { file: FILES.aliases.path, values: { alias: address, target: row.target }, fix };
    if (accounts.has(foldName(address))) return [finding("aliasShadowed", more)];
    if (!WILD.test(row.domain) && !patterns && !known.has(foldName(row.domain))) {
      return [finding("aliasNoDomain", more)];
    }
    const target = partsOf(row.target);
    if (target && accounts.has(foldName(addressOf(target)))) return [];
    const next = target && aliases.find(target);
    if (!next) return [finding("aliasDangling", more)];
    return [finding(isLoop(row, aliases) ? "aliasLoop" : "aliasOfAlias", more)];
  });
}

/** Whether somebody who follows alias after alias comes back to it; XMail follows one and gives up. */
function isLoop(row: AliasRow, aliases: AliasIndex): boolean {
  const seen = new Set<AliasRow>();
  for (let at: AliasRow | null = row; at !== null; ) {
    if (seen.has(at)) return at === row;
    seen.add(at);
    const target = partsOf(at.target);
    at = target && aliases.find(target);
  }
  return false;
}

export async function checkDomainAliases(facts: Facts): Promise<LintFinding[]> {
  const domains = await facts.domains();
  const rows = await facts.ctx.xmail.domainAliases.list(facts.ctx);
  const file = FILES.domainAliases.path;
  const names = new Set(domains.map(foldName));
  return rows.flatMap((row, index) => {
    const { alias, real } = row;
    const values = { alias, domain: real };
    const fix = fixBy("domainAlias.remove", { domain: real, alias });
    if (!names.has(foldName(real))) return [finding("domainAliasDangling", { file, values, fix })];
    if (names.has(foldName(alias))) return [finding("domainAliasShadowed", { file, values, fix })];
    const other = rows.find(
      (one, at) =>
        at < index && WILD.test(alias) && coversText(one.alias, alias) && !sameName(one.real, real),
    );
    return other ? [finding("domainAliasOverlap", { file, values: { ...values, other: other.alias } })] : [];
  });
}

/** Whether all that fits the second pattern fits the first; only where that is certain. */
export function coversText(wide: string, narrow: string): boolean {
  if (!wide.includes("*") || /[?[\\]/.test(wide) || /[[\\]/.test(narrow)) return false;
  const escaped = wide.replace(/[.+^${}()|]/g, "\\$&").replaceAll("*", ".*");
  return new RegExp(`^${escaped}$`, "i").test(narrow);
}
