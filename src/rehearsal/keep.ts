import { orNull } from "../storage/if-there.ts";
import { type StoragePath, storagePath } from "../storage/path.ts";
import type { Storage } from "../storage/storage.ts";

const MAIL_FOLDERS: ReadonlySet<string> = new Set(["Maildir", "mailbox"]);
const MAILDIR = ["new", "cur", "tmp"] as const;

/**
 * Moves the mail in a folder to `kept` and copies everything else there, so that `kept` is what the folder was. Where mail
 * was there is an empty mailbox then: XMail must find the folder when it removes the account, and may be delivering.
 */
export async function keepMail(storage: Storage, folder: StoragePath, kept: StoragePath): Promise<void> {
  await storage.makeFolder(kept);
  for (const { name, kind } of (await orNull(storage.list(folder))) ?? []) {
    const [from, to] = [storagePath(folder, name), storagePath(kept, name)];
    if (kind === "file") await copy(storage, from, to);
    else if (!MAIL_FOLDERS.has(name)) await keepMail(storage, from, to);
    else {
      if ((await storage.stat(to)) === null) await storage.move(from, to);
      else await mergeMail(storage, from, to);
      await makeMailbox(storage, from, name);
    }
  }
}

/**
 * Brings mail back into a folder that is there again, message by message: what arrived meanwhile stays, and nothing is
 * written over. Files that are missing there come along. May be done again when it was interrupted. What is left (copies,
 * and what no path can name, so that no list shows it) stays in the bin under another name until that is emptied.
 */
export async function bringBack(storage: Storage, kept: StoragePath, folder: StoragePath): Promise<void> {
  if ((await storage.stat(kept)) === null) return;
  await mergeFolder(storage, kept, folder);
  await storage.move(kept, await freePath(storage, storagePath(`${kept}-left`)));
}

/**
 * Puts a folder that nobody owns any more to what is kept of it, out of the way of the new one: XMail makes no account
 * into a folder that is there.
 */
export async function clearAway(storage: Storage, folder: StoragePath, kept: StoragePath): Promise<void> {
  await mergeFolder(storage, folder, kept);
  await storage.move(folder, await freePath(storage, storagePath(`${kept}-left`)));
}

async function mergeFolder(storage: Storage, kept: StoragePath, folder: StoragePath): Promise<void> {
  await storage.makeFolder(folder);
  for (const { name, kind } of await storage.list(kept)) {
    const [from, to] = [storagePath(kept, name), storagePath(folder, name)];
    if (kind === "folder") {
      if (MAIL_FOLDERS.has(name)) await mergeMail(storage, from, to);
      else await mergeFolder(storage, from, to);
      // Of a table that is there, the kept one is only a copy: it was brought back by commands.
    } else if ((await storage.stat(to)) === null) await storage.move(from, to);
  }
}

async function mergeMail(storage: Storage, from: StoragePath, to: StoragePath): Promise<void> {
  await storage.makeFolder(to);
  for (const { name, kind } of (await orNull(storage.list(from))) ?? []) {
    const [one, other] = [storagePath(from, name), storagePath(to, name)];
    if (kind === "folder") await mergeMail(storage, one, other);
    else await storage.move(one, await freePath(storage, other));
  }
}

async function freePath(storage: Storage, path: StoragePath): Promise<StoragePath> {
  for (let number = 0; ; number += 1) {
    const free = number === 0 ? path : storagePath(`${path}.${number}`);
    if ((await storage.stat(free)) === null) return free;
  }
}

async function makeMailbox(storage: Storage, folder: StoragePath, format: string): Promise<void> {
  if (format === "mailbox") return storage.makeFolder(folder);
  for (const part of MAILDIR) await storage.makeFolder(storagePath(folder, part));
}

async function copy(storage: Storage, from: StoragePath, to: StoragePath): Promise<void> {
  const bytes = await orNull(storage.read(from));
  if (bytes) await storage.write(to, bytes);
}
