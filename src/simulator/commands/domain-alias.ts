import { FILES } from "../../tab/files.ts";
import { foldName, sameName } from "../../xmail/names.ts";
import { patternMatcher } from "../../xmail/pattern.ts";
import { isReal } from "../accounts.ts";
import { type Answer, argument, type Command, DONE } from "../answer.ts";
import { refuse } from "../refusal.ts";
import type { MailRoot } from "../root.ts";
import { listRow, recordsOf, serverRow } from "../table-text.ts";
import { appendTo, rewrite, tableText } from "./edit.ts";

const ALIASES = { ...FILES.domainAliases, missing: 204, indexed: "domainAliases" } as const;

function rowsIn(text: string): string[][] {
  return recordsOf(text, ALIASES).filter((cells) => cells.length >= 2);
}

async function aliasDomainAdd(root: MailRoot, args: readonly string[]): Promise<Answer> {
  const real = foldName(argument(args, 0));
  const alias = foldName(argument(args, 1));
  if (!(await isReal(root, real))) refuse(59);
  if (await isReal(root, alias)) refuse(205);
  await root.locks.exclusive(ALIASES.path, async () => {
    if (rowsIn(await tableText(root, ALIASES)).some(([known]) => sameName(known ?? "", alias))) refuse(205);
    await appendTo(root, ALIASES, serverRow([alias, real]));
  });
  return DONE;
}

async function aliasDomainDel(root: MailRoot, args: readonly string[]): Promise<Answer> {
  await rewrite(root, ALIASES, 206, (cells) =>
    cells.length >= 2 && sameName(cells[0] ?? "", argument(args, 0)) ? "drop" : "keep",
  );
  return DONE;
}

/** The original tries both patterns on the real domain, and knows no more than two of them. */
async function aliasDomainList(root: MailRoot, args: readonly string[]): Promise<Answer> {
  const patterns = args.map((pattern) => patternMatcher(pattern));
  const [, second] = patterns;
  const all = rowsIn((await root.read(ALIASES.path)) ?? refuse(19));
  const lines = all
    .filter(([, real = ""]) => patterns.length === 0 || patterns.some((matches) => matches(real)))
    .filter(([alias = ""]) => second?.(alias) ?? true)
    .map(([alias = "", real = ""]) => listRow([real, alias]));
  return { kind: "records", lines: patterns.length > 2 ? [] : lines };
}

export async function dropDomainAliasesOf(root: MailRoot, domain: string): Promise<void> {
  await rewrite(root, ALIASES, null, ([, real]) =>
    real !== undefined && sameName(real, domain) ? "drop" : "keep",
  );
}

export const DOMAIN_ALIAS_COMMANDS = {
  aliasdomainadd: { least: 2, most: 2, run: aliasDomainAdd },
  aliasdomaindel: { least: 1, most: 1, run: aliasDomainDel },
  aliasdomainlist: { least: 0, most: Number.POSITIVE_INFINITY, run: aliasDomainList },
} as const satisfies Record<string, Command>;
