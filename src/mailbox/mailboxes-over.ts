import { orNullByName } from "../storage/if-there.ts";
import { type StoragePath, storagePath } from "../storage/path.ts";
import type { Storage } from "../storage/storage.ts";
import { mapAtMost } from "../tab/at-most.ts";
import type { AccountStore } from "../xmail/accounts.ts";
import type { CallOptions } from "../xmail/call-options.ts";
import type { MailboxStore, MessageHead, StoredMessage } from "../xmail/mailboxes.ts";
import type { AccountRef } from "../xmail/names.ts";
import { asWritten } from "../xmail/stored-mail.ts";
import { countMailboxes } from "./count.ts";
import { headerNamed, headersIn } from "./head.ts";
import { readKept, waits } from "./kept.ts";
import { attachmentIn, readMessage, SHOWN_BYTES } from "./message.ts";
import { arrivalOf, type Box, boxFolder, idOf, pathOf } from "./place.ts";

/** Of each message in a list: more headers than this before the subject has nobody. */
const HEAD_BYTES = 8192;
const HEADS_AT_ONCE = 16;
/** Bytes of a message out of which an attachment is taken. */
const ATTACHMENT_BYTES = 64 * 1024 * 1024;

/** Mailboxes in the files of a MailRoot; `accounts` reads the same files. */
export function mailboxesOver(
  storage: Storage,
  accounts: Pick<AccountStore, "list" | "variables" | "folder">,
): MailboxStore {
  const pathIn = async (ref: AccountRef, id: string, options: CallOptions): Promise<StoragePath | null> =>
    pathOf(storagePath(await accounts.folder(ref, options)), id);
  const storedOf = async (ref: AccountRef, id: string, most: number, options: CallOptions) => {
    const path = await pathIn(ref, id, options);
    return path && beginningOf(storage, path, most, options);
  };
  return {
    async counted(options) {
      const kept = await readKept(storage, signalOf(options));
      return kept.rows.map((row) => ({ ...row, waits: waits(kept, row) }));
    },
    count: (wish, options) => countMailboxes(storage, accounts, wish, options),
    async page(ref, { after, limit }, options = {}) {
      const folder = storagePath(await accounts.folder(ref, options));
      const all = (await messagesIn(storage, folder, signalOf(options))).sort(newestFirst);
      const start = after === undefined ? 0 : all.findIndex((one) => newestFirst(one, placeIn(after)) > 0);
      const rows = start === -1 ? [] : all.slice(start, start + limit);
      const last = rows.at(-1);
      return {
        items: await mapAtMost(rows, HEADS_AT_ONCE, (one) => headOf(storage, folder, one, signalOf(options))),
        total: all.length,
        bytes: all.reduce((sum, { size }) => sum + size, 0),
        next: last && start + rows.length < all.length ? `${last.arrived}:${last.id}` : null,
      };
    },
    async open(ref, id, options = {}) {
      const path = await pathIn(ref, id, options);
      const stat = path && (await orNullByName(storage.stat(path, signalOf(options))));
      if (!path || stat?.kind !== "file") return null;
      const bytes = await beginningOf(storage, path, SHOWN_BYTES, options);
      if (!bytes) return null;
      const { size, mtimeMs } = stat;
      const arrived = arrivalOf(id.slice(id.indexOf("_") + 1), mtimeMs);
      return { id, size, arrived, ...(await readMessage(asWritten(bytes), size > bytes.length)) };
    },
    async bytesOf(ref, id, most, options = {}) {
      const stored = await storedOf(ref, id, most, options);
      return stored && asWritten(stored);
    },
    async attachment(ref, id, place, options = {}) {
      const stored = await storedOf(ref, id, ATTACHMENT_BYTES, options);
      return stored && attachmentIn(asWritten(stored), place, stored.length >= ATTACHMENT_BYTES);
    },
  };
}

function signalOf({ signal }: CallOptions = {}): CallOptions {
  return signal ? { signal } : {};
}

async function beginningOf(
  storage: Storage,
  path: StoragePath,
  most: number,
  options: CallOptions,
): Promise<Uint8Array | null> {
  const range = storage.can.rangedRead ? { offset: 0, length: most } : {};
  const bytes = await orNullByName(storage.read(path, { ...range, ...signalOf(options) }));
  return bytes?.subarray(0, most) ?? null;
}

/** Of both formats where both stand: people look for a message, whichever of them XMail reads. */
async function messagesIn(
  storage: Storage,
  account: StoragePath,
  options: CallOptions,
): Promise<StoredMessage[]> {
  const found: StoredMessage[] = [];
  for (const box of ["new", "cur", "box"] as Box[]) {
    const entries = (await orNullByName(storage.list(boxFolder(account, box), options))) ?? [];
    for (const { kind, name, size, mtimeMs } of entries) {
      const id = kind === "file" ? idOf(box, name) : null;
      if (id !== null) found.push({ id, size, arrived: arrivalOf(name, mtimeMs) });
    }
  }
  return found;
}

function newestFirst(
  a: Pick<StoredMessage, "arrived" | "id">,
  b: Pick<StoredMessage, "arrived" | "id">,
): number {
  return b.arrived - a.arrived || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0);
}

/** `1795509289014:new_…`; what is none is before all. */
function placeIn(cursor: string): Pick<StoredMessage, "arrived" | "id"> {
  const colon = cursor.indexOf(":");
  return { arrived: Number(cursor.slice(0, colon)) || 0, id: cursor.slice(colon + 1) };
}

async function headOf(
  storage: Storage,
  folder: StoragePath,
  message: StoredMessage,
  options: CallOptions,
): Promise<MessageHead> {
  const path = pathOf(folder, message.id);
  const bytes = path && (await beginningOf(storage, path, HEAD_BYTES, options));
  const headers = bytes ? headersIn(bytes) : [];
  return {
    ...message,
    from: headerNamed(headers, "from"),
    subject: headerNamed(headers, "subject"),
    date: headerNamed(headers, "date"),
  };
}
