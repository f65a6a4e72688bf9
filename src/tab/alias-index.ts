import type { Storage } from "../storage/storage.ts";
import { ALIAS_ROWS } from "../xmail/alias-rows.ts";
import type { AliasRow, AliasSort } from "../xmail/aliases.ts";
import type { CallOptions } from "../xmail/call-options.ts";
import type { RowsPage, RowsRequest } from "../xmail/rows-page.ts";
import { ALIASES, type AliasLine, aliasLine } from "./aliases.ts";
import { FILES } from "./files.ts";
import { keptIndex } from "./kept-index.ts";
import { indexRows } from "./row-index.ts";

const indexOf = keptIndex<AliasLine, AliasSort>(ALIASES, (bytes) =>
  indexRows<AliasLine, AliasSort>(bytes, {
    ...ALIAS_ROWS,
    format: FILES.aliases,
    read: aliasLine,
    sort: "tried",
    ahead: {},
  }),
);

/** One page of them, as lists show them. */
export async function pageOfAliases(
  storage: Storage,
  request: RowsRequest<AliasRow, AliasSort>,
  options?: CallOptions,
): Promise<RowsPage<AliasRow>> {
  const page = (await indexOf(storage, options)).page(request as RowsRequest<AliasLine, AliasSort>);
  return { ...page, items: page.items.map(({ key, row: { row: _, ...alias } }) => ({ key, row: alias })) };
}

export async function countAliases(
  storage: Storage,
  options?: CallOptions,
): Promise<ReadonlyMap<string, number>> {
  const { counts } = await indexOf(storage, options);
  return new Map([...counts].map(([domain, [count = 0]]) => [domain, count]));
}
