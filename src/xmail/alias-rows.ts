import type { AliasRow, AliasSort } from "./aliases.ts";
import { foldName } from "./names.ts";
import type { RowKind } from "./rows-page.ts";

export const WILDCARD = /[*?[\]]/;
/** Longer than any pattern, so that the difference sorts the longest first. */
const LONGEST = 100_000;

export const ALIAS_ROWS: RowKind<AliasRow, AliasSort> = {
  domain: (row) => row.domain,
  text: ({ domain, alias, target }) => `${alias}@${domain} ${target}`,
  groups: ["alias"],
  group: () => "alias",
  /** Exact ones first, then patterns by length of their text, longest first: XMail's own order (files.md). */
  key({ domain, alias }) {
    const exact = !WILDCARD.test(alias) && !WILDCARD.test(domain);
    const length = exact ? 0 : LONGEST - domain.length - alias.length;
    return [foldName(domain), exact ? 0 : 1, String(length).padStart(6, "0"), foldName(alias)].join("\0");
  },
};
