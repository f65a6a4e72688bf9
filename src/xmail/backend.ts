import type { AccountStore } from "./accounts.ts";
import type { AliasStore } from "./aliases.ts";
import type { CallOptions } from "./call-options.ts";
import type { ChangeSet, Recovery, Rehearsal } from "./change-set.ts";
import type { ConfigFileStore } from "./config-files.ts";
import type { DomainAliasStore } from "./domain-aliases.ts";
import type { DomainStore } from "./domains.ts";
import type { ExternalAliasStore } from "./external-aliases.ts";
import type { LogStore } from "./logs.ts";
import type { MailboxStore } from "./mailboxes.ts";
import type { MailingListStore } from "./mailing-lists.ts";
import type { PopLinkStore } from "./pop-links.ts";
import type { Post } from "./post.ts";
import type { ServerStore } from "./server.ts";
import type { SpoolStore } from "./spool.ts";

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
  readonly externalAliases: ExternalAliasStore;
  readonly mailingLists: MailingListStore;
  readonly popLinks: PopLinkStore;
  readonly server: ServerStore;
  readonly files: ConfigFileStore;
  /** XMail's logs; absent where the MailRoot is out of reach, as by the control port alone. */
  readonly logs?: LogStore;
  /** What is in mailboxes; absent where their files are out of reach, as by the control port alone. */
  readonly mailboxes?: MailboxStore;
  /** The queue; absent where neither its files nor the control port can be reached. */
  readonly spool?: SpoolStore;
  /** Dry run, history and undo; a backend of somebody else's may be without. */
  readonly changes?: ChangeMaker;
  /** Where mail can be given to XMail; absent where its spool is out of reach, as by the control port alone. */
  readonly post?: Post;
  close(): Promise<void>;
}

/** How a backend makes changes that are known beforehand. */
export interface ChangeMaker {
  /**
   * Runs `work` on a copy that nobody else sees. What it refuses, it refuses as it would in earnest; what it reads after
   * a change of its own, it reads changed.
   */
  rehearse<T>(work: (xmail: Backend) => Promise<T>, options?: CallOptions): Promise<Rehearsal<T>>;
  /**
   * The change that takes back an earlier one, against what stands there now; what others changed elsewhere stays.
   * `CONFLICT` when the same lines were changed since, with both versions in `internal`; `NOT_FOUND` when what was kept is
   * gone from the bin.
   */
  takeBack(changes: ChangeSet, options?: CallOptions): Promise<Rehearsal<void>>;
  /** Finishes or rolls back what a killed process left half done; asked when a program starts, and before each change. */
  recover(options?: CallOptions): Promise<readonly Recovery[]>;
  /** Whether a change is under way, or was left half done. Looks without waiting, and loads nothing for it. */
  unfinished(options?: CallOptions): Promise<boolean>;
  /** Removes for good what has been in the bin since before `olderThan`; resolves how many folders. */
  emptyBin(olderThan: Date, options?: CallOptions): Promise<number>;
}
