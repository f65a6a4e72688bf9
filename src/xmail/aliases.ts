import type { CallOptions } from "./call-options.ts";

/** `domain` and `alias` may hold `*` and `?`; `target` is a full address of a local account. */
export interface AliasRow {
  readonly domain: string;
  readonly alias: string;
  readonly target: string;
}

export interface AliasStore {
  /** Order of `aliases.tab`; targets without a domain are completed with the row's own. Exact domain text, if given. */
  list(domain?: string, options?: CallOptions): Promise<readonly AliasRow[]>;
  /** `ALIAS_EXISTS`, `ACCOUNT_EXISTS` (a real account has the name), `ACCOUNT_NOT_FOUND` (the target). */
  add(row: AliasRow, options?: CallOptions): Promise<void>;
  /** Exact text, wildcards included. `ALIAS_NOT_FOUND`. */
  remove(domain: string, alias: string, options?: CallOptions): Promise<void>;
}
