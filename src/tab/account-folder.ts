import { fail } from "../errors/error.ts";
import { type StoragePath, storagePath } from "../storage/path.ts";
import type { Storage } from "../storage/storage.ts";
import type { NewAccountWithVariables } from "../xmail/accounts.ts";
import { foldName } from "../xmail/names.ts";
import { type AccountLine, folderOf, readAccountLines } from "./account-lines.ts";
import { parseTable, serializeTable } from "./codec.ts";
import { FILES } from "./files.ts";
import { listIfThere, readIfThere } from "./if-there.ts";
import { pathOf } from "./table-file.ts";
import { withVariables } from "./variables.ts";

/** How XMail keeps mailboxes; it is started for one of the two. */
export type MailboxFormat = "Maildir" | "mailbox";

const OTHER = { Maildir: "mailbox", mailbox: "Maildir" } as const;
const MAILDIR = ["new", "cur", "tmp"] as const;
/** Accounts looked at to learn the format. */
const SAMPLES = 5;

/**
 * Makes folders as `useradd` does, or adds what is missing to one that an interrupted call left; nothing is removed,
 * for a folder may hold more than can be listed. `STORAGE_EXISTS` when files of an earlier account lie there: they are
 * not the new one's to read, nor ours to throw away.
 */
export async function accountFolders(
  storage: Storage,
  format?: MailboxFormat,
): Promise<(account: NewAccountWithVariables) => Promise<void>> {
  const form = format ?? (await formatInUse(storage));
  const defaults = new Map<string, Promise<Uint8Array>>();
  return (account) => {
    const domain = foldName(account.domain);
    const known = defaults.get(domain) ?? defaultsOf(storage, domain);
    defaults.set(domain, known);
    return makeAccountFolder(storage, account, { form, defaults: known });
  };
}

async function makeAccountFolder(
  storage: Storage,
  { domain, name, kind, variables: more = new Map() }: NewAccountWithVariables,
  { form, defaults }: { readonly form: MailboxFormat; readonly defaults: Promise<Uint8Array> },
): Promise<void> {
  const place = { domain, directory: name };
  const folder = folderOf(place);
  const plain = await defaults;
  const variables =
    more.size === 0 ? plain : serializeTable(withVariables(parseTable(plain, FILES.variables), more));
  await refuseUsed(storage, folder, place, variables);
  // Beside the other form's folder nobody could tell which of the two counts.
  if (kind === "user" && (await has(storage, place, OTHER[form]))) refuseLeftOver();
  await storage.makeFolder(folder);
  await storage.write(pathOf(FILES.variables, place), variables);
  if (kind === "list") {
    await storage.write(pathOf(FILES.listMembers, place), new Uint8Array());
  } else if (form === "mailbox") {
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

async function refuseUsed(
  storage: Storage,
  folder: StoragePath,
  place: { readonly domain: string; readonly directory: string },
  variables: Uint8Array,
): Promise<void> {
  /** What an interrupted call may have left: empty, or as we would write it. */
  const settings = pathOf(FILES.variables, place);
  const members = pathOf(FILES.listMembers, place);
  const isOurs = async (path: StoragePath, size: number): Promise<boolean> =>
    path === settings
      ? size === 0 || (await holds(storage, path, variables))
      : path === members && size === 0;
  if (await holdsOthers(storage, folder, isOurs)) refuseLeftOver();
}

async function holds(storage: Storage, path: StoragePath, bytes: Uint8Array): Promise<boolean> {
  return Buffer.compare(await storage.read(path), bytes) === 0;
}

async function holdsOthers(
  storage: Storage,
  folder: StoragePath,
  isOurs: (path: StoragePath, size: number) => Promise<boolean>,
): Promise<boolean> {
  for (const { name, kind, size } of await listIfThere(storage, folder)) {
    const path = storagePath(folder, name);
    const others = kind === "folder" ? await holdsOthers(storage, path, isOurs) : !(await isOurs(path, size));
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

async function has(
  storage: Storage,
  place: Pick<AccountLine, "domain" | "directory">,
  format: MailboxFormat,
): Promise<boolean> {
  return (await storage.stat(storagePath(folderOf(place), format))) !== null;
}
