import type { AccountRow, AccountSort } from "./accounts.ts";
import { addressOf, foldName } from "./names.ts";
import type { RowKind } from "./rows-page.ts";

/** NUL sorts before every letter and stands in no name, so the parts of a key cannot run into each other. */
export const ACCOUNT_ROWS: RowKind<AccountRow, AccountSort> = {
  domain: (row) => row.domain,
  text: addressOf,
  groups: ["user", "list"],
  group: ({ kind }) => kind,
  key(row, sort) {
    const name = foldName(row.name);
    const domain = foldName(row.domain);
    if (sort === "domain") return `${domain}\0${name}`;
    if (sort === "kind") return `${row.kind === "user" ? 0 : 1}\0${name}\0${domain}`;
    return `${name}\0${domain}`;
  },
};
