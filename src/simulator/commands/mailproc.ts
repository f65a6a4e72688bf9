import { foldName } from "../../xmail/names.ts";
import { type Account, checkedAccount, folderOf } from "../accounts.ts";
import { type Answer, argument, type Command } from "../answer.ts";
import { refuse } from "../refusal.ts";
import type { MailRoot } from "../root.ts";
import { storeUpload } from "./store-upload.ts";

const ANY = Number.POSITIVE_INFINITY;

function domainFile(account: Account): string {
  return `domains/${foldName(account.domain)}/mailproc.tab`;
}

function userFile(account: Account): string {
  return `${folderOf(account)}/mailproc.tab`;
}

async function userGetMailproc(root: MailRoot, args: readonly string[]): Promise<Answer> {
  const account = await checkedAccount(root, argument(args, 0), argument(args, 1));
  const flags = args[2] ?? "DU";
  const wanted = [/d/i.test(flags) && domainFile(account), /u/i.test(flags) && userFile(account)];
  const paths = wanted.filter((path) => path !== false);
  if (paths.length === 0) return { kind: "endless" };
  const texts: string[] = [];
  for (const path of paths) {
    const text = await root.read(path);
    if (text !== null) texts.push(text);
  }
  if (texts.length === 0) refuse(116);
  return { kind: "file", text: texts.join("") };
}

async function userSetMailproc(root: MailRoot, args: readonly string[]): Promise<Answer> {
  const account = await checkedAccount(root, argument(args, 0), argument(args, 1));
  const path = /^d/i.test(args[2] ?? "") ? domainFile(account) : userFile(account);
  return { kind: "upload", store: (text) => storeUpload(root, path, text) };
}

export const MAILPROC_COMMANDS = {
  usergetmproc: { least: 2, most: ANY, run: userGetMailproc },
  usersetmproc: { least: 2, most: ANY, run: userSetMailproc },
} as const satisfies Record<string, Command>;
