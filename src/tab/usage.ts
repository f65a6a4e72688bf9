import { type StoragePath, storagePath } from "../storage/path.ts";
import type { Storage } from "../storage/storage.ts";
import type { MailboxUsage } from "../xmail/accounts.ts";
import type { CallOptions } from "../xmail/call-options.ts";
import type { AccountRef } from "../xmail/names.ts";
import { locateIndexed } from "./account-index.ts";
import { type AccountLine, folderOf } from "./account-lines.ts";
import { mapAtMost } from "./at-most.ts";
import { listIfThere, readIfThere } from "./if-there.ts";
import { scanUsage } from "./usage-scan.ts";

const MAILBOXES_AT_ONCE = 16;

/** In the order asked. `ACCOUNT_NOT_FOUND`. */
export async function readUsage(
  storage: Storage,
  refs: readonly AccountRef[],
  options?: CallOptions,
): Promise<MailboxUsage[]> {
  return usageIn(storage, await locateIndexed(storage, refs, options), options);
}

/** The same of accounts that were found already. */
export async function usageIn(
  storage: Storage,
  lines: readonly AccountLine[],
  options?: CallOptions,
): Promise<MailboxUsage[]> {
  if (storage.scan) return scanUsage(storage, storage.scan.bind(storage), lines, options);
  return mapAtMost(lines, MAILBOXES_AT_ONCE, (line) => usageOf(storage, line, options));
}

export async function usageOf(
  storage: Storage,
  line: AccountLine,
  options?: CallOptions,
): Promise<MailboxUsage> {
  if (line.kind === "list") return { bytes: 0, messages: 0, lastLogin: null };
  const folder = folderOf(line);
  const { bytes, messages } = await countMessages(
    storage,
    await mailboxOf(storage, folder, options),
    options,
  );
  return { bytes, messages, lastLogin: await lastLoginOf(storage, folder, options) };
}

async function mailboxOf(storage: Storage, folder: StoragePath, options?: CallOptions): Promise<StoragePath> {
  const maildir = storagePath(folder, "Maildir");
  return (await storage.stat(maildir, options)) ? maildir : storagePath(folder, "mailbox");
}

/** XMail counts the files of all folders below, hidden ones too, but no file whose name begins with a dot. */
async function countMessages(
  storage: Storage,
  folder: StoragePath,
  options?: CallOptions,
): Promise<{ bytes: number; messages: number }> {
  const count = { bytes: 0, messages: 0 };
  for (const entry of await listIfThere(storage, folder, options)) {
    if (entry.kind === "folder") {
      const inside = await countMessages(storage, storagePath(folder, entry.name), options);
      count.bytes += inside.bytes;
      count.messages += inside.messages;
    } else if (!entry.name.startsWith(".")) {
      count.bytes += entry.size;
      count.messages += 1;
    }
  }
  return count;
}

/** `.ipconn` holds the address of the last POP3 login; the time is that of the file. */
async function lastLoginOf(
  storage: Storage,
  folder: StoragePath,
  options?: CallOptions,
): Promise<MailboxUsage["lastLogin"]> {
  const path = storagePath(folder, ".ipconn");
  const stat = await storage.stat(path, options);
  const bytes = stat && (await readIfThere(storage, path, options));
  if (!bytes) return null;
  return { at: new Date(stat.mtimeMs), address: Buffer.from(bytes).toString("latin1").trim() };
}
