import { checkMailRoot, compareMailRoots } from "./check/mail-root.ts";
import { type CtrlWay, openCtrlWay } from "./ctrl/backend.ts";
import type { CtrlOptions } from "./ctrl/options.ts";
import { fail, isAppError } from "./errors/error.ts";
import { backendLater, changesLater, type Later, later } from "./later.ts";
import { type LibraryOptions, libraryOver, type PluginMethods, type XMail } from "./library.ts";
import { logsBy } from "./logs-later.ts";
import { mailboxesBy } from "./mailboxes-later.ts";
import type { Plugin } from "./plugins/plugin.ts";
import { canHoldJournal, MAIL_ROOT_JOURNAL } from "./rehearsal/journal.ts";
import { frozenSpool, spoolInFiles } from "./spool-later.ts";
import type { Storage } from "./storage/storage.ts";
import { openTabBackend } from "./tab/backend.ts";
import { noOrders } from "./tab/server.ts";
import type { Backend, ChangeMaker } from "./xmail/backend.ts";
import type { ChangeJournal } from "./xmail/change-journal.ts";
import { outcomeOf } from "./xmail/check.ts";
import type { ServerStatus } from "./xmail/server.ts";

/** A storage that is opened by the first call that needs it, and closed with XMail. */
export interface StorageOpener {
  /** As the driver will call itself: `sftp`, … */
  readonly kind: string;
  /** Name of the machine it is on; `null` for this one. */
  readonly host: string | null;
  open(): Promise<Storage>;
}

/** A running XMail, by its control port; with the MailRoot at hand its lists are read from the files. */
interface Running extends LibraryOptions {
  readonly ctrl: CtrlOptions;
  readonly storage?: Storage | StorageOpener;
  /** Where lists are read when both are given: `files` (faster, if absent) or `ctrl`. */
  readonly reads?: "files" | "ctrl";
  /**
   * Where a change is written down before its first command, when `storage` cannot hold that. Without either, what a
   * killed program left half done is not known to the next one.
   */
  readonly journal?: ChangeJournal;
  /**
   * Opens where jobs on the queue are written down and removed messages are kept, when the files of the queue cannot be
   * reached. Without it frozen messages are only seen. Whoever gives it closes it.
   */
  readonly keep?: () => Promise<Storage>;
  readonly offline?: never;
}

/** A stopped XMail, in its files. Said aloud, because changing them under a running server loses changes. */
interface Stopped extends LibraryOptions {
  readonly storage: Storage | StorageOpener;
  readonly offline: true;
  readonly ctrl?: never;
  readonly reads?: never;
  readonly journal?: never;
  readonly keep?: never;
}

export type OpenOptions = Running | Stopped;

/**
 * Opens XMail. Nothing is connected yet: an unreachable server shows at the first call. `close()` also closes the
 * storage. `BAD_CONFIG` names the option at fault.
 */
export async function openXMail<const P extends readonly Plugin[] = readonly []>(
  options: OpenOptions & { readonly plugins?: P },
): Promise<XMail & PluginMethods<P>> {
  return libraryOver(await openBackend(options), options) as XMail & PluginMethods<P>;
}

/** The way to XMail that the options describe; closing it closes the storage, too. */
export async function openBackend(options: OpenOptions): Promise<Backend> {
  const given = options as Partial<Running> & Partial<Stopped>;
  const { ctrl, storage, offline, reads, journal = null, keep = null } = given;
  if (ctrl && offline) fail("BAD_CONFIG", "Give either ctrl or offline: true, not both.");
  if (ctrl && storage) {
    const files = filesIn(storage);
    const server = openCtrlWay(ctrl);
    if (reads === "ctrl")
      return { ...besideFiles(server, files, journal), spool: spoolOf(server, files, keep) };
    await needMailRoot(storage, files);
    return { ...readingFiles(server, files, journal), spool: spoolOf(server, files, keep) };
  }
  if (ctrl) {
    const server = openCtrlWay(ctrl);
    const changes = changesBy(server, { mailRoot: null, storage: null, journal });
    return { ...server.backend, changes, spool: frozenSpool(server.line, keep) };
  }
  if (storage && offline) {
    const files = filesIn(storage);
    await needMailRoot(storage, files);
    return inFiles(files);
  }
  return fail(
    "BAD_CONFIG",
    "Give ctrl to reach a running XMail, or storage with offline: true for a stopped one.",
  );
}

/** The MailRoot's files as a backend. */
interface FilesOfXMail {
  readonly about: NonNullable<ServerStatus["storage"]>;
  readonly storage: Later<Storage>;
  readonly backend: Later<Backend>;
}

function filesIn(given: Storage | StorageOpener): FilesOfXMail {
  const storage = later(isOpen(given) ? async () => given : () => given.open());
  return {
    about: { kind: given.kind, host: isOpen(given) ? null : given.host },
    storage,
    backend: later(async () => openTabBackend({ storage: await storage.get() })),
  };
}

/** Of a storage that is still to be opened the first call learns whether it holds a MailRoot. */
async function needMailRoot(given: Storage | StorageOpener, { backend }: FilesOfXMail): Promise<void> {
  if (isOpen(given)) await backend.get();
}

function isOpen(given: Storage | StorageOpener): given is Storage {
  return "can" in given;
}

function inFiles({ about, storage, backend }: FilesOfXMail): Backend {
  return {
    kind: "tab",
    ...backendLater(backend),
    ...logsBy(about.kind, storage.get),
    ...mailboxesBy(about.kind, storage.get, backend.get),
    changes: changesLater(async () => (await backend.get()).changes ?? fail("STORAGE_UNSUPPORTED")),
    spool: spoolInFiles(storage.get, null),
    ...postBy(about, storage.get),
    server: {
      async status() {
        const problem = await problemIn(() => backend.get());
        return {
          reachable: false,
          version: null,
          problem,
          mode: "tab",
          transport: "files",
          storage: about,
        };
      },
      check: () => checkMailRoot({ offline: true, open: storage.get }),
      ...noOrders,
    },
    close: () => storage.close(),
  };
}

interface PlacesOfChanges {
  readonly mailRoot: (() => Promise<Storage>) | null;
  /** The same, whosever it is. */
  readonly storage: Later<Storage> | null;
  readonly journal: ChangeJournal | null;
}

/** Loaded by the first change: a page that only reads needs neither simulator nor rehearsal. */
function changesBy(
  { line, backendOver }: CtrlWay,
  { mailRoot, storage, journal }: PlacesOfChanges,
): ChangeMaker {
  return changesLater(
    async () => {
      const { changesOver } = await import("./rehearsal/change-maker.ts");
      return changesOver({ line, backendOver, mailRoot, journal });
    },
    async (call) => {
      const files = storage && (await storage.get());
      if (files && canHoldJournal(files)) return (await files.stat(MAIL_ROOT_JOURNAL.path, call)) !== null;
      return journal !== null && (await journal.look(call)) !== null;
    },
  );
}

/** By XMail's own file commands no folder of the queue is seen, so that it would look empty. */
function spoolOf(server: CtrlWay, files: FilesOfXMail, keep: Running["keep"] | null) {
  const { line } = server;
  return files.about.kind === "ctrl-files"
    ? frozenSpool(line, keep ?? null)
    : spoolInFiles(safeFiles(server, files), line);
}

/** Never those of another server: what is rehearsed on them would not happen so. */
function safeFiles({ backend }: CtrlWay, { storage, backend: files }: FilesOfXMail): () => Promise<Storage> {
  const requireSame = sameMailRoot(backend, backendLater(files));
  return async () => {
    await requireSame();
    return storage.get();
  };
}

/** Loaded by the first mail. By XMail's own file commands nothing can be moved into its spool. */
function postBy({ kind }: FilesOfXMail["about"], mailRoot: () => Promise<Storage>): Pick<Backend, "post"> {
  if (kind === "ctrl-files") return {};
  return {
    post: {
      async send(letter, call) {
        const { postOver } = await import("./post/post.ts");
        return postOver(mailRoot).send(letter, call);
      },
    },
  };
}

/** The files are there for others than the lists. */
function besideFiles(server: CtrlWay, files: FilesOfXMail, journal: ChangeJournal | null): Backend {
  const ctrl = server.backend;
  return {
    ...ctrl,
    ...logsBy(files.about.kind, safeFiles(server, files)),
    ...mailboxesBy(files.about.kind, safeFiles(server, files), files.backend.get),
    changes: changesBy(server, {
      mailRoot: safeFiles(server, files),
      storage: files.storage,
      journal,
    }),
    ...postBy(files.about, safeFiles(server, files)),
    server: { ...ctrl.server, check: checkBoth(ctrl, files) },
    async close() {
      await ctrl.close();
      await files.storage.close();
    },
  };
}

/**
 * The four tables are listed from their files, where 50,000 rows cost one read; everything else, and above all the
 * count of what a removal would take, is asked of the server that will do it.
 */
function readingFiles(server: CtrlWay, found: FilesOfXMail, journal: ChangeJournal | null): Backend {
  const ctrl = server.backend;
  const { about, storage, backend } = found;
  const files = backendLater(backend);
  const requireSame = sameMailRoot(ctrl, files);
  const fromFiles =
    <A extends readonly unknown[], T>(list: (...args: A) => Promise<T>) =>
    async (...args: A): Promise<T> => {
      await requireSame();
      return list(...args);
    };
  return {
    kind: "ctrl+files",
    ...logsBy(about.kind, safeFiles(server, found)),
    ...mailboxesBy(about.kind, safeFiles(server, found), backend.get),
    changes: changesBy(
      { ...server, backendOver: (line) => ({ ...server.backendOver(line), kind: "ctrl+files" }) },
      { mailRoot: safeFiles(server, found), storage, journal },
    ),
    ...postBy(about, safeFiles(server, found)),
    domains: { ...ctrl.domains, list: fromFiles(files.domains.list) },
    accounts: {
      ...ctrl.accounts,
      folder: fromFiles(files.accounts.folder),
      page: fromFiles(files.accounts.page),
      counts: fromFiles(files.accounts.counts),
      async *list(domain, call) {
        await requireSame();
        yield* files.accounts.list(domain, call);
      },
    },
    aliases: {
      ...ctrl.aliases,
      list: fromFiles(files.aliases.list),
      page: fromFiles(files.aliases.page),
      counts: fromFiles(files.aliases.counts),
    },
    domainAliases: { ...ctrl.domainAliases, list: fromFiles(files.domainAliases.list) },
    externalAliases: { ...ctrl.externalAliases, list: fromFiles(files.externalAliases.list) },
    mailingLists: { ...ctrl.mailingLists, members: fromFiles(files.mailingLists.members) },
    // Whether a link is on, the server knows: not every storage can hold the name of the mark.
    popLinks: ctrl.popLinks,
    files: {
      ...ctrl.files,
      read: fromFiles(files.files.read),
      list: fromFiles(files.files.list),
      folders: fromFiles(files.files.folders),
    },
    server: {
      ...ctrl.server,
      async status(call) {
        const status = await ctrl.server.status(call);
        const problem = status.reachable ? await problemIn(requireSame) : status.problem;
        return { ...status, problem, mode: "ctrl+files", storage: about };
      },
      check: checkBoth(ctrl, { about, storage, backend }),
    },
    async close() {
      await ctrl.close();
      await storage.close();
    },
  };
}

function checkBoth(ctrl: Backend, { storage, backend }: FilesOfXMail): Backend["server"]["check"] {
  const files = backendLater(backend);
  return async (call) => {
    const online = await ctrl.server.check(call);
    const onDisk = await checkMailRoot({ offline: false, open: storage.get });
    // Two answers are needed to compare them; who has none has said so.
    const both = [...online, ...onDisk].every((found) => outcomeOf(found) !== "failure");
    return both
      ? [...online, ...onDisk, await compareMailRoots(ctrl.domains, files.domains)]
      : [...online, ...onDisk, { part: "mailRoot", found: "notCompared", values: {} }];
  };
}

/** Error code of what goes wrong, `null` when nothing does. */
async function problemIn(work: () => Promise<unknown>): Promise<string | null> {
  try {
    await work();
    return null;
  } catch (error) {
    return isAppError(error) ? error.code : "INTERNAL";
  }
}

/**
 * Refuses (`BAD_CONFIG`) files that are not those of the server: a backup, a stale mount, another machine's. Asked
 * until it was answered once.
 */
function sameMailRoot(ctrl: Pick<Backend, "domains">, files: Pick<Backend, "domains">): () => Promise<void> {
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
