import type { CallOptions, ManyOptions } from "./call-options.ts";
import type { RowsPage, RowsRequest } from "./rows-page.ts";

/** `domain` and `alias` may hold `*` and `?`; `target` is a full address of a local account. */
export interface AliasRow {
  readonly domain: string;
  readonly alias: string;
  readonly target: string;
}

/** The order in which XMail tries the aliases of a domain. */
export type AliasSort = "tried";

export interface AliasStore {
  /** Order of `aliases.tab`; targets without a domain are completed with the row's own. Exact domain text, if given. */
  list(domain?: string, options?: CallOptions): Promise<readonly AliasRow[]>;
  /** One page of them in the order in which XMail tries them within a domain. */
  page(request: RowsRequest<AliasRow, AliasSort>, options?: CallOptions): Promise<RowsPage<AliasRow>>;
  /** By domain, in lower case; domains without aliases are left out. */
  counts(options?: CallOptions): Promise<ReadonlyMap<string, number>>;
  /** `ALIAS_EXISTS`, `ACCOUNT_EXISTS` (a real account has the name), `ACCOUNT_NOT_FOUND` (the target). */
  add(row: AliasRow, options?: CallOptions): Promise<void>;
  /** All of them or none, for imports; refuses as `add` does. */
  addAll(rows: readonly AliasRow[], options?: ManyOptions): Promise<void>;
  /** Exact text, wildcards included. `ALIAS_NOT_FOUND`. */
  remove(domain: string, alias: string, options?: CallOptions): Promise<void>;
}
