import type { AliasRow } from "./aliases.ts";
import type { DomainAliasRow } from "./domain-aliases.ts";
import { sameName } from "./names.ts";
import { patternMatcher } from "./pattern.ts";

/**
 * The domain alias XMail uses for `domain`: exact text before patterns. Among patterns XMail takes the first in the
 * order of its index, which no file shows; we take the first row of the file.
 */
export function domainAliasFor(rows: readonly DomainAliasRow[], domain: string): DomainAliasRow | null {
  return (
    rows.find((row) => sameName(row.alias, domain)) ??
    rows.find((row) => patternMatcher(row.alias)(domain)) ??
    null
  );
}

/** The alias XMail uses: exact text first, then of the patterns that match the one with the longest text. */
export function aliasFor(rows: readonly AliasRow[], domain: string, name: string): AliasRow | null {
  const exact = rows.find((row) => sameName(row.domain, domain) && sameName(row.alias, name));
  if (exact) return exact;
  let best: AliasRow | null = null;
  for (const row of rows) {
    if (!patternMatcher(row.domain)(domain) || !patternMatcher(row.alias)(name)) continue;
    if (!best || textLength(row) > textLength(best)) best = row;
  }
  return best;
}

function textLength(row: AliasRow): number {
  return row.domain.length + row.alias.length;
}
