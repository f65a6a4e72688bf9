import { FILES } from "../../tab/files.ts";
import { sameName } from "../../xmail/names.ts";
import type { Account } from "../accounts.ts";
import { type Answer, argument, type Command, DONE } from "../answer.ts";
import { splitAddress } from "../names.ts";
import { patternMatcher } from "../pattern.ts";
import { refuse } from "../refusal.ts";
import type { MailRoot } from "../root.ts";
import { listRow, recordsOf, serverRow } from "../table-text.ts";
import { appendTo, rewrite } from "./edit.ts";

const { path: TABLE } = FILES.externalAliases;

async function rows(root: MailRoot): Promise<string[][]> {
  const text = (await root.read(TABLE)) ?? refuse(19);
  return recordsOf(text, FILES.externalAliases).filter((cells) => cells.length >= 4);
}

function isRemote(cells: readonly string[], domain: string, name: string): boolean {
  return cells.length >= 4 && sameName(cells[0] ?? "", domain) && sameName(cells[1] ?? "", name);
}

async function exAliasAdd(root: MailRoot, args: readonly string[]): Promise<Answer> {
  const local = splitAddress(argument(args, 0));
  const remote = splitAddress(argument(args, 1));
  await root.locks.exclusive(TABLE, async () => {
    if ((await rows(root)).some((cells) => isRemote(cells, remote.domain, remote.name))) refuse(67);
    await appendTo(root, TABLE, serverRow([remote.domain, remote.name, local.domain, local.name]));
    await root.rebuild("externalAliases");
  });
  return DONE;
}

async function exAliasDel(root: MailRoot, args: readonly string[]): Promise<Answer> {
  const remote = splitAddress(argument(args, 0));
  await rewrite(root, FILES.externalAliases, 69, (cells) =>
    isRemote(cells, remote.domain, remote.name) ? "drop" : "keep",
  );
  await root.rebuild("externalAliases");
  return DONE;
}

async function exAliasList(root: MailRoot, args: readonly string[]): Promise<Answer> {
  const tests = args.map((pattern) => {
    const { domain, name } = splitAddress(pattern);
    return { domain: patternMatcher(domain), name: patternMatcher(name) };
  });
  const lines = (await rows(root))
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
  await rewrite(root, FILES.externalAliases, null, (cells) =>
    cells.length >= 4 && gone(cells) ? "drop" : "keep",
  );
  await root.rebuild("externalAliases");
}

export const EXTERNAL_ALIAS_COMMANDS = {
  exaliasadd: { least: 2, most: 2, run: exAliasAdd },
  exaliasdel: { least: 1, most: 1, run: exAliasDel },
  exaliaslist: { least: 0, most: 2, run: exAliasList },
} as const satisfies Record<string, Command>;
