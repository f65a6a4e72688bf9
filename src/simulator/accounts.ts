import { foldName, sameName } from "../xmail/names.ts";
import { patternMatcher } from "../xmail/pattern.ts";
import { readPassword } from "./password.ts";
import { refuse } from "./refusal.ts";
import { tidyPath } from "./relative-path.ts";
import type { MailRoot } from "./root.ts";
import { leadingNumber } from "./table-text.ts";

/** A row of mailusers.tab that the server accepts. */
export interface Account {
  readonly domain: string;
  readonly name: string;
  readonly password: string;
  readonly id: number;
  readonly directory: string;
  /** As stored; `m` and `M` in front are a list. */
  readonly kind: string;
}

/** `null` for a row with too few columns or a password that is no code: the server looks past it. */
export function accountOf(cells: readonly string[]): Account | null {
  const [domain, name, code, id, directory, kind] = cells;
  if (domain === undefined || name === undefined || code === undefined) return null;
  if (id === undefined || directory === undefined || kind === undefined) return null;
  const password = readPassword(code);
  return password === null ? null : { domain, name, password, id: leadingNumber(id) >>> 0, directory, kind };
}

export function isList(account: Account): boolean {
  return /^m/i.test(account.kind);
}

export function folderOf(account: Account): string {
  return tidyPath(`domains/${foldName(account.domain)}/${account.directory}`);
}

/** The real domain behind an alias domain: exact text first, then the first pattern in the order of the index. */
export async function realDomain(root: MailRoot, domain: string): Promise<string | null> {
  for (const [alias, real] of await root.lookUp("domainAliases", [domain])) {
    if (alias !== undefined && real !== undefined && sameName(alias, domain)) return real;
  }
  for (const [alias, real] of await root.lookUpWildcards("domainAliases")) {
    if (alias !== undefined && real !== undefined && patternMatcher(alias)(domain)) return real;
  }
  return null;
}

/** Whether the domain is a real one. */
export async function isReal(root: MailRoot, domain: string): Promise<boolean> {
  const rows = await root.lookUp("domains", [domain]);
  return rows.some(([name]) => name !== undefined && sameName(name, domain));
}

/** Whether the server takes mail for the domain. What is an alias counts as its real domain only. */
export async function isHandled(root: MailRoot, domain: string): Promise<boolean> {
  return isReal(root, (await realDomain(root, domain)) ?? domain);
}

/** Refuses with 59. */
export async function checkHandled(root: MailRoot, domain: string): Promise<void> {
  if (!(await isHandled(root, domain))) refuse(59);
}

/** The account of exactly these names, through the index; the first row with them decides, even if it is no good. */
export async function accountAt(root: MailRoot, domain: string, name: string): Promise<Account | null> {
  const rows = await root.lookUp("accounts", [domain, name]);
  const row = rows.find(([of = "", called = ""]) => sameName(of, domain) && sameName(called, name));
  return row === undefined ? null : accountOf(row);
}

/** The same, behind an alias domain if need be. */
export async function accountBehind(root: MailRoot, domain: string, name: string): Promise<Account | null> {
  const account = await accountAt(root, domain, name);
  if (account) return account;
  const real = await realDomain(root, domain);
  return real === null ? null : accountAt(root, real, name);
}

/** Refuses with 157 what `accountBehind` does not find, or with 12 when the domain is an alias. */
export async function findAccount(root: MailRoot, domain: string, name: string): Promise<Account> {
  return (await accountBehind(root, domain, name)) ?? refuse(await numberForNobody(root, domain));
}

/** What the server says when there is no such user: an alias table that became shorter shows through. */
export async function numberForNobody(root: MailRoot, domain: string): Promise<12 | 154 | 157> {
  if ((await realDomain(root, domain)) !== null) return 12;
  return (await root.reachesWildcards("domainAliases")) ? 157 : 154;
}

/** `findAccount` where the server checks the domain first. */
export async function checkedAccount(root: MailRoot, domain: string, name: string): Promise<Account> {
  await checkHandled(root, domain);
  return findAccount(root, domain, name);
}
