import { storagePath } from "../storage/path.ts";
import type { Storage } from "../storage/storage.ts";
import type { Recovery } from "../xmail/change-set.ts";
import { folderOf } from "./account-lines.ts";
import { isFolderInUse } from "./folder-use.ts";
import { readIfThere, removeIfThere } from "./if-there.ts";

/** What had folders to lose: an account (of two rows of its name each), or a whole domain without `directories`. */
interface Removal {
  readonly domain: string;
  readonly directories?: readonly string[];
}

/** Version 0.1 noted here which folders were about to go, and had nothing else to finish. */
export const REMOVAL_NOTE = storagePath(".xmailcfg/removal.json");

/** Removes the folders whose rows are gone. */
export async function recoverRemoval(storage: Storage): Promise<Recovery | null> {
  const note = await readIfThere(storage, REMOVAL_NOTE);
  if (note === null) return null;
  const at = (await storage.stat(REMOVAL_NOTE))?.mtimeMs ?? 0;
  const removal = parse(note);
  const files: string[] = [];
  for (const folder of removal ? foldersOf(removal) : []) {
    if (await isFolderInUse(storage, folder)) continue;
    await removeIfThere(storage, folder);
    files.push(folder);
  }
  await removeIfThere(storage, REMOVAL_NOTE);
  return { at: new Date(at), outcome: "finished", files };
}

function foldersOf({ domain, directories }: Removal) {
  if (directories) return directories.map((directory) => folderOf({ domain, directory }));
  return [storagePath("domains", domain), storagePath("cmdaliases", domain)];
}

function parse(note: Uint8Array): Removal | null {
  try {
    const { domain, directories } = JSON.parse(Buffer.from(note).toString());
    if (typeof domain !== "string" || domain === "") return null;
    if (directories === undefined) return { domain };
    const areNames = Array.isArray(directories) && directories.every((one) => typeof one === "string");
    return areNames ? { domain, directories } : null;
  } catch {
    // Cut off while it was written: the rows were not touched yet.
    return null;
  }
}
