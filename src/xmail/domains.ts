import type { CallOptions } from "./call-options.ts";

/** What goes when a domain goes. */
export interface DomainHoldings {
  readonly accounts: number;
  readonly lists: number;
  /** Rows of `aliases.tab` with this domain. */
  readonly aliases: number;
  /** Domain aliases that lead to it. */
  readonly domainAliases: number;
  /** Rows of `extaliases.tab` that lead to its accounts. */
  readonly externalAliases: number;
  /** Rows of `pop3links.tab` for its accounts. */
  readonly popLinks: number;
  /** Files of `cmdaliases/<domain>`. */
  readonly commandAliases: number;
  /** Whether the domain has steps of its own, in `domains/<domain>/mailproc.tab`. */
  readonly ownSteps: boolean;
  /** Aliases of other domains, and of patterns, that lead to its accounts: they stay, and lead nowhere. */
  readonly foreignAliases: number;
  /** Messages and bytes in all its mailboxes. */
  readonly messages: number;
  readonly bytes: number;
}

export interface DomainStore {
  /** Names in the order of `domains.tab`, lower case. */
  list(options?: CallOptions): Promise<readonly string[]>;
  /** `DOMAIN_EXISTS`, also when the name is a domain alias by exact text. */
  add(domain: string, options?: CallOptions): Promise<void>;
  /** Everything that `holdings` counts goes with it, but for foreign aliases. `DOMAIN_NOT_FOUND`. */
  remove(domain: string, options?: CallOptions): Promise<void>;
  /** `DOMAIN_NOT_FOUND`. */
  holdings(domain: string, options?: CallOptions): Promise<DomainHoldings>;
}
