import { FILES } from "../../tab/files.ts";
import { foldName, sameName } from "../../xmail/names.ts";
import { realDomain } from "../accounts.ts";
import { type Answer, argument, type Command, DONE } from "../answer.ts";
import { checkHost } from "../names.ts";
import { patternMatcher } from "../pattern.ts";
import { refuse } from "../refusal.ts";
import { type MailRoot, pathOf } from "../root.ts";
import { listRow, recordsOf, serverRow } from "../table-text.ts";
import { dropAliasesIn } from "./alias.ts";
import { dropDomainAliasesOf } from "./domain-alias.ts";
import { appendTo, rewrite } from "./edit.ts";
import { dropExternalAliasesIn } from "./external-alias.ts";
import { dropLinksIn } from "./pop-link.ts";

const { path: TABLE } = FILES.domains;

export async function domainsOf(root: MailRoot): Promise<string[]> {
  const text = (await root.read(TABLE)) ?? refuse(19);
  return recordsOf(text, FILES.domains).map(([domain]) => domain ?? "");
}

function foldersOf(domain: string): readonly string[] {
  return [`domains/${domain}`, `cmdaliases/${domain}`];
}

async function domainAdd(root: MailRoot, args: readonly string[]): Promise<Answer> {
  const domain = foldName(argument(args, 0));
  checkHost(domain);
  if ((await realDomain(root, domain)) !== null) refuse(231);
  await root.locks.exclusive(TABLE, async () => {
    if ((await domainsOf(root)).some((known) => sameName(known, domain))) refuse(231);
    await appendTo(root, TABLE, serverRow([domain]));
    await root.rebuild("domains");
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
  await rewrite(root, FILES.domains, 59, ([known]) => (sameName(known ?? "", domain) ? "drop" : "keep"));
  await root.rebuild("domains");
  await dropAliasesIn(root, domain);
  await dropExternalAliasesIn(root, domain);
  await dropLinksIn(root, domain);
  await rewrite(root, FILES.accounts, null, ([of]) => (sameName(of ?? "", domain) ? "drop" : "keep"));
  await root.rebuild("accounts");
  await dropDomainAliasesOf(root, domain);
  for (const folder of foldersOf(domain)) {
    if ((await root.stat(folder)) === null) refuse(18);
    await root.remove(folder);
  }
  return DONE;
}

async function domainList(root: MailRoot, args: readonly string[]): Promise<Answer> {
  const patterns = args.map((pattern) => patternMatcher(pattern));
  const domains = await domainsOf(root);
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
