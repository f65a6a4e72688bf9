import { usageOf } from "../ctrl/backend-accounts.ts";
import { orNull } from "../storage/if-there.ts";
import { isStoragePath, type StoragePath, storagePath } from "../storage/path.ts";
import type { Storage } from "../storage/storage.ts";
import { newBinFolder } from "../tab/bin.ts";
import { FILES } from "../tab/files.ts";
import type { Finality } from "../xmail/change-set.ts";
import { foldName, sameName } from "../xmail/names.ts";
import { type AccountFolder, accountFoldersIn } from "./account-files.ts";
import type { Removed } from "./changes-in.ts";
import { textIn } from "./goals.ts";
import type { Stage } from "./stage.ts";
import type { Step } from "./steps.ts";
import { readerOf, type Way } from "./way.ts";

export interface Removals {
  /** Looks at what a command would delete, and says what has to be done before it. */
  before(stage: Stage, word: string, args: readonly string[]): Promise<readonly Step[]>;
  readonly removed: ReadonlyMap<string, Removed>;
  readonly final: ReadonlySet<Finality>;
}

/** Keeps what commands would delete: whole folders where there is a bin, else the files that commands can bring back. */
export function removals(way: Way): Removals {
  const removed = new Map<string, Removed>();
  const bin = newBinFolder();
  const final = new Set<Finality>();

  async function before(
    stage: Stage,
    word: string,
    [domain = "", name = ""]: readonly string[],
  ): Promise<readonly Step[]> {
    if (word !== "userdel" && word !== "domaindel") return [];
    const accounts = (await accountsOn(stage, word === "userdel" ? name : null)).filter((account) =>
      sameName(account.domain, domain),
    );
    const gone =
      word === "userdel" ? accounts.filter((account) => sameName(account.name, name)).slice(0, 1) : accounts;
    const folders =
      word === "userdel"
        ? gone.map(({ folder }) => folder)
        : [`domains/${foldName(domain)}`, `cmdaliases/${foldName(domain)}`];
    const steps: Step[] = [];
    for (const folder of folders.filter(isStoragePath)) {
      // What this rehearsal itself has made is nobody's loss.
      if ((await stage.files.below.stat(folder)) === null) continue;
      const kept = way.bin && storagePath(bin, String(removed.size + 1));
      if (kept) steps.push({ kind: "keep", folder, kept });
      const places =
        word === "userdel" ? [folder] : [folder, ...gone.map((one) => one.folder).filter(isStoragePath)];
      const files = kept ? new Map() : await filesIn(stage.files.below, places);
      removed.set(folder, { kept, files });
    }
    if (!way.bin && (await haveMail(gone))) final.add("mailbox");
    return steps;
  }

  async function haveMail(accounts: readonly AccountFolder[]): Promise<boolean> {
    const mailboxes = accounts.filter(({ kind }) => kind === "user");
    const nothing = () => ({ bytes: 0, messages: 0, lastLogin: null });
    // Of the server itself: the rehearsal sees no mail.
    const usage = await usageOf(way.line, mailboxes, {}, nothing);
    return usage.some(({ messages }) => messages > 0);
  }

  return { before, removed, final };
}

/** All, or those that may have the name: of ten thousand rows the others need not be parsed for each that goes. */
async function accountsOn({ files }: Stage, name: string | null): Promise<AccountFolder[]> {
  const text = textIn(await readerOf(files)(FILES.accounts.path));
  if (name === null || /["\\]/.test(name)) return accountFoldersIn(text);
  const folded = name.toLowerCase();
  const lines = text.split("\n").filter((line) => line.includes("\\") || line.toLowerCase().includes(folded));
  return accountFoldersIn(lines.join("\n"));
}

/** The plain files directly in the folders. */
async function filesIn(
  storage: Storage,
  folders: readonly StoragePath[],
): Promise<Map<StoragePath, Uint8Array>> {
  const files = new Map<StoragePath, Uint8Array>();
  for (const folder of folders) {
    for (const { name, kind } of (await orNull(storage.list(folder))) ?? []) {
      if (kind !== "file" || !isStoragePath(name)) continue;
      const path = storagePath(folder, name);
      const bytes = await orNull(storage.read(path));
      if (bytes) files.set(path, bytes);
    }
  }
  return files;
}
