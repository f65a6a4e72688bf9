import { isIP } from "node:net";
import { type Account, accountAt, folderOf, numberForNobody, realDomain } from "../accounts.ts";
import { type Answer, argument, type Command } from "../answer.ts";
import { mailDate } from "../dates.ts";
import { refuse } from "../refusal.ts";
import type { MailRoot } from "../root.ts";
import { nameBytes } from "../root.ts";
import { bodiesOf, listRow } from "../table-text.ts";
import { accountBehindAlias } from "./alias.ts";

async function userStat(root: MailRoot, args: readonly string[]): Promise<Answer> {
  const account = await findRecipient(root, argument(args, 0), argument(args, 1));
  const box = await mailbox(root, account);
  const login = await lastLogin(root, account);
  const lines = [
    ["RealAddress", `${account.name}@${account.domain}`],
    ["MailboxSize", String(box.size)],
    ["MailboxMessages", String(box.messages)],
    ["LastLoginTimeDate", mailDate(login.time)],
    ["LastLoginIP", login.address],
  ];
  return { kind: "records", lines: lines.map(listRow) };
}

/** The only look-up that follows aliases. */
async function findRecipient(root: MailRoot, domain: string, name: string): Promise<Account> {
  const account = await recipientIn(root, domain, name);
  if (account) return account;
  const real = await realDomain(root, domain);
  const behind = real === null ? null : await recipientIn(root, real, name);
  return behind ?? refuse(await numberForNobody(root, domain));
}

async function recipientIn(root: MailRoot, domain: string, name: string): Promise<Account | null> {
  return (await accountAt(root, domain, name)) ?? accountBehindAlias(root, domain, name);
}

interface Box {
  size: number;
  messages: number;
}

async function mailbox(root: MailRoot, account: Account): Promise<Box> {
  const folder = `${folderOf(account)}/Maildir`;
  if ((await root.stat(folder))?.kind !== "folder") refuse(97);
  const box = { size: 0, messages: 0 };
  await count(root, folder, box);
  return box;
}

/** Every file whose name has no dot in front, however deep. */
async function count(root: MailRoot, folder: string, box: Box): Promise<void> {
  for (const entry of (await root.list(folder)) ?? []) {
    if (entry.kind === "folder") await count(root, `${folder}/${nameBytes(entry.name)}`, box);
    else if (!entry.name.startsWith(".")) {
      box.size += entry.size;
      box.messages += 1;
    }
  }
}

/** Without a login, or with an address that is none: now, from nowhere. */
async function lastLogin(root: MailRoot, account: Account): Promise<{ time: Date; address: string }> {
  const path = `${folderOf(account)}/.ipconn`;
  const [stat, text] = [await root.stat(path), await root.read(path)];
  const address = bodiesOf(text ?? "", { lineBuffer: 512 })[0] ?? "";
  if (!stat || isIP(address) === 0) return { time: root.now(), address: "0.0.0.0" };
  return { time: new Date(stat.mtimeMs), address: address.toLowerCase() };
}

export const STATISTICS_COMMANDS = {
  userstat: { least: 2, most: 2, run: userStat },
} as const satisfies Record<string, Command>;
