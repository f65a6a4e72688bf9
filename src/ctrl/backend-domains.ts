import { fail } from "../errors/error.ts";
import type { CallOptions } from "../xmail/call-options.ts";
import { commandAliasesIn } from "../xmail/command-aliases.ts";
import type { DomainHoldings, DomainStore } from "../xmail/domains.ts";
import { foldName, sameName } from "../xmail/names.ts";
import { aliasdomainlistCommand, readDomainAlias } from "./alias-domains.ts";
import { aliaslistCommand, readAlias } from "./aliases.ts";
import { readRecords, records } from "./answers.ts";
import { NO_MAIL, usageOf } from "./backend-accounts.ts";
import { configFilesOver } from "./config-files.ts";
import { domainlistCommand, domainsOver, readDomains } from "./domains.ts";
import { exaliaslistCommand, readExternalAlias } from "./external-aliases.ts";
import type { CtrlLine } from "./line.ts";
import { poplnklistCommand, readLink } from "./pop3-links.ts";
import { readUser, userlistCommand } from "./users.ts";

export function domainStoreOver(line: CtrlLine): DomainStore {
  const domains = domainsOver(line);
  return {
    async list(options) {
      return (await domains.list([], options)).map(foldName);
    },
    // XMail refuses an alias domain's name by itself, and one that fits the pattern of an alias domain.
    add: (domain, options) => domains.add(domain, options),
    remove: (domain, options) => domains.remove(domain, options),
    holdings: (domain, options) => holdingsOf(line, domain, options),
  };
}

async function holdingsOf(line: CtrlLine, domain: string, options?: CallOptions): Promise<DomainHoldings> {
  const isHere = (name: string) => sameName(name, domain);
  const known = readDomains(await records(line, domainlistCommand([domain]), 1, options));
  if (!known.some(isHere)) fail("DOMAIN_NOT_FOUND");
  const anyName = /[*?[\]\\]/.test(domain) ? "*" : domain;
  const commands = {
    users: userlistCommand({ domain }),
    aliases: aliaslistCommand({ domain }),
    domainAliases: aliasdomainlistCommand(domain),
    externalAliases: exaliaslistCommand({
      local: { pattern: `*@${anyName}` },
    }),
    popLinks: poplnklistCommand({ domain }),
    leadingHere: aliaslistCommand({ target: { pattern: `*@${anyName}` } }),
  };
  const [
    users = [],
    aliases = [],
    domainAliases = [],
    externalAliases = [],
    popLinks = [],
    leadingHere = [],
  ] = await line.askAll(
    Object.values(commands),
    (answer, index) => readRecords(Object.values(commands)[index] ?? commands.users, answer, 2),
    options,
  );
  const accounts = users.map(readUser).filter((row) => isHere(row.domain));
  const mailboxes = accounts.filter((row) => row.kind === "user");
  // One that was removed since the list was made holds nothing.
  const files = configFilesOver(line);
  const usage = await usageOf(line, mailboxes, options, () => NO_MAIL);
  return {
    accounts: mailboxes.length,
    lists: accounts.length - mailboxes.length,
    aliases: aliases.map(readAlias).filter((row) => isHere(row.domain)).length,
    domainAliases: domainAliases.map(readDomainAlias).filter((row) => isHere(row.real)).length,
    externalAliases: externalAliases.map(readExternalAlias).filter(({ local }) => isHere(domainOf(local)))
      .length,
    popLinks: popLinks.map(readLink).filter((row) => isHere(row.domain)).length,
    commandAliases: commandAliasesIn(await files.list(`cmdaliases/${foldName(domain)}`, options)).length,
    ownSteps: (await files.read(`domains/${foldName(domain)}/mailproc.tab`, options)) !== null,
    foreignAliases: leadingHere
      .map(readAlias)
      .filter((row) => isHere(domainOf(row.target)) && !isHere(row.domain)).length,
    messages: usage.reduce((sum, one) => sum + one.messages, 0),
    bytes: usage.reduce((sum, one) => sum + one.bytes, 0),
  };
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf("@") + 1);
}
