import type { AliasRow } from "./aliases.ts";
import type { DomainAliasRow } from "./domain-aliases.ts";
import { foldName, sameName } from "./names.ts";

/**
 * XMail's wildcards, without case: `*` any text, `?` one character, `[a-z]` a set, `\` takes the next one as it is.
 */
export function matchesPattern(pattern: string, text: string): boolean {
  return compilePattern(foldName(pattern)).test(foldName(text));
}

function compilePattern(pattern: string): RegExp {
  let source = "";
  for (let i = 0; i < pattern.length; i++) {
    const letter = pattern.charAt(i);
    const set = letter === "[" ? /^\[([^\]]+)\]/.exec(pattern.slice(i)) : null;
    if (letter === "*") source += ".*";
    else if (letter === "?") source += ".";
    else if (set) {
      source += `[${(set[1] ?? "").replace(/[\\\]^]/g, "\\$&")}]`;
      i += set[0].length - 1;
    } else {
      if (letter === "\\" && i + 1 < pattern.length) i++;
      source += pattern.charAt(i).replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");
    }
  }
  return new RegExp(`^${source}$`, "s");
}

/**
 * The domain alias XMail uses for `domain`: exact text before patterns. Among patterns XMail takes the first in the
 * order of its index, which no file shows; we take the first row of the file.
 */
export function domainAliasFor(rows: readonly DomainAliasRow[], domain: string): DomainAliasRow | null {
  return (
    rows.find((row) => sameName(row.alias, domain)) ??
    rows.find((row) => matchesPattern(row.alias, domain)) ??
    null
  );
}

/** The alias XMail uses: exact text first, then of the patterns that match the one with the longest text. */
export function aliasFor(rows: readonly AliasRow[], domain: string, name: string): AliasRow | null {
  const exact = rows.find((row) => sameName(row.domain, domain) && sameName(row.alias, name));
  if (exact) return exact;
  let best: AliasRow | null = null;
  for (const row of rows) {
    if (!matchesPattern(row.domain, domain) || !matchesPattern(row.alias, name)) continue;
    if (!best || textLength(row) > textLength(best)) best = row;
  }
  return best;
}

function textLength(row: AliasRow): number {
  return row.domain.length + row.alias.length;
}
