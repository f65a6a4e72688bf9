import { checkMailRoot } from "../check/mail-root.ts";
import { fail } from "../errors/error.ts";
import type { Storage } from "../storage/storage.ts";
import type { Backend } from "../xmail/backend.ts";
import { addAccount, addAccounts } from "./account-add.ts";
import { readFacts } from "./account-facts.ts";
import type { MailboxFormat } from "./account-folder.ts";
import { removeAccount } from "./account-remove.ts";
import {
  accountFolder,
  countAccounts,
  isPassword,
  pageOfAccounts,
  readAccount,
  readAccounts,
  setPassword,
} from "./accounts.ts";
import { countAliases, pageOfAliases } from "./alias-index.ts";
import { addAlias, addAliases, readAliases, removeAlias } from "./aliases.ts";
import { changesOn } from "./changes.ts";
import { configFilesOn } from "./config-files.ts";
import { addDomainAlias, readDomainAliases, removeDomainAlias } from "./domain-aliases.ts";
import { DOMAINS, readDomains } from "./domain-lines.ts";
import { addDomain, removeDomain } from "./domains.ts";
import { addExternalAlias, readExternalAliases, removeExternalAlias } from "./external-aliases.ts";
import { readHoldings } from "./holdings.ts";
import { changing, filesThemselves, type Ground } from "./in-turn.ts";
import { addMembers, readMembers, removeMembers, setPermissions } from "./list-members.ts";
import { addPopLink, changePopLink, readPopLinks, removePopLink, turnPopLink } from "./pop-links.ts";
import { noOrders, stoppedStatus } from "./server.ts";
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
  return backendOn(filesThemselves(storage));

  function backendOn(ground: Ground): Backend {
    return backendOver(ground, storage, backendOn, mailboxFormat);
  }
}

/** `storage`: the files themselves, also in a rehearsal. */
function backendOver(
  ground: Ground,
  storage: Storage,
  backendOn: (ground: Ground) => Backend,
  mailboxFormat?: MailboxFormat,
): Backend {
  const { storage: shown } = ground;
  return {
    kind: "tab",
    domains: {
      list: (call) => readDomains(shown, call),
      holdings: (domain, call) => readHoldings(shown, domain, call),
      add: (domain, call) => changing(ground, (held) => addDomain(held, domain, call), call),
      remove: (domain, call) => changing(ground, (held) => removeDomain(held, domain, call), call),
    },
    accounts: {
      list: async function* (domain, call) {
        yield* await readAccounts(shown, domain, call);
      },
      page: (request, call) => pageOfAccounts(shown, request, call),
      counts: (call) => countAccounts(shown, call),
      get: (ref, call) => readAccount(shown, ref, call),
      folder: (ref, call) => accountFolder(shown, ref, call),
      variables: (refs, call) => readVariables(shown, refs, call),
      usage: (refs, call) => readUsage(shown, refs, call),
      facts: (refs, call) => readFacts(shown, refs, call),
      checkPassword: (ref, password, call) => isPassword(shown, ref, password, call),
      add: (account, call) =>
        changing(ground, (held) => addAccount(held, account, mailboxFormat, call), call),
      addAll: (accounts, call) =>
        changing(ground, (held) => addAccounts(held, accounts, mailboxFormat, call), call),
      remove: (ref, call) => changing(ground, (held) => removeAccount(held, ref, call), call),
      setPassword: (ref, password, call) =>
        changing(ground, (held) => setPassword(held, ref, password, call), call),
      setVariables: (ref, changes, call) =>
        changing(ground, (held) => setVariables(held, ref, changes, call), call),
    },
    aliases: {
      list: (domain, call) => readAliases(shown, domain, call),
      page: (request, call) => pageOfAliases(shown, request, call),
      counts: (call) => countAliases(shown, call),
      add: (row, call) => changing(ground, (held) => addAlias(held, row, call), call),
      addAll: (rows, call) => changing(ground, (held) => addAliases(held, rows, call), call),
      remove: (domain, alias, call) =>
        changing(ground, (held) => removeAlias(held, domain, alias, call), call),
    },
    domainAliases: {
      list: (call) => readDomainAliases(shown, call),
      add: (row, call) => changing(ground, (held) => addDomainAlias(held, row, call), call),
      remove: (alias, call) => changing(ground, (held) => removeDomainAlias(held, alias, call), call),
    },
    externalAliases: {
      list: (call) => readExternalAliases(shown, call),
      add: (row, call) => changing(ground, (held) => addExternalAlias(held, row, call), call),
      remove: (remote, call) => changing(ground, (held) => removeExternalAlias(held, remote, call), call),
    },
    mailingLists: {
      members: (list, call) => readMembers(shown, list, call),
      add: (list, members, call) => changing(ground, (held) => addMembers(held, list, members, call), call),
      remove: (list, addresses, call) =>
        changing(ground, (held) => removeMembers(held, list, addresses, call), call),
      setPermissions: (list, member, call) =>
        changing(ground, (held) => setPermissions(held, list, member, call), call),
    },
    popLinks: {
      list: (call) => readPopLinks(shown, call),
      add: (link, call) => changing(ground, (held) => addPopLink(held, link, call), call),
      change: (key, change, call) => changing(ground, (held) => changePopLink(held, key, change, call), call),
      remove: (key, call) => changing(ground, (held) => removePopLink(held, key, call), call),
      turn: (key, on, call) => changing(ground, (held) => turnPopLink(held, key, on, call), call),
    },
    files: configFilesOn(ground),
    server: {
      status: async () => stoppedStatus(storage),
      check: () => checkMailRoot({ offline: true, open: async () => storage }),
      ...noOrders,
    },
    changes: changesOn(ground, backendOn),
    async close() {},
  };
}
