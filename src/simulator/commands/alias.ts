import { FILES } from "../../tab/files.ts";
import { sameName } from "../../xmail/names.ts";
import { patternMatcher } from "../../xmail/pattern.ts";
import { type Account, accountAt, accountBehind, findAccount } from "../accounts.ts";
import { type Answer, argument, type Command, DONE } from "../answer.ts";
import { refuse } from "../refusal.ts";
import type { MailRoot } from "../root.ts";
import { listRow, recordsOf, serverRow } from "../table-text.ts";
import { appendTo, rewrite } from "./edit.ts";

const ALIASES = { ...FILES.aliases, missing: 25, indexed: "aliases" } as const;

interface Alias {
  readonly domain: string;
  readonly alias: string;
  readonly target: string;
}

function aliasOf(cells: readonly string[]): Alias | null {
  const [domain, alias, target] = cells;
  return domain === undefined || alias === undefined || target === undefined
    ? null
    : { domain, alias, target };
}

function aliasesIn(text: string): Alias[] {
  return recordsOf(text, ALIASES).flatMap((cells) => aliasOf(cells) ?? []);
}

function isNamed(alias: Alias, domain: string, name: string): boolean {
  return sameName(alias.domain, domain) && sameName(alias.alias, name);
}

/** Whether the table has exactly this alias, wildcards taken as text. */
export async function aliasExists(root: MailRoot, domain: string, name: string): Promise<boolean> {
  return (await root.rows("aliases"))?.has([domain, name]) ?? false;
}

/** The alias that applies to an address: exact text first, then of the patterns that match the longest. */
async function aliasFor(root: MailRoot, domain: string, name: string): Promise<Alias | null> {
  for (const cells of await root.lookUp("aliases", [domain, name])) {
    const alias = aliasOf(cells);
    if (alias && isNamed(alias, domain, name)) return alias;
  }
  let best: Alias | null = null;
  for (const cells of await root.lookUpWildcards("aliases")) {
    const alias = aliasOf(cells);
    if (!alias || !patternMatcher(alias.domain)(domain) || !patternMatcher(alias.alias)(name)) continue;
    if (!best || lengthOf(alias) > lengthOf(best)) best = alias;
  }
  return best;
}

function lengthOf(alias: Alias): number {
  return alias.domain.length + alias.alias.length;
}

/** The account an alias leads to; one step only. */
export async function accountBehindAlias(
  root: MailRoot,
  domain: string,
  name: string,
): Promise<Account | null> {
  const alias = await aliasFor(root, domain, name);
  if (!alias) return null;
  const target = targetOf(alias.target, domain);
  return accountAt(root, target.domain, target.name);
}

function targetOf(target: string, domain: string): { domain: string; name: string } {
  const [, name = target, of = domain] = /^([^@]+)@(.+)$/.exec(target) ?? [];
  return { domain: of, name };
}

async function aliasAdd(root: MailRoot, args: readonly string[]): Promise<Answer> {
  const domain = argument(args, 0);
  const name = argument(args, 1);
  const target = targetOf(argument(args, 2), domain);
  await findAccount(root, target.domain, target.name);
  if (await accountBehind(root, domain, name)) refuse(13);
  await root.locks.exclusive(ALIASES.path, async () => {
    if (await aliasExists(root, domain, name)) refuse(26);
    await appendTo(root, ALIASES, serverRow([domain, name, argument(args, 2)]));
  });
  return DONE;
}

async function aliasDel(root: MailRoot, args: readonly string[]): Promise<Answer> {
  await rewrite(root, ALIASES, 28, (cells) => {
    const alias = aliasOf(cells);
    return alias && isNamed(alias, argument(args, 0), argument(args, 1)) ? "drop" : "keep";
  });
  return DONE;
}

async function aliasList(root: MailRoot, args: readonly string[]): Promise<Answer> {
  const [domain, name, target] = args.map((pattern) => patternMatcher(pattern));
  const text = (await root.read(ALIASES.path)) ?? refuse(19);
  const lines = aliasesIn(text)
    .filter((alias) => (domain?.(alias.domain) ?? true) && (name?.(alias.alias) ?? true))
    .filter((alias) => target?.(alias.target) ?? true)
    .map((alias) => listRow([alias.domain, alias.alias, alias.target]));
  return { kind: "records", lines };
}

/** Drops the aliases that lead to the account, in whatever domain they stand; alias domains are not resolved. */
export async function dropAliasesTo(root: MailRoot, account: Account): Promise<void> {
  const judge = (cells: readonly string[]) => {
    const alias = aliasOf(cells);
    if (!alias) return "keep";
    const target = targetOf(alias.target, alias.domain);
    return sameName(target.name, account.name) && sameName(target.domain, account.domain) ? "drop" : "keep";
  };
  await rewrite(root, ALIASES, null, judge, { naming: account.name });
}

export async function dropAliasesIn(root: MailRoot, domain: string): Promise<void> {
  await rewrite(root, ALIASES, null, (cells) => {
    const alias = aliasOf(cells);
    return alias && sameName(alias.domain, domain) ? "drop" : "keep";
  });
}

export const ALIAS_COMMANDS = {
  aliasadd: { least: 3, most: 3, run: aliasAdd },
  aliasdel: { least: 2, most: 2, run: aliasDel },
  aliaslist: { least: 0, most: 3, run: aliasList },
} as const satisfies Record<string, Command>;
