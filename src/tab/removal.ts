import { hasCode } from "../errors/error.ts";
import { type StoragePath, storagePath } from "../storage/path.ts";
import type { Storage } from "../storage/storage.ts";
import { sameName } from "../xmail/names.ts";
import { folderInUse, folderOf, readAccountLines } from "./account-lines.ts";
import { readDomains } from "./domain-lines.ts";
import { readIfThere, removeIfThere } from "./if-there.ts";

/** What has folders to lose: an account (of two rows of its name each), or a whole domain without `directories`. */
export interface Removal {
  readonly domain: string;
  readonly directories?: readonly string[];
}

/** One at a time: changes are made in turn, and each of them ends what the one before left. */
const NOTE = storagePath(".xmailcfg/removal.json");
/** Trying again would most likely end the same way. */
const NOT_TO_BE_ENDED = [
  "STORAGE_DENIED",
  "STORAGE_EXISTS",
  "STORAGE_FAILED",
  "STORAGE_PATH",
  "STORAGE_UNSUPPORTED",
] as const;

/** Removes the folders whose rows are gone. */
async function finishRemoval(storage: Storage): Promise<void> {
  const note = await readIfThere(storage, NOTE);
  if (note === null) return;
  const removal = parse(note);
  const unused = removal && (await unusedOf(storage, removal));
  for (const folder of unused ? foldersOf(unused) : []) await removeIfThere(storage, folder);
  await removeIfThere(storage, NOTE);
}

/**
 * Ends what an earlier change left. A note that the storage will not let us end is set aside, with all it says, so that
 * it does not stop every later change.
 */
export async function finishEarlierRemoval(storage: Storage): Promise<void> {
  try {
    await finishRemoval(storage);
  } catch (error) {
    if (!hasCode(error, ...NOT_TO_BE_ENDED)) throw error;
    await storage.move(NOTE, await freeName(storage));
  }
}

async function freeName(storage: Storage): Promise<StoragePath> {
  for (let n = 1; ; n += 1) {
    const path = storagePath(`.xmailcfg/removal-unfinished-${n}.json`);
    if ((await storage.stat(path)) === null) return path;
  }
}

/** The part of it that no row speaks for. */
async function unusedOf(storage: Storage, { domain, directories }: Removal): Promise<Removal | null> {
  if (directories === undefined) {
    return (await readDomains(storage)).some((name) => sameName(name, domain)) ? null : { domain };
  }
  const lines = await readAccountLines(storage);
  const isUnused = (directory: string) => !folderInUse(lines, { domain, directory }, storage.can);
  return { domain, directories: directories.filter(isUnused) };
}

function foldersOf({ domain, directories }: Removal): StoragePath[] {
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
