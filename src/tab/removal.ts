import { type StoragePath, storagePath } from "../storage/path.ts";
import type { Storage } from "../storage/storage.ts";
import { sameName } from "../xmail/names.ts";
import { folderInUse, folderOf, readAccountLines } from "./account-lines.ts";
import { readDomains } from "./domain-lines.ts";
import { readIfThere, removeIfThere } from "./if-there.ts";

/** What has folders to lose: an account, or a whole domain when there is no `directory`. */
export interface Removal {
  readonly domain: string;
  readonly directory?: string;
}

/** One at a time: changes are made in turn, and each of them ends what the one before left. */
const NOTE = storagePath(".xmailcfg/removal.json");

/**
 * Notes that folders are about to lose their rows. A process killed between the rows and the folders leaves the
 * note, and the next change ends the work.
 */
export async function noteRemoval(storage: Storage, { domain, directory }: Removal): Promise<void> {
  await storage.write(NOTE, Buffer.from(JSON.stringify({ domain, directory })));
}

/** Removes the folders whose rows are gone. */
export async function finishRemoval(storage: Storage): Promise<void> {
  const note = await readIfThere(storage, NOTE);
  if (note === null) return;
  const removal = parse(note);
  if (removal && !(await isInUse(storage, removal))) {
    for (const folder of foldersOf(removal)) await removeIfThere(storage, folder);
  }
  await removeIfThere(storage, NOTE);
}

async function isInUse(storage: Storage, { domain, directory }: Removal): Promise<boolean> {
  if (directory !== undefined) return folderInUse(await readAccountLines(storage), { domain, directory });
  return (await readDomains(storage)).some((name) => sameName(name, domain));
}

function foldersOf({ domain, directory }: Removal): StoragePath[] {
  if (directory !== undefined) return [folderOf({ domain, directory })];
  return [storagePath("domains", domain), storagePath("cmdaliases", domain)];
}

function parse(note: Uint8Array): Removal | null {
  try {
    const { domain, directory } = JSON.parse(Buffer.from(note).toString());
    if (typeof domain !== "string" || domain === "") return null;
    if (directory === undefined) return { domain };
    return typeof directory === "string" && directory !== "" ? { domain, directory } : null;
  } catch {
    // Cut off while it was written: the rows were not touched yet.
    return null;
  }
}
