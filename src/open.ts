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
  const library = libraryOver(backend, options);
  return {
    ...library,
    async close() {
      await library.close();
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

/** Changes by the control protocol, reads from the files they end up in. Never one in place of the other. */
function readingFiles(ctrl: Backend, files: Backend): Backend {
  return {
    kind: "ctrl+files",
    domains: { ...ctrl.domains, list: files.domains.list, holdings: files.domains.holdings },
    accounts: {
      ...ctrl.accounts,
      list: files.accounts.list,
      get: files.accounts.get,
      variables: files.accounts.variables,
      usage: files.accounts.usage,
    },
    aliases: { ...ctrl.aliases, list: files.aliases.list },
    domainAliases: { ...ctrl.domainAliases, list: files.domainAliases.list },
    server: {
      status: async (call) => ({ ...(await ctrl.server.status(call)), mode: "ctrl+files" }),
    },
    async close() {
      await ctrl.close();
      await files.close();
    },
  };
}
