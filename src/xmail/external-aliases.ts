import type { CallOptions } from "./call-options.ts";

/** Mail that `local` sends to accounts of this server goes out as `remote`. Full addresses. */
export interface ExternalAliasRow {
  readonly local: string;
  readonly remote: string;
}

export interface ExternalAliasStore {
  /** Order of `extaliases.tab`. */
  list(options?: CallOptions): Promise<readonly ExternalAliasRow[]>;
  /** XMail does not look whether `local` exists. `EXTERNAL_ALIAS_EXISTS` (for `remote`), `INVALID_INPUT`. */
  add(row: ExternalAliasRow, options?: CallOptions): Promise<void>;
  /** `EXTERNAL_ALIAS_NOT_FOUND`. */
  remove(remote: string, options?: CallOptions): Promise<void>;
}
