import type { AccountStore } from "./accounts.ts";
import type { AliasStore } from "./aliases.ts";
import type { ConfigFileStore } from "./config-files.ts";
import type { DomainAliasStore } from "./domain-aliases.ts";
import type { DomainStore } from "./domains.ts";
import type { ServerStore } from "./server.ts";

/**
 * What XMail can do, whoever does it: `ctrl/` while the server runs, `tab/` while it is stopped. Implementations
 * refuse with the named errors and change nothing then; `src/testing/backend-suite.ts` is their contract.
 */
export interface Backend {
  readonly kind: "ctrl" | "tab" | "ctrl+files";
  readonly domains: DomainStore;
  readonly accounts: AccountStore;
  readonly aliases: AliasStore;
  readonly domainAliases: DomainAliasStore;
  readonly server: ServerStore;
  readonly files: ConfigFileStore;
  close(): Promise<void>;
}
