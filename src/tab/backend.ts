import { checkMailRoot } from "../check/mail-root.ts";
import { fail } from "../errors/error.ts";
import type { Storage } from "../storage/storage.ts";
import type { Backend } from "../xmail/backend.ts";
import { addAccount } from "./account-add.ts";
import type { MailboxFormat } from "./account-folder.ts";
import { removeAccount } from "./account-remove.ts";
import { accountFolder, isPassword, readAccount, readAccounts, setPassword } from "./accounts.ts";
import { addAlias, readAliases, removeAlias } from "./aliases.ts";
import { configFilesIn } from "./config-files.ts";
import { addDomainAlias, readDomainAliases, removeDomainAlias } from "./domain-aliases.ts";
import { DOMAINS, readDomains } from "./domain-lines.ts";
import { addDomain, removeDomain } from "./domains.ts";
import { readHoldings } from "./holdings.ts";
import { changing } from "./in-turn.ts";
import { stoppedStatus } from "./server.ts";
import { readUsage } from "./usage.ts";
import { readVariables, setVariables } from "./variables.ts";

export interface TabBackendOptions {
  /** A MailRoot. It stays open when the backend is closed. */
  readonly storage: Storage;
  /** How new accounts keep their mail (if absent: as the accounts there do, `Maildir` when there are none). */
  readonly mailboxFormat?: MailboxFormat;
}

/**
 * XMail's administration in the files of a **stopped** server: a running one would go on with what its index says.
 * `BAD_CONFIG` when the storage holds no MailRoot.
 */
export async function openTabBackend({ storage, mailboxFormat }: TabBackendOptions): Promise<Backend> {
  if ((await storage.stat(DOMAINS.path)) === null) {
    fail("BAD_CONFIG", "This folder is not a MailRoot: it has no domains.tab.");
  }
  return {
    kind: "tab",
    domains: {
      list: (call) => readDomains(storage, call),
      holdings: (domain, call) => readHoldings(storage, domain, call),
      add: (domain, call) => changing(storage, (held) => addDomain(held, domain, call), call),
      remove: (domain, call) => changing(storage, (held) => removeDomain(held, domain, call), call),
    },
    accounts: {
      list: async function* (domain, call) {
        yield* await readAccounts(storage, domain, call);
      },
      get: (ref, call) => readAccount(storage, ref, call),
      folder: (ref, call) => accountFolder(storage, ref, call),
      variables: (refs, call) => readVariables(storage, refs, call),
      usage: (refs, call) => readUsage(storage, refs, call),
      checkPassword: (ref, password, call) => isPassword(storage, ref, password, call),
      add: (account, call) =>
        changing(storage, (held) => addAccount(held, account, mailboxFormat, call), call),
      remove: (ref, call) => changing(storage, (held) => removeAccount(held, ref, call), call),
      setPassword: (ref, password, call) =>
        changing(storage, (held) => setPassword(held, ref, password, call), call),
      setVariables: (ref, changes, call) =>
        changing(storage, (held) => setVariables(held, ref, changes, call), call),
    },
    aliases: {
      list: (domain, call) => readAliases(storage, domain, call),
      add: (row, call) => changing(storage, (held) => addAlias(held, row, call), call),
      remove: (domain, alias, call) =>
        changing(storage, (held) => removeAlias(held, domain, alias, call), call),
    },
    domainAliases: {
      list: (call) => readDomainAliases(storage, call),
      add: (row, call) => changing(storage, (held) => addDomainAlias(held, row, call), call),
      remove: (alias, call) => changing(storage, (held) => removeDomainAlias(held, alias, call), call),
    },
    files: configFilesIn(storage),
    server: {
      status: async () => stoppedStatus(storage),
      check: () => checkMailRoot({ offline: true, open: async () => storage }),
    },
    async close() {},
  };
}
