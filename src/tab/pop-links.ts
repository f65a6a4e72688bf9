import { encodePassword } from "../crypto/password-code.ts";
import { fail, failField } from "../errors/error.ts";
import type { Secret } from "../errors/secret.ts";
import { orNullByName } from "../storage/if-there.ts";
import { isStoragePath, type StoragePath, storagePath } from "../storage/path.ts";
import type { Storage } from "../storage/storage.ts";
import type { CallOptions } from "../xmail/call-options.ts";
import { addressOf, foldName, sameName } from "../xmail/names.ts";
import { isAccountLink, type NewPopLink, type PopLink, type PopLinkKey } from "../xmail/pop-links.ts";
import { finderIn, folderOf, readAccountLines } from "./account-lines.ts";
import { mapAtMost } from "./at-most.ts";
import { appendRow, cellOf, type Row, removeRows, replaceRow, type Table, textOf } from "./codec.ts";
import { draftEdit } from "./edit-table.ts";
import { POP_LINKS } from "./links.ts";
import { checkPassword, checkPattern } from "./name-rules.ts";
import { readTable } from "./read-table.ts";

const COLUMNS = 6;
const FILES_AT_ONCE = 16;
type FolderOf = (key: PopLinkKey) => StoragePath | null;

export async function readPopLinks(storage: Storage, options?: CallOptions): Promise<PopLink[]> {
  const rows = linkRows(await readTable(storage, POP_LINKS, options));
  const folder = await folders(storage, options);
  return mapAtMost(rows, FILES_AT_ONCE, async (row) => {
    const key = keyOf(row);
    const off = offFile(key, folder);
    const options = textOf(row.cells[5] ?? "");
    const enabled = off !== null && !(await isMarked(storage, off));
    return { ...key, options: options === "" ? [] : options.split(","), enabled };
  });
}

/** `POP_LINK_EXISTS`. */
export async function addPopLink(storage: Storage, link: NewPopLink, options?: CallOptions): Promise<void> {
  const { domain, name, host, remoteName } = link;
  for (const [field, value] of Object.entries({ domain, name, host, remoteName })) checkPart(field, value);
  const cells = [domain, name, host, remoteName, coded(link.password), link.options.join(",")];
  const draft = await draftEdit(
    storage,
    POP_LINKS,
    (table) => {
      if (rowsOf(table, link).length > 0) fail("POP_LINK_EXISTS");
      return appendRow(table, cells.map(cellOf));
    },
    options,
  );
  await draft.save();
}

/** `POP_LINK_NOT_FOUND`. */
export async function changePopLink(
  storage: Storage,
  key: PopLinkKey,
  change: { readonly options: readonly string[]; readonly password?: Secret },
  options?: CallOptions,
): Promise<void> {
  const draft = await draftEdit(
    storage,
    POP_LINKS,
    (table) => {
      const [row] = rowsOf(table, key);
      if (!row) return fail("POP_LINK_NOT_FOUND");
      const password = change.password ? coded(change.password) : (row.cells[4] ?? "");
      return replaceRow(table, row, [
        ...row.cells.slice(0, 4),
        cellOf(password),
        cellOf(change.options.join(",")),
      ]);
    },
    options,
  );
  await draft.save();
}

/** With the mark that it is off, and with what was noted of mail fetched before. `POP_LINK_NOT_FOUND`. */
export async function removePopLink(storage: Storage, key: PopLinkKey, options?: CallOptions): Promise<void> {
  const draft = await draftEdit(
    storage,
    POP_LINKS,
    (table) => {
      const gone = rowsOf(table, key);
      return gone.length === 0 ? fail("POP_LINK_NOT_FOUND") : removeRows(table, gone);
    },
    options,
  );
  const off = offFile(key, await folders(storage, options));
  const fetched = `msgsync/${key.host.replace(/[:/]/g, "_")}/${key.remoteName}.uidb`;
  await draft.save();
  for (const path of [off, fetched]) {
    if (path !== null && isStoragePath(path)) await orNullByName(storage.remove(path));
  }
}

/**
 * `POP_LINK_NOT_FOUND`, `ACCOUNT_NOT_FOUND`; `STORAGE_PATH` when the storage has no such names: the mark of a host with a port
 * holds a colon.
 */
export async function turnPopLink(
  storage: Storage,
  key: PopLinkKey,
  on: boolean,
  options?: CallOptions,
): Promise<void> {
  if (rowsOf(await readTable(storage, POP_LINKS, options), key).length === 0) fail("POP_LINK_NOT_FOUND");
  const off = offFile(key, await folders(storage, options)) ?? fail("ACCOUNT_NOT_FOUND");
  if (on) {
    await orNullByName(storage.remove(off));
    return;
  }
  if (await isMarked(storage, off)) return;
  if (!isAccountLink(key)) await storage.makeFolder(storagePath("pop3links"));
  await storage.write(off, Buffer.from(`${new Date().toUTCString().replace(/^\w+, /, "")}\n`));
}

function linkRows(table: Table): Row[] {
  return table.rows.filter(({ cells }) => cells.length >= COLUMNS);
}

function rowsOf(table: Table, key: PopLinkKey): Row[] {
  return linkRows(table).filter((row) => identityOf(keyOf(row)) === identityOf(key));
}

function keyOf({ cells }: Row): PopLinkKey {
  const [domain = "", name = "", host = "", remoteName = ""] = cells.map(textOf);
  return { domain, name, host, remoteName };
}

function identityOf({ domain, name, host, remoteName }: PopLinkKey): string {
  return foldName([domain, name, host, remoteName].join("\t"));
}

async function folders(storage: Storage, options?: CallOptions): Promise<FolderOf> {
  const find = finderIn(await readAccountLines(storage, options));
  return (key) => {
    const account = find(key);
    return account && sameName(account.domain, key.domain) ? folderOf(account) : null;
  };
}

/** No mark can be where the storage has no such names; a link is on then. */
async function isMarked(storage: Storage, off: StoragePath): Promise<boolean> {
  return (await orNullByName(storage.stat(off))) !== null;
}

/** The file that marks a link as off; `null` when its account is not there. */
function offFile(key: PopLinkKey, folder: FolderOf): StoragePath | null {
  const name = `${addressOf({ name: key.remoteName, domain: key.host })}.disabled`;
  const place = isAccountLink(key) ? folder(key) : storagePath("pop3links");
  if (place === null) return null;
  const path = `${place}/${name}`;
  return isStoragePath(path) ? path : null;
}

function checkPart(field: string, value: string): void {
  checkPattern(field, value);
  // Host and name become the name of a file.
  if (/[/\\]/.test(value) || /^\.+$/.test(value)) {
    failField(field, "slash", `${field} may not hold a slash or consist of dots.`);
  }
}

function coded(password: Secret): string {
  checkPassword(password.reveal());
  return encodePassword(cellOf(password.reveal()));
}
