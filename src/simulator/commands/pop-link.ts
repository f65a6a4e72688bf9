import { encodePassword } from "../../crypto/password-code.ts";
import { FILES } from "../../tab/files.ts";
import { sameName } from "../../xmail/names.ts";
import { type Account, findAccount, folderOf } from "../accounts.ts";
import { type Answer, argument, type Command, DONE } from "../answer.ts";
import { offDate } from "../dates.ts";
import { readPassword } from "../password.ts";
import { refuse } from "../refusal.ts";
import { type MailRoot, pathOf } from "../root.ts";
import { leadingNumber, listRow, recordsOf, serverRow } from "../table-text.ts";
import { appendTo, ifPossible, rewrite, tableText } from "./edit.ts";

const LINKS = { ...FILES.popLinks, missing: 43 } as const;
const LONGEST_PASSWORD = 255;

/** Between which two mailboxes a link is. */
interface Place {
  readonly domain: string;
  readonly name: string;
  readonly host: string;
  readonly remoteName: string;
}

interface Link extends Place {
  readonly password: string;
  readonly options: string;
}

function placeOf(cells: readonly string[]): Place | null {
  const [domain = "", name = "", host = "", remoteName = ""] = cells;
  return cells.length >= 6 ? { domain, name, host, remoteName } : null;
}

/** `null` also for a password that is no code: such a row can only be removed. */
function linkOf(cells: readonly string[]): Link | null {
  const place = placeOf(cells);
  const [, , , , code = "", options = ""] = cells;
  const password = readPassword(code);
  return place === null || password === null ? null : { ...place, password, options };
}

function linksIn(text: string): Link[] {
  return recordsOf(text, LINKS).flatMap((cells) => linkOf(cells) ?? []);
}

function isOf(link: Place, domain: string, name: string): boolean {
  return sameName(link.domain, domain) && sameName(link.name, name);
}

function isFrom(link: Place, host: string, remoteName: string): boolean {
  return sameName(link.host, host) && sameName(link.remoteName, remoteName);
}

/** The file that marks a link as off. Refuses like `findAccount` when the local account is missing. */
async function offFile(root: MailRoot, link: Place): Promise<string> {
  const file = `${link.remoteName}@${link.host}.disabled`;
  if (/^[@?&]/.test(link.domain)) return `pop3links/${file}`;
  return `${folderOf(await findAccount(root, link.domain, link.name))}/${file}`;
}

async function linkAdd(root: MailRoot, args: readonly string[]): Promise<Answer> {
  const [domain, name, host, remoteName, password, options] = [0, 1, 2, 3, 4, 5].map((at) =>
    argument(args, at),
  ) as [string, string, string, string, string, string];
  if (password.length > LONGEST_PASSWORD) refuse(103);
  await root.locks.exclusive(LINKS.path, async () => {
    const places = recordsOf(await tableText(root, LINKS), LINKS).flatMap((cells) => placeOf(cells) ?? []);
    if (places.some((place) => isOf(place, domain, name) && isFrom(place, host, remoteName))) refuse(44);
    await appendTo(
      root,
      LINKS,
      serverRow([domain, name, host, remoteName, encodePassword(password), options]),
    );
  });
  return DONE;
}

async function linkDel(root: MailRoot, args: readonly string[]): Promise<Answer> {
  const [domain, name, host, remoteName] = [0, 1, 2, 3].map((at) => argument(args, at)) as [
    string,
    string,
    string,
    string,
  ];
  await dropLinks(root, 46, (link) => isOf(link, domain, name) && isFrom(link, host, remoteName));
  await root.remove(await offFile(root, { domain, name, host, remoteName }));
  await forgetFetched(root, host, remoteName);
  return DONE;
}

/** The ids of messages fetched before; the server makes the folder if need be. */
async function forgetFetched(root: MailRoot, host: string, remoteName: string): Promise<void> {
  const folder = pathOf(`msgsync/${host.replace(/[:/]/g, "_")}`);
  if (folder === null) return;
  await root.storage.makeFolder(folder);
  await root.remove(`${folder}/${remoteName}.uidb`);
}

async function linkList(root: MailRoot, args: readonly string[]): Promise<Answer> {
  const [domain, name] = args;
  const links = linksIn((await root.read(LINKS.path)) ?? refuse(19))
    .filter((link) => domain === undefined || sameName(link.domain, domain))
    .filter((link) => name === undefined || sameName(link.name, name));
  const lines: string[] = [];
  for (const link of links) {
    const { domain, name, host, remoteName, password, options } = link;
    lines.push(
      listRow([domain, name, host, remoteName, password, options, (await isOn(root, link)) ? "ON" : "OFF"]),
    );
  }
  return { kind: "records", lines };
}

async function isOn(root: MailRoot, link: Link): Promise<boolean> {
  try {
    return (await root.stat(await offFile(root, link))) === null;
  } catch {
    return false;
  }
}

async function linkEnable(root: MailRoot, args: readonly string[]): Promise<Answer> {
  const on = leadingNumber(argument(args, 0)) !== 0;
  const [, domain = "", name = "", host, remoteName] = args;
  const links = linksIn((await root.read(LINKS.path)) ?? refuse(19))
    .filter((link) => isOf(link, domain, name))
    .filter((link) => host === undefined || sameName(link.host, host))
    .filter((link) => remoteName === undefined || sameName(link.remoteName, remoteName));
  if (links.length === 0) refuse(46);
  for (const link of links) await setEnabled(root, link, on);
  return DONE;
}

/** A missing account is passed over in silence. */
async function setEnabled(root: MailRoot, link: Link, on: boolean): Promise<void> {
  let path: string;
  try {
    path = await offFile(root, link);
  } catch {
    return;
  }
  if (on) await root.remove(path);
  else if ((await root.stat(path)) === null) await ifPossible(root.write(path, `${offDate(root.now())}\n`));
}

async function dropLinks(root: MailRoot, ifNone: 46 | null, gone: (link: Place) => boolean): Promise<void> {
  const judge = (cells: readonly string[]) => {
    const place = placeOf(cells);
    return place && gone(place) ? "drop" : "keep";
  };
  await rewrite(root, LINKS, ifNone, judge, { blanks: false });
}

export async function dropLinksOf(root: MailRoot, account: Account): Promise<void> {
  await dropLinks(root, null, (link) => isOf(link, account.domain, account.name));
}

export async function dropLinksIn(root: MailRoot, domain: string): Promise<void> {
  await dropLinks(root, null, (link) => sameName(link.domain, domain));
}

export const POP_LINK_COMMANDS = {
  poplnkadd: { least: 6, most: 6, run: linkAdd },
  poplnkdel: { least: 4, most: 4, run: linkDel },
  poplnklist: { least: 0, most: 2, run: linkList },
  poplnkenable: { least: 3, most: Number.POSITIVE_INFINITY, run: linkEnable },
} as const satisfies Record<string, Command>;
