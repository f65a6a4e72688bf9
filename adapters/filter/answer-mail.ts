import { closeSync, openSync, readSync, statSync } from "node:fs";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { answerVacation, local, storagePath } from "../../src/index.ts";

/** Bytes of a mail that are read; its header must end within them. */
const MOST_HEAD = 256 * 1024;
/** Folders between a mail and the MailRoot: `spool/3/1/mess`. */
const MOST_ABOVE = 8;

/** What the program was asked to do with one mail. Tells what it did, or why it did nothing. */
export async function answerMail([task, address, folder, file]: readonly string[]): Promise<string> {
  if (task !== "vacation" || address === undefined || folder === undefined || file === undefined) {
    return "usage: xmailcfg-filter vacation ADDRESS ACCOUNT-FOLDER SPOOL-FILE";
  }
  const root = mailRootAbove(file, storagePath(folder));
  if (root === null) return `${file} is in no MailRoot that has ${folder}`;
  const silence = await answerVacation({
    spooled: beginningOf(file),
    address,
    account: local(join(root, folder)),
    spool: local(join(root, "spool")),
    now: new Date(),
    host: hostname(),
  });
  return silence === null ? "answered" : `silent: ${silence}`;
}

/** XMail tells nobody where its MailRoot is, but its mails are there. */
function mailRootAbove(file: string, folder: string): string | null {
  let above = dirname(file);
  for (let step = 0; step < MOST_ABOVE; step += 1) {
    if (isFolder(join(above, folder)) && isFolder(join(above, "spool"))) return above;
    above = dirname(above);
  }
  return null;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function beginningOf(file: string): Uint8Array {
  const handle = openSync(file, "r");
  try {
    const bytes = Buffer.alloc(MOST_HEAD);
    let length = 0;
    for (let read = -1; read !== 0 && length < MOST_HEAD; length += read) {
      read = readSync(handle, bytes, length, MOST_HEAD - length, null);
    }
    return bytes.subarray(0, length);
  } finally {
    closeSync(handle);
  }
}
