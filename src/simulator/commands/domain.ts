import { FILES } from "../../tab/files.ts";
import { foldName, sameName } from "../../xmail/names.ts";
import { patternMatcher } from "../../xmail/pattern.ts";
import { isHandled } from "../accounts.ts";
import { type Answer, argument, type Command, DONE } from "../answer.ts";
import { checkHost } from "../names.ts";
import { refuse } from "../refusal.ts";
import { type MailRoot, pathOf } from "../root.ts";
import { listRow, recordsOf, serverRow } from "../table-text.ts";
import { dropAccountsIn } from "./account.ts";
import { dropAliasesIn } from "./alias.ts";
import { dropDomainAliasesOf } from "./domain-alias.ts";
import { appendTo, rewrite, tableText } from "./edit.ts";
import { dropExternalAliasesIn } from "./external-alias.ts";
import { dropLinksIn } from "./pop-link.ts";

/** A missing table has one number for adding, and another for removing. */
const ADDING = { ...FILES.domains, missing: 25, indexed: "domains" } as const;
const REMOVING = { ...FILES.domains, missing: 58, indexed: "domains" } as const;

/** The server takes no more of a name. */
const LONGEST = 255;

function domainsIn(text: string): string[] {
  return recordsOf(text, FILES.domains).map(([domain]) => (domain ?? "").slice(0, LONGEST));
}

function foldersOf(domain: string): readonly [string, string] {
  return [`domains/${domain}`, `cmdaliases/${domain}`];
}

async function domainAdd(root: MailRoot, args: readonly string[]): Promise<Answer> {
  const domain = foldName(argument(args, 0));
  checkHost(domain);
  if (await isHandled(root, domain)) refuse(231);
  await root.locks.exclusive(ADDING.path, async () => {
    if (domainsIn(await tableText(root, ADDING)).some((known) => sameName(known, domain))) refuse(104);
    await appendTo(root, ADDING, serverRow([domain]));
  });
  for (const folder of foldersOf(domain)) await makeFolder(root, folder);
  return DONE;
}

async function makeFolder(root: MailRoot, folder: string): Promise<void> {
  const at = pathOf(folder) ?? refuse(17);
  const parent = await root.stat(folder.slice(0, folder.lastIndexOf("/")));
  if (parent?.kind !== "folder" || (await root.stat(folder)) !== null) refuse(17);
  await root.storage.makeFolder(at);
}

async function domainDel(root: MailRoot, args: readonly string[]): Promise<Answer> {
  const domain = foldName(argument(args, 0));
  await rewrite(root, REMOVING, 59, ([known]) => (sameName(known ?? "", domain) ? "drop" : "keep"));
  await dropAccountsIn(root, domain);
  await dropAliasesIn(root, domain);
  await dropExternalAliasesIn(root, domain);
  await dropLinksIn(root, domain);
  await dropDomainAliasesOf(root, domain);
  const [folder, commands] = foldersOf(domain);
  if ((await root.stat(folder)) === null) refuse(18);
  await root.remove(folder);
  await root.remove(commands);
  return DONE;
}

async function domainList(root: MailRoot, args: readonly string[]): Promise<Answer> {
  const patterns = args.map((pattern) => patternMatcher(pattern));
  const domains = domainsIn((await root.read(FILES.domains.path)) ?? refuse(19));
  const lines = domains
    .filter((domain) => patterns.length === 0 || patterns.some((matches) => matches(domain)))
    .map((domain) => listRow([domain]));
  return { kind: "records", lines };
}

export const DOMAIN_COMMANDS = {
  domainadd: { least: 1, most: 1, run: domainAdd },
  domaindel: { least: 1, most: 1, run: domainDel },
  domainlist: { least: 0, most: Number.POSITIVE_INFINITY, run: domainList },
} as const satisfies Record<string, Command>;
