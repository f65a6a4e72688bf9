import { fail } from "../errors/error.ts";
import { storagePath } from "../storage/path.ts";
import type { Storage } from "../storage/storage.ts";
import type { CallOptions } from "../xmail/call-options.ts";
import { commandAliasesIn } from "../xmail/command-aliases.ts";
import type { DomainHoldings } from "../xmail/domains.ts";
import { foldName, sameName } from "../xmail/names.ts";
import { readAccountLines } from "./account-lines.ts";
import { readAliases } from "./aliases.ts";
import { mapAtMost } from "./at-most.ts";
import { readDomainAliases } from "./domain-aliases.ts";
import { readDomains } from "./domain-lines.ts";
import { listIfThere, readIfThere } from "./if-there.ts";
import { EXTERNAL_ALIASES, externalAliasLines, POP_LINKS, popLinkLines } from "./links.ts";
import { readTable } from "./read-table.ts";
import { usageOf } from "./usage.ts";

const MAILBOXES_AT_ONCE = 16;

/** What would go with the domain. `DOMAIN_NOT_FOUND`. */
export async function readHoldings(
  storage: Storage,
  domain: string,
  options?: CallOptions,
): Promise<DomainHoldings> {
  if (!(await readDomains(storage, options)).some((name) => sameName(name, domain))) fail("DOMAIN_NOT_FOUND");
  const own = (line: { readonly domain: string }) => sameName(line.domain, domain);
  const accounts = (await readAccountLines(storage, options)).filter(own);
  const usage = await mapAtMost(accounts, MAILBOXES_AT_ONCE, (line) => usageOf(storage, line, options));
  const domainAliases = await readDomainAliases(storage, options);
  const aliases = await readAliases(storage, undefined, options);
  const commandFiles = await listIfThere(storage, storagePath("cmdaliases", foldName(domain)), options);
  const steps = await readIfThere(storage, storagePath("domains", foldName(domain), "mailproc.tab"), options);
  return {
    accounts: accounts.filter(({ kind }) => kind === "user").length,
    lists: accounts.filter(({ kind }) => kind === "list").length,
    aliases: aliases.filter(own).length,
    domainAliases: domainAliases.filter(({ real }) => sameName(real, domain)).length,
    externalAliases: externalAliasLines(await readTable(storage, EXTERNAL_ALIASES, options)).filter(own)
      .length,
    popLinks: popLinkLines(await readTable(storage, POP_LINKS, options)).filter(own).length,
    commandAliases: commandAliasesIn(
      commandFiles.filter(({ kind }) => kind === "file").map(({ name }) => name),
    ).length,
    ownSteps: steps !== null,
    foreignAliases: aliases.filter(
      (alias) => !own(alias) && sameName(alias.target.slice(alias.target.lastIndexOf("@") + 1), domain),
    ).length,
    messages: usage.reduce((sum, { messages }) => sum + messages, 0),
    bytes: usage.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

/** Whether any row of any table belongs to one of the domains. */
export async function hasRowsOf(storage: Storage, domains: readonly string[]): Promise<boolean> {
  const names = new Set(domains.map(foldName));
  const own = (line: { readonly domain: string }) => names.has(foldName(line.domain));
  return (
    (await readAccountLines(storage)).some(own) ||
    (await readAliases(storage)).some(own) ||
    (await readDomainAliases(storage)).some(({ real }) => names.has(foldName(real))) ||
    externalAliasLines(await readTable(storage, EXTERNAL_ALIASES)).some(own) ||
    popLinkLines(await readTable(storage, POP_LINKS)).some(own)
  );
}
