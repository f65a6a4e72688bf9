import { type StoragePath, storagePath } from "../storage/path.ts";
import type { Storage } from "../storage/storage.ts";
import type { MailboxUsage } from "../xmail/accounts.ts";
import type { CallOptions } from "../xmail/call-options.ts";
import { type AccountLine, folderOf } from "./account-lines.ts";
import { readIfThere } from "./if-there.ts";

interface Count {
  bytes: number;
  messages: number;
}

interface Counted {
  readonly Maildir: Count;
  readonly mailbox: Count;
  /** When `.ipconn` was written, milliseconds since 1970. */
  lastLoginMs: number | null;
}

/** The usage of many accounts in one walk, for storages that walk faster than they answer questions. */
export async function scanUsage(
  storage: Storage,
  scan: NonNullable<Storage["scan"]>,
  lines: readonly AccountLine[],
  options?: CallOptions,
): Promise<MailboxUsage[]> {
  const counted = new Map(
    lines.filter(({ kind }) => kind === "user").map((line) => [folderOf(line), nothing()]),
  );
  for await (const { path, size, mtimeMs } of scan([...counted.keys()], options)) {
    const folder = holderOf(path, counted);
    if (folder !== null) add(counted.get(folder) ?? nothing(), path.slice(folder.length + 1), size, mtimeMs);
  }
  return Promise.all(
    lines.map(async (line) => {
      const folder = folderOf(line);
      const found = counted.get(folder);
      if (!found || line.kind === "list") return { bytes: 0, messages: 0, lastLogin: null };
      const { bytes, messages } = found[await formatOf(storage, folder, found, options)];
      return { bytes, messages, lastLogin: await lastLoginOf(storage, folder, found, options) };
    }),
  );
}

function nothing(): Counted {
  return { Maildir: { bytes: 0, messages: 0 }, mailbox: { bytes: 0, messages: 0 }, lastLoginMs: null };
}

/** The nearest of the folders: an account may live in the folder of another. */
function holderOf(path: StoragePath, folders: ReadonlyMap<StoragePath, Counted>): StoragePath | null {
  for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1)) {
    const folder = path.slice(0, end) as StoragePath;
    if (folders.has(folder)) return folder;
  }
  return null;
}

function add(counted: Counted, inside: string, size: number, mtimeMs: number): void {
  if (inside === ".ipconn") counted.lastLoginMs = mtimeMs;
  const [format = ""] = inside.split("/", 1);
  if ((format !== "Maildir" && format !== "mailbox") || format === inside) return;
  if (inside.startsWith(".", inside.lastIndexOf("/") + 1)) return;
  counted[format].bytes += size;
  counted[format].messages += 1;
}

/** Where both stand, Maildir is the one; a walk does not see it when it is empty. */
async function formatOf(
  storage: Storage,
  folder: StoragePath,
  { Maildir, mailbox }: Counted,
  options?: CallOptions,
): Promise<"Maildir" | "mailbox"> {
  if (Maildir.messages > 0 || mailbox.messages === 0) return "Maildir";
  return (await storage.stat(storagePath(folder, "Maildir"), options)) ? "Maildir" : "mailbox";
}

async function lastLoginOf(
  storage: Storage,
  folder: StoragePath,
  { lastLoginMs }: Counted,
  options?: CallOptions,
): Promise<MailboxUsage["lastLogin"]> {
  if (lastLoginMs === null) return null;
  const bytes = await readIfThere(storage, storagePath(folder, ".ipconn"), options);
  return bytes && { at: new Date(lastLoginMs), address: Buffer.from(bytes).toString("latin1").trim() };
}
