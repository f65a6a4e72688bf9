import { encodePassword } from "../../crypto/password-code.ts";
import { FILES } from "../../tab/files.ts";
import { foldName, sameName } from "../../xmail/names.ts";
import { patternMatcher } from "../../xmail/pattern.ts";
import { type Account, accountOf, checkedAccount, checkHandled, findAccount, folderOf } from "../accounts.ts";
import { type Answer, argument, type Command, DONE } from "../answer.ts";
import { checkHost, checkUserName } from "../names.ts";
import { refuse } from "../refusal.ts";
import { type MailRoot, pathOf } from "../root.ts";
import { listRow, recordsOf, serverRow } from "../table-text.ts";
import { aliasExists, dropAliasesTo } from "./alias.ts";
import { appendTo, ifPossible, rewrite, type Verdict } from "./edit.ts";
import { dropExternalAliasesOf } from "./external-alias.ts";
import { dropLinksOf } from "./pop-link.ts";
import { variablesIn, variablesText } from "./variables.ts";

/** Longer ones overflow a buffer of the original, which may or may not survive it. */
const LONGEST_PASSWORD = 255;
const LONGEST_ACCOUNT = 1000;

const ACCOUNTS = { ...FILES.accounts, missing: 9, indexed: "accounts" } as const;

async function userAdd(root: MailRoot, args: readonly string[]): Promise<Answer> {
  const [domain, name, password, type] = [0, 1, 2, 3].map((at) => argument(args, at)) as [
    string,
    string,
    string,
    string,
  ];
  checkLengths(domain, name, password);
  await checkHandled(root, domain);
  checkHost(domain);
  checkUserName(name);
  const kind = type === "M" ? "M" : "U";
  await root.locks.exclusive(ACCOUNTS.path, async () => {
    // Unlike a look-up this does not mind a password that is no code.
    const rows = (await root.rows("accounts")) ?? refuse(ACCOUNTS.missing);
    if (rows.has([domain, name])) refuse(13);
    if (await aliasExists(root, domain, name)) refuse(26);
    const account: Account = { domain, name, password, id: rows.highest + 1, directory: name, kind };
    await makeAccountFolder(root, account);
    await appendTo(root, ACCOUNTS, accountRow(account));
  });
  return DONE;
}

function checkLengths(domain: string, name: string, password: string): void {
  if (password.length > LONGEST_PASSWORD || domain.length + name.length > LONGEST_ACCOUNT) refuse(103);
}

function accountRow({ domain, name, password, id, directory, kind }: Account): string {
  return serverRow([domain, name, encodePassword(password), id, directory, kind]);
}

async function makeAccountFolder(root: MailRoot, account: Account): Promise<void> {
  const folder = folderOf(account);
  const parent = folder.slice(0, folder.lastIndexOf("/"));
  const at = pathOf(folder);
  if (at === null || (await root.stat(parent))?.kind !== "folder" || (await root.stat(folder)) !== null)
    refuse(17);
  await root.storage.makeFolder(at);
  await root.write(`${folder}/user.tab`, variablesText(await newVariables(root, account.domain)));
  if (account.kind === "M") return root.write(`${folder}/mlusers.tab`, "");
  for (const box of ["new", "cur", "tmp"]) {
    const path = pathOf(`${folder}/Maildir/${box}`);
    if (path !== null) await root.storage.makeFolder(path);
  }
}

/** Those of the domain where it has a file for them, else those of the server; comments in it do not come along. */
async function newVariables(root: MailRoot, domain: string): Promise<string[][]> {
  const ofDomain = await root.read(`domains/${foldName(domain)}/userdef.tab`);
  return variablesIn(ofDomain ?? (await root.read(FILES.accountDefaults.path)));
}

function isWhole(cells: readonly string[]): boolean {
  return cells.length >= 6;
}

function isNamed(account: Account, domain: string, name: string): boolean {
  return sameName(account.domain, domain) && sameName(account.name, name);
}

async function userDel(root: MailRoot, args: readonly string[]): Promise<Answer> {
  const domain = argument(args, 0);
  const name = argument(args, 1);
  await checkHandled(root, domain);
  const gone: Account[] = [];
  const judge = (cells: readonly string[]): Verdict => {
    const account = accountOf(cells);
    if (!account || !isNamed(account, domain, name)) return "keep";
    gone.push(account);
    return "drop";
  };
  await rewrite(root, ACCOUNTS, 12, judge, { naming: name });
  await forget(root, gone);
  return DONE;
}

async function forget(root: MailRoot, accounts: readonly Account[]): Promise<void> {
  for (const account of accounts.slice(0, 1)) {
    await ifPossible(dropAliasesTo(root, account));
    await ifPossible(dropExternalAliasesOf(root, account));
    await ifPossible(dropLinksOf(root, account));
    await root.remove(folderOf(account));
  }
}

async function userPasswd(root: MailRoot, args: readonly string[]): Promise<Answer> {
  const domain = argument(args, 0);
  const name = argument(args, 1);
  const password = argument(args, 2);
  checkLengths(domain, name, password);
  const wanted = await checkedAccount(root, domain, name);
  let done = false;
  await rewrite(root, ACCOUNTS, 12, (cells): Verdict => {
    const account = accountOf(cells);
    if (done || !account || !isNamed(account, wanted.domain, wanted.name)) return "keep";
    done = true;
    return { become: accountRow({ ...account, password }) };
  });
  return DONE;
}

async function userList(root: MailRoot, args: readonly string[]): Promise<Answer> {
  const [domain, name] = args.map((pattern) => patternMatcher(pattern));
  const text = (await root.read(ACCOUNTS.path)) ?? refuse(19);
  const accounts = recordsOf(text, ACCOUNTS).flatMap((cells) => accountOf(cells) ?? []);
  const lines = accounts
    .filter((account) => (domain?.(account.domain) ?? true) && (name?.(account.name) ?? true))
    .map((account) => listRow([account.domain, account.name, account.password, account.kind]));
  return { kind: "records", lines };
}

async function userAuth(root: MailRoot, args: readonly string[]): Promise<Answer> {
  const account = await findAccount(root, argument(args, 0), argument(args, 1));
  if (account.password !== argument(args, 2)) refuse(24);
  return DONE;
}

export async function dropAccountsIn(root: MailRoot, domain: string): Promise<void> {
  await rewrite(root, ACCOUNTS, null, (cells) =>
    isWhole(cells) && sameName(cells[0] ?? "", domain) ? "drop" : "keep",
  );
}

export const ACCOUNT_COMMANDS = {
  useradd: { least: 4, most: 4, run: userAdd },
  userdel: { least: 2, most: 2, run: userDel },
  userpasswd: { least: 3, most: 3, run: userPasswd },
  userlist: { least: 0, most: 2, run: userList },
  userauth: { least: 3, most: 3, run: userAuth },
} as const satisfies Record<string, Command>;
