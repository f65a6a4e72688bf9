import type { StoragePath } from "../storage/path.ts";
import type { Storage } from "../storage/storage.ts";
import { sameName } from "../xmail/names.ts";
import { folderInUse, readAccountLines } from "./account-lines.ts";
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
