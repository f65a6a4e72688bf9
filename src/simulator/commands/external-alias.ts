import { sameName } from "../../xmail/names.ts";
import { patternMatcher } from "../../xmail/pattern.ts";
import type { Account } from "../accounts.ts";
import { type Answer, argument, type Command, DONE } from "../answer.ts";
import { splitAddress } from "../names.ts";
import { refuse } from "../refusal.ts";
import type { MailRoot } from "../root.ts";
import { INDEXED } from "../root-tables.ts";
import { listRow, recordsOf, serverRow } from "../table-text.ts";
import { appendTo, rewrite, tableText } from "./edit.ts";

const EXTERNALS = { ...INDEXED.externalAliases, missing: 66, indexed: "externalAliases" } as const;

function rowsIn(text: string): string[][] {
  return recordsOf(text, EXTERNALS).filter((cells) => cells.length >= 4);
}

function isRemote(cells: readonly string[], domain: string, name: string): boolean {
  return cells.length >= 4 && sameName(cells[0] ?? "", domain) && sameName(cells[1] ?? "", name);
}

async function exAliasAdd(root: MailRoot, args: readonly string[]): Promise<Answer> {
  const local = splitAddress(argument(args, 0));
  const remote = splitAddress(argument(args, 1));
  await root.locks.exclusive(EXTERNALS.path, async () => {
    if (rowsIn(await tableText(root, EXTERNALS)).some((cells) => isRemote(cells, remote.domain, remote.name)))
      refuse(67);
    await appendTo(root, EXTERNALS, serverRow([remote.domain, remote.name, local.domain, local.name]));
  });
  return DONE;
}

async function exAliasDel(root: MailRoot, args: readonly string[]): Promise<Answer> {
  const remote = splitAddress(argument(args, 0));
  await rewrite(root, EXTERNALS, 69, (cells) =>
    isRemote(cells, remote.domain, remote.name) ? "drop" : "keep",
  );
  return DONE;
}

async function exAliasList(root: MailRoot, args: readonly string[]): Promise<Answer> {
  const tests = args.map((pattern) => {
    const { domain, name } = splitAddress(pattern);
    return { domain: patternMatcher(domain), name: patternMatcher(name) };
  });
  const text = (await root.read(EXTERNALS.path)) ?? refuse(19);
  const lines = rowsIn(text)
    .filter(([, , domain = "", name = ""]) => !tests[0] || (tests[0].domain(domain) && tests[0].name(name)))
    .filter(([domain = "", name = ""]) => !tests[1] || (tests[1].domain(domain) && tests[1].name(name)))
    .map((cells) => listRow(cells.slice(0, 4)));
  return { kind: "records", lines };
}

/** Drops the external aliases that lead to the account. */
export async function dropExternalAliasesOf(root: MailRoot, account: Account): Promise<void> {
  await dropWhere(
    root,
    ([, , domain, name]) => sameName(domain ?? "", account.domain) && sameName(name ?? "", account.name),
  );
}

export async function dropExternalAliasesIn(root: MailRoot, of: string): Promise<void> {
  await dropWhere(root, ([, , domain]) => sameName(domain ?? "", of));
}

async function dropWhere(root: MailRoot, gone: (cells: readonly string[]) => boolean): Promise<void> {
  await rewrite(root, EXTERNALS, null, (cells) => (cells.length >= 4 && gone(cells) ? "drop" : "keep"));
}

export const EXTERNAL_ALIAS_COMMANDS = {
  exaliasadd: { least: 2, most: 2, run: exAliasAdd },
  exaliasdel: { least: 1, most: 1, run: exAliasDel },
  exaliaslist: { least: 0, most: 2, run: exAliasList },
} as const satisfies Record<string, Command>;
