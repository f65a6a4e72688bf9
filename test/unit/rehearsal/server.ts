import type { CtrlOptions } from "../../../src/ctrl/options.ts";
import { openBackend } from "../../../src/open.ts";
import { journalIn, STATE_JOURNAL } from "../../../src/rehearsal/journal.ts";
import { writeMailRoot } from "../../../src/simulator/mail-root.ts";
import { startSimulator } from "../../../src/simulator/simulator.ts";
import { orNull } from "../../../src/storage/if-there.ts";
import { memory } from "../../../src/storage/memory.ts";
import { storagePath } from "../../../src/storage/path.ts";
import type { Storage } from "../../../src/storage/storage.ts";
import type { Backend, ChangeMaker } from "../../../src/xmail/backend.ts";

const CTRL = { account: "admin", password: "Adm1n-Secret" };
export const DOMAIN = "example.com";

export interface Running {
  readonly disk: Storage;
  readonly backend: Backend;
  readonly changes: ChangeMaker;
  readonly ctrl: CtrlOptions;
  /** A file as a byte string. */
  text(path: string): Promise<string | null>;
  /** Every file and folder but our own, by path. */
  snapshot(): Promise<Record<string, string>>;
  close(): Promise<void>;
}

/** A simulator over a fresh MailRoot, and a backend by its control port alone or with the files at hand. */
export async function startServer(way: "ctrl" | "ctrl+files", disk: Storage = memory()): Promise<Running> {
  if ((await disk.stat(storagePath("domains.tab"))) === null) await writeMailRoot(disk, { ctrl: CTRL });
  const simulator = await startSimulator({ storage: disk });
  const ctrl = { host: "127.0.0.1", port: simulator.port, ...CTRL };
  const state = memory();
  const journal = journalIn(async () => state, STATE_JOURNAL);
  const backend = await openBackend(way === "ctrl" ? { ctrl, journal } : { ctrl, storage: disk });
  const { changes } = backend;
  if (!changes) throw new Error("there are no changes");
  return {
    disk,
    backend,
    changes,
    ctrl,
    text: (path) => textAt(disk, path),
    snapshot: () => snapshotOf(disk),
    async close() {
      await backend.close();
      await simulator.close();
    },
  };
}

async function textAt(disk: Storage, path: string): Promise<string | null> {
  const bytes = await orNull(disk.read(storagePath(path)));
  return bytes && Buffer.from(bytes).toString("latin1");
}

export async function snapshotOf(disk: Storage, folder = ""): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const { name, kind } of await disk.list(storagePath(folder))) {
    const path = folder === "" ? name : `${folder}/${name}`;
    if (/^(?:\.xmailcfg|tabindex|tmp|spool|logs)$|\.lock/.test(path)) continue;
    if (kind === "file") found[path] = (await textAt(disk, path)) ?? "";
    else Object.assign(found, { [`${path}/`]: "" }, await snapshotOf(disk, path));
  }
  return found;
}

/** A message in the mailbox of an account. */
export async function deliver(disk: Storage, account: string, name: string): Promise<void> {
  const [user = "", domain = ""] = account.split("@");
  await disk.write(
    storagePath(`domains/${domain}/${user}/Maildir/new/${name}`),
    Buffer.from(`mail ${name}\r\n`),
  );
}
