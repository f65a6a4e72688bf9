import { isStoragePath, type StoragePath, storagePath } from "../storage/path.ts";
import type { Scanned } from "../storage/storage.ts";
import type { StoredMessage } from "../xmail/mailboxes.ts";

/** Folders that hold messages, by how their messages are named. */
const FOLDERS = { new: "Maildir/new", cur: "Maildir/cur", box: "mailbox" } as const;
export type Box = keyof typeof FOLDERS;

const NAME = /^(?!\.)[\x21-\x2e\x30-\x5b\x5d-\x7e]{1,230}$/;
/** XMail begins names with milliseconds, other programs with seconds. */
const TIME_OF_NAME = /^(\d{10}|\d{12,14})\./;

export function boxFolder(account: StoragePath, box: Box): StoragePath {
  return storagePath(account, FOLDERS[box]);
}

/** What a file of that name is called; `null` for a name that nobody could ask for. */
export function idOf(box: Box, name: string): string | null {
  return NAME.test(name) && isStoragePath(name) ? `${box}_${name}` : null;
}

/** `null` for what is no id of a message. */
export function pathOf(account: StoragePath, id: string): StoragePath | null {
  const [, box, name = ""] = /^(new|cur|box)_(.+)$/.exec(id) ?? [];
  if (box === undefined || idOf(box as Box, name) === null) return null;
  return storagePath(boxFolder(account, box as Box), name);
}

export function arrivalOf(name: string, mtimeMs: number): number {
  const [, digits = ""] = TIME_OF_NAME.exec(name) ?? [];
  if (digits === "") return mtimeMs;
  return Number(digits) * (digits.length === 10 ? 1000 : 1);
}

/** A file inside an account's folder as a message; `null` for what lies elsewhere, as in `tmp`. */
export function messageAt(
  inside: string,
  { size, mtimeMs }: Pick<Scanned, "size" | "mtimeMs">,
): StoredMessage | null {
  const slash = inside.lastIndexOf("/");
  const folder = inside.slice(0, slash);
  const name = inside.slice(slash + 1);
  const box = (Object.keys(FOLDERS) as Box[]).find((one) => FOLDERS[one] === folder);
  const id = box === undefined ? null : idOf(box, name);
  return id === null ? null : { id, size, arrived: arrivalOf(name, mtimeMs) };
}
