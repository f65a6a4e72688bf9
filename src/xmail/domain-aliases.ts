import type { CallOptions } from "./call-options.ts";

/** Mail to `alias` goes to the accounts of `real`. `alias` may hold `*` and `?`. */
export interface DomainAliasRow {
  readonly alias: string;
  readonly real: string;
}

export interface DomainAliasStore {
  /** Order of `aliasdomain.tab`. */
  list(options?: CallOptions): Promise<readonly DomainAliasRow[]>;
  /** `DOMAIN_NOT_FOUND` (the real one), `DOMAIN_ALIAS_EXISTS` (also when `alias` is a real domain). */
  add(row: DomainAliasRow, options?: CallOptions): Promise<void>;
  /** `DOMAIN_ALIAS_NOT_FOUND`. */
  remove(alias: string, options?: CallOptions): Promise<void>;
}
