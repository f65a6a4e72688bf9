import { type StoragePath, storagePath } from "../storage/path.ts";
import type { Scanned, Storage } from "../storage/storage.ts";
import type { MailboxUsage } from "../xmail/accounts.ts";
import type { CallOptions } from "../xmail/call-options.ts";
import { type AccountLine, folderOf } from "./account-lines.ts";
import { readIfThere } from "./if-there.ts";

interface Count {
  bytes: number;
  messages: number;
}

/** Called with each message: its account's place among the lines, its path below the account's folder, and its file. */
type Seen = (place: number, inside: string, file: Pick<Scanned, "size" | "mtimeMs">) => void;

interface Counted {
  /** Place of its line. */
  readonly place: number;
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
  const counted = await walk(scan, lines, options);
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

/** The same for who asks for all accounts: without the address of the last sign-in, and `seen` is told each message. */
export async function walkMailboxes(
  storage: Storage,
  scan: NonNullable<Storage["scan"]>,
  lines: readonly AccountLine[],
  seen: Seen,
  options?: CallOptions,
): Promise<{ format: "Maildir" | "mailbox"; bytes: number; messages: number; lastLoginMs: number | null }[]> {
  const counted = await walk(scan, lines, options, seen);
  return Promise.all(
    lines.map(async (line) => {
      const folder = folderOf(line);
      const found = counted.get(folder) ?? nothing(0);
      const format = await formatOf(storage, folder, found, options);
      return { format, ...found[format], lastLoginMs: found.lastLoginMs };
    }),
  );
}

async function walk(
  scan: NonNullable<Storage["scan"]>,
  lines: readonly AccountLine[],
  options?: CallOptions,
  seen?: Seen,
): Promise<Map<StoragePath, Counted>> {
  const counted = new Map<StoragePath, Counted>();
  for (const [place, line] of lines.entries())
    if (line.kind === "user") counted.set(folderOf(line), nothing(place));
  for await (const { path, size, mtimeMs } of scan([...counted.keys()], options)) {
    const folder = holderOf(path, counted);
    const holder = folder === null ? undefined : counted.get(folder);
    if (folder === null || !holder) continue;
    const inside = path.slice(folder.length + 1);
    if (add(holder, inside, size, mtimeMs)) seen?.(holder.place, inside, { size, mtimeMs });
  }
  return counted;
}

function nothing(place: number): Counted {
  return { place, Maildir: { bytes: 0, messages: 0 }, mailbox: { bytes: 0, messages: 0 }, lastLoginMs: null };
}

/** The nearest of the folders: an account may live in the folder of another. */
function holderOf(path: StoragePath, folders: ReadonlyMap<StoragePath, Counted>): StoragePath | null {
  for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1)) {
    const folder = path.slice(0, end) as StoragePath;
    if (folders.has(folder)) return folder;
  }
  return null;
}

/** Whether it is a message. */
function add(counted: Counted, inside: string, size: number, mtimeMs: number): boolean {
  if (inside === ".ipconn") counted.lastLoginMs = mtimeMs;
  const [format = ""] = inside.split("/", 1);
  if ((format !== "Maildir" && format !== "mailbox") || format === inside) return false;
  if (inside.startsWith(".", inside.lastIndexOf("/") + 1)) return false;
  counted[format].bytes += size;
  counted[format].messages += 1;
  return true;
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
