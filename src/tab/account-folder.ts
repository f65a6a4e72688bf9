import { fail } from "../errors/error.ts";
import { type StoragePath, storagePath } from "../storage/path.ts";
import type { Entry, Storage } from "../storage/storage.ts";
import type { AccountRow } from "../xmail/accounts.ts";
import { type AccountLine, folderOf, readAccountLines } from "./account-lines.ts";
import { FILES } from "./files.ts";
import { listIfThere, readIfThere, removeIfThere } from "./if-there.ts";
import { pathOf } from "./table-file.ts";

/** How XMail keeps mailboxes; it is started for one of the two. */
export type MailboxFormat = "Maildir" | "mailbox";

const MAILDIR = ["new", "cur", "tmp"] as const;
/** Accounts looked at to learn the format. */
const SAMPLES = 5;

/**
 * Makes the folder as `useradd` does, in place of one that an interrupted call left. `STORAGE_EXISTS` when files of
 * an earlier account lie there: they are not the new one's to read, nor ours to throw away.
 */
export async function makeAccountFolder(
  storage: Storage,
  { domain, name, kind }: AccountRow,
  format?: MailboxFormat,
): Promise<void> {
  const place = { domain, directory: name };
  const folder = folderOf(place);
  const variables = await defaultsOf(storage, domain);
  await clearUnused(storage, folder, variables.length);
  await storage.makeFolder(folder);
  await storage.write(pathOf(FILES.variables, place), variables);
  if (kind === "list") {
    await storage.write(pathOf(FILES.listMembers, place), new Uint8Array());
  } else if ((format ?? (await formatInUse(storage))) === "mailbox") {
    await storage.makeFolder(storagePath(folder, "mailbox"));
  } else {
    for (const part of MAILDIR) await storage.makeFolder(storagePath(folder, "Maildir", part));
  }
}

export function refuseLeftOver(): never {
  return fail("STORAGE_EXISTS", "A folder of this name is still there, with files or another account in it.");
}

async function defaultsOf(storage: Storage, domain: string): Promise<Uint8Array> {
  return (
    (await readIfThere(storage, pathOf(FILES.domainAccountDefaults, { domain }))) ??
    (await readIfThere(storage, pathOf(FILES.accountDefaults, {}))) ??
    new Uint8Array()
  );
}

async function clearUnused(storage: Storage, folder: StoragePath, variablesSize: number): Promise<void> {
  if ((await storage.stat(folder)) === null) return;
  const isOurs = ({ name, size }: Entry): boolean =>
    (name === "user.tab" && (size === variablesSize || size === 0)) || (name === "mlusers.tab" && size === 0);
  if (await holdsOthers(storage, folder, isOurs)) refuseLeftOver();
  await removeIfThere(storage, folder);
}

async function holdsOthers(
  storage: Storage,
  folder: StoragePath,
  isOurs: (entry: Entry) => boolean,
): Promise<boolean> {
  for (const entry of await listIfThere(storage, folder)) {
    const others =
      entry.kind === "folder"
        ? await holdsOthers(storage, storagePath(folder, entry.name), isOurs)
        : !isOurs(entry);
    if (others) return true;
  }
  return false;
}

/** What the accounts there are have; Maildir when there are none. */
async function formatInUse(storage: Storage): Promise<MailboxFormat> {
  const users = (await readAccountLines(storage)).filter(({ kind }) => kind === "user");
  for (const line of users.slice(0, SAMPLES)) {
    if (await has(storage, line, "Maildir")) return "Maildir";
    if (await has(storage, line, "mailbox")) return "mailbox";
  }
  return "Maildir";
}

async function has(storage: Storage, line: AccountLine, format: MailboxFormat): Promise<boolean> {
  return (await storage.stat(storagePath(folderOf(line), format))) !== null;
}
