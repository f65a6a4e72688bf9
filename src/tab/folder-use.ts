import type { StoragePath } from "../storage/path.ts";
import type { Storage } from "../storage/storage.ts";
import { foldName, sameName } from "../xmail/names.ts";
import { folderFold, folderInUse, readAccountLines } from "./account-lines.ts";
import { readDomains } from "./domain-lines.ts";

/** Whether a row speaks for a folder: that of a domain (also for its command aliases), or an account's in it. */
export async function isFolderInUse(storage: Storage, path: StoragePath): Promise<boolean> {
  const [parent, domain, ...directory] = path.split("/");
  if (domain === undefined || (parent !== "domains" && parent !== "cmdaliases")) return false;
  if (parent === "cmdaliases" || directory.length === 0) {
    return (await readDomains(storage)).some((name) => sameName(name, domain));
  }
  const account = { domain, directory: directory.join("/") };
  return folderInUse(await readAccountLines(storage), account, storage.can);
}

/** The same for thousands of folders: each table is read once. */
export async function foldersInUse(storage: Storage): Promise<(path: StoragePath) => boolean> {
  const fold = folderFold(storage.can);
  const domains = new Set((await readDomains(storage)).map(foldName));
  const taken = new Set<string>();
  for (const { domain, directory } of await readAccountLines(storage)) {
    // An account in a folder keeps those above it, too.
    let folder = foldName(domain);
    for (const part of fold(directory).split("/")) {
      folder += `/${part}`;
      taken.add(folder);
    }
  }
  return (path) => {
    const [parent, domain, ...directory] = path.split("/");
    if (domain === undefined || (parent !== "domains" && parent !== "cmdaliases")) return false;
    if (parent === "cmdaliases" || directory.length === 0) return domains.has(foldName(domain));
    return taken.has(`${foldName(domain)}/${fold(directory.join("/"))}`);
  };
}
