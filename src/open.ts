import { openCtrlBackend } from "./ctrl/backend.ts";
import type { CtrlOptions } from "./ctrl/options.ts";
import { fail } from "./errors/error.ts";
import { type LibraryOptions, libraryOver, type XMail } from "./library.ts";
import type { Storage } from "./storage/storage.ts";
import { openTabBackend } from "./tab/backend.ts";
import type { Backend } from "./xmail/backend.ts";

/** A running XMail, by its control port; with the MailRoot at hand its lists are read from the files. */
interface Running extends LibraryOptions {
  readonly ctrl: CtrlOptions;
  readonly storage?: Storage;
  /** Where lists are read when both are given: `files` (faster, if absent) or `ctrl`. */
  readonly reads?: "files" | "ctrl";
  readonly offline?: never;
}

/** A stopped XMail, in its files. Said aloud, because changing them under a running server loses changes. */
interface Stopped extends LibraryOptions {
  readonly storage: Storage;
  readonly offline: true;
  readonly ctrl?: never;
  readonly reads?: never;
}

export type OpenOptions = Running | Stopped;

/**
 * Opens XMail. Nothing is connected yet: an unreachable server shows at the first call. `close()` also closes the
 * storage. `BAD_CONFIG` names the option at fault.
 */
export async function openXMail(options: OpenOptions): Promise<XMail> {
  const backend = await openBackend(options);
  const { storage } = options;
  const methods = libraryOver(backend, options);
  return {
    ...methods,
    async close() {
      await methods.close();
      await storage?.close();
    },
  };
}

async function openBackend(options: OpenOptions): Promise<Backend> {
  const { ctrl, storage, offline, reads } = options as Partial<Running> & Partial<Stopped>;
  if (ctrl && offline) fail("BAD_CONFIG", "Give either ctrl or offline: true, not both.");
  if (ctrl && storage && reads !== "ctrl") {
    return readingFiles(await openCtrlBackend(ctrl), await openTabBackend({ storage }));
  }
  if (ctrl) return openCtrlBackend(ctrl);
  if (storage && offline) return openTabBackend({ storage });
  return fail(
    "BAD_CONFIG",
    "Give ctrl to reach a running XMail, or storage with offline: true for a stopped one.",
  );
}

/**
 * The four tables are listed from their files, where 50,000 rows cost one read; everything else, and above all the
 * count of what a removal would take, is asked of the server that will do it.
 */
function readingFiles(ctrl: Backend, files: Backend): Backend {
  const requireSame = sameMailRoot(ctrl, files);
  const fromFiles =
    <A extends readonly unknown[], T>(list: (...args: A) => Promise<T>) =>
    async (...args: A): Promise<T> => {
      await requireSame();
      return list(...args);
    };
  return {
    kind: "ctrl+files",
    domains: { ...ctrl.domains, list: fromFiles(files.domains.list) },
    accounts: {
      ...ctrl.accounts,
      async *list(domain, call) {
        await requireSame();
        yield* files.accounts.list(domain, call);
      },
    },
    aliases: { ...ctrl.aliases, list: fromFiles(files.aliases.list) },
    domainAliases: { ...ctrl.domainAliases, list: fromFiles(files.domainAliases.list) },
    server: {
      status: async (call) => ({ ...(await ctrl.server.status(call)), mode: "ctrl+files" }),
    },
    async close() {
      await ctrl.close();
      await files.close();
    },
  };
}

/**
 * Refuses (`BAD_CONFIG`) files that are not those of the server: a backup, a stale mount, another machine's. Asked
 * until it was answered once.
 */
function sameMailRoot(ctrl: Backend, files: Backend): () => Promise<void> {
  let known = false;
  return async () => {
    // Twice, because a domain may come or go between the two lists.
    for (let tries = 0; !known && tries < 2; tries++) {
      const [there, here] = await Promise.all([ctrl.domains.list(), files.domains.list()]);
      known = [...there].sort().join("\n") === [...here].sort().join("\n");
    }
    if (!known) {
      fail(
        "BAD_CONFIG",
        "The storage holds another MailRoot than that of the XMail behind ctrl: their domains differ.",
      );
    }
  };
}
