import { fail } from "./errors/error.ts";
import type { Backend, ChangeMaker } from "./xmail/backend.ts";

/** Something that is opened when it is needed first. */
export interface Later<T> {
  /** One opening for all who wait; after a failure the next one tries anew. */
  get(): Promise<T>;
  /** Closes what was opened; from then on nothing is opened any more. */
  close(): Promise<void>;
}

export function later<T extends { close(): Promise<void> }>(open: () => Promise<T>): Later<T> {
  let opening: Promise<T> | null = null;
  let closed = false;
  return {
    async get() {
      // Nobody would close what is opened now.
      if (closed && opening === null) fail("STORAGE_FAILED", "This was closed.");
      opening ??= open().catch((error: unknown) => {
        opening = null;
        throw error;
      });
      return opening;
    },
    async close() {
      closed = true;
      const opened = await opening?.catch(() => null);
      await opened?.close();
    },
  };
}

/** The stores of a backend that is opened by the first call. `server` is for whoever opens it. */
export function backendLater({ get }: Later<Backend>): Omit<Backend, "kind" | "server" | "close"> {
  const call =
    <A extends readonly unknown[], R>(verb: (backend: Backend) => (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> =>
      verb(await get())(...args);
  return {
    domains: {
      list: call(({ domains }) => domains.list),
      holdings: call(({ domains }) => domains.holdings),
      add: call(({ domains }) => domains.add),
      remove: call(({ domains }) => domains.remove),
    },
    accounts: {
      async *list(domain, options) {
        yield* (await get()).accounts.list(domain, options);
      },
      page: call(({ accounts }) => accounts.page),
      counts: call(({ accounts }) => accounts.counts),
      get: call(({ accounts }) => accounts.get),
      folder: call(({ accounts }) => accounts.folder),
      variables: call(({ accounts }) => accounts.variables),
      usage: call(({ accounts }) => accounts.usage),
      facts: call(({ accounts }) => accounts.facts),
      checkPassword: call(({ accounts }) => accounts.checkPassword),
      add: call(({ accounts }) => accounts.add),
      addAll: call(({ accounts }) => accounts.addAll),
      remove: call(({ accounts }) => accounts.remove),
      setPassword: call(({ accounts }) => accounts.setPassword),
      setVariables: call(({ accounts }) => accounts.setVariables),
    },
    aliases: {
      list: call(({ aliases }) => aliases.list),
      page: call(({ aliases }) => aliases.page),
      counts: call(({ aliases }) => aliases.counts),
      add: call(({ aliases }) => aliases.add),
      addAll: call(({ aliases }) => aliases.addAll),
      remove: call(({ aliases }) => aliases.remove),
    },
    domainAliases: {
      list: call(({ domainAliases }) => domainAliases.list),
      add: call(({ domainAliases }) => domainAliases.add),
      remove: call(({ domainAliases }) => domainAliases.remove),
    },
    externalAliases: {
      list: call(({ externalAliases }) => externalAliases.list),
      add: call(({ externalAliases }) => externalAliases.add),
      remove: call(({ externalAliases }) => externalAliases.remove),
    },
    mailingLists: {
      members: call(({ mailingLists }) => mailingLists.members),
      add: call(({ mailingLists }) => mailingLists.add),
      remove: call(({ mailingLists }) => mailingLists.remove),
      setPermissions: call(({ mailingLists }) => mailingLists.setPermissions),
    },
    popLinks: {
      list: call(({ popLinks }) => popLinks.list),
      add: call(({ popLinks }) => popLinks.add),
      change: call(({ popLinks }) => popLinks.change),
      remove: call(({ popLinks }) => popLinks.remove),
      turn: call(({ popLinks }) => popLinks.turn),
    },
    files: {
      read: call(({ files }) => files.read),
      list: call(({ files }) => files.list),
      folders: call(({ files }) => files.folders),
      edit: call(({ files }) => files.edit),
    },
  };
}

/** One loading for all who wait; after a failure the next one tries anew. */
export function loadedOnce<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | null = null;
  return () => {
    loading ??= load().catch((error: unknown) => {
      loading = null;
      throw error;
    });
    return loading;
  };
}

/** What makes changes, loaded by the first that is made; `unfinished` is asked without it. */
export function changesLater(
  load: () => Promise<ChangeMaker>,
  unfinished?: ChangeMaker["unfinished"],
): ChangeMaker {
  const get = loadedOnce(load);
  return {
    rehearse: async (work, options) => (await get()).rehearse(work, options),
    takeBack: async (changes, options) => (await get()).takeBack(changes, options),
    recover: async (options) => (await get()).recover(options),
    unfinished: unfinished ?? (async (options) => (await get()).unfinished(options)),
    emptyBin: async (olderThan, options) => (await get()).emptyBin(olderThan, options),
  };
}
