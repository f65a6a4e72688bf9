import * as c from "./columns.ts";
import type { TableFile } from "./table-file.ts";

type Notes = Pick<TableFile, "columns" | "readAgain" | "empty"> & Partial<TableFile>;

/** A table in which `#` in column one begins a comment. */
function commented<P extends string>(path: P, lineBuffer: number, notes: Notes) {
  return { ordered: false, ...notes, path, lineBuffer, comments: true };
}

/** A table in which a `#` line is a record like any other. */
function bare<P extends string>(path: P, lineBuffer: number, notes: Notes) {
  return { ordered: false, ...notes, path, lineBuffer, comments: false };
}

const ipMap = { address: c.Ip, mask: c.Text, permission: c.Allow, precedence: c.Whole };
const filterRules = { sender: c.Pattern, recipient: c.Pattern, remote: c.Net, local: c.Net, file: c.Name };
const variables = { name: c.Text, value: c.Text };
const programs = {
  columns: { start: c.FilterStart },
  more: c.Text,
  readAgain: "each message",
  ordered: true,
} as const;
const commands = {
  columns: { command: c.Name },
  more: c.Text,
  readAgain: "each message",
  ordered: true,
} as const;
const everybody = "Every address may connect";

/** All tables of XMail 1.27 in TAB format, by what they hold. */
export const FILES = {
  server: commented("server.tab", 2048, {
    columns: variables,
    readAgain: "each session",
    ordered: true,
    empty: "SMTP answers 421",
    absent: "SMTP answers 421",
  }),
  domains: bare("domains.tab", 512, {
    columns: { domain: c.Domain },
    readAgain: "index",
    index: "domains-00.hdx",
    empty: "XMail handles no domain",
    absent: "XMail does not start",
  }),
  domainAliases: bare("aliasdomain.tab", 512, {
    columns: { alias: c.Pattern, real: c.Domain },
    readAgain: "index",
    index: "aliasdomain-00.hdx",
    empty: "No domain has a second name",
    absent: "XMail does not start",
  }),
  accounts: bare("mailusers.tab", 2048, {
    columns: {
      domain: c.Domain,
      name: c.LocalPart,
      password: c.Crypted,
      id: c.Id,
      directory: c.Name,
      kind: c.Kind,
    },
    readAgain: "index",
    index: "mailusers-0001.hdx",
    empty: "There is no account",
    absent: "XMail does not start",
  }),
  aliases: bare("aliases.tab", 512, {
    columns: { domain: c.Pattern, alias: c.Pattern, target: c.Target },
    readAgain: "index",
    index: "aliases-0001.hdx",
    empty: "There is no alias",
    absent: "XMail does not start",
  }),
  externalAliases: bare("extaliases.tab", 1024, {
    columns: { remoteDomain: c.Domain, remoteName: c.LocalPart, domain: c.Domain, name: c.LocalPart },
    readAgain: "index",
    index: "extaliases-0001.hdx",
    empty: "No remote sender stands for a local account",
    absent: "XMail does not start",
  }),
  popLinks: commented("pop3links.tab", 2048, {
    columns: {
      domain: c.Name,
      name: c.Name,
      host: c.Host,
      remoteName: c.Name,
      password: c.Crypted,
      options: c.Text,
    },
    readAgain: "each sync",
    empty: "No mail is fetched",
    absent: "No mail is fetched and no link can be added",
  }),
  sourceRoutes: commented("smtpgw.tab", 1024, {
    columns: { domain: c.Pattern, route: c.Name },
    readAgain: "each use",
    ordered: true,
    empty: "No source routes",
    absent: "No source routes",
  }),
  forwards: commented("smtpfwd.tab", 1024, {
    columns: { domain: c.Pattern, gateways: c.Name, options: c.maybe(c.Text) },
    readAgain: "each use",
    ordered: true,
    empty: "Mail goes by DefaultSMTPGateways or MX",
    absent: "Mail goes by DefaultSMTPGateways or MX",
  }),
  relays: commented("smtprelay.tab", 512, {
    columns: { address: c.Ip, mask: c.maybe(c.Ip) },
    readAgain: "each use",
    ordered: true,
    empty: "Nobody may relay without signing in",
    absent: "Nobody may relay without signing in",
  }),
  smtpAccounts: commented("smtpauth.tab", 512, {
    columns: { name: c.Name, password: c.Clear, permissions: c.Text },
    readAgain: "each login",
    ordered: true,
    empty: "Only mail accounts sign in to SMTP",
    absent: "Only mail accounts sign in to SMTP",
  }),
  smtpExternalAuth: commented("smtpextauth.tab", 1024, {
    columns: { method: c.Name, program: c.Program },
    more: c.Text,
    readAgain: "each login",
    ordered: true,
    empty: "XMail checks SMTP passwords itself",
    absent: "XMail checks SMTP passwords itself",
  }),
  spammers: commented("spammers.tab", 512, {
    columns: { address: c.Ip, mask: c.maybe(c.Name) },
    more: c.Setting,
    readAgain: "each use",
    ordered: true,
    empty: "No address is banned",
    absent: "SMTP answers 421",
  }),
  spamAddresses: commented("spam-address.tab", 512, {
    columns: { address: c.Pattern },
    readAgain: "each use",
    ordered: true,
    empty: "No sender is banned",
    absent: "No sender is banned",
  }),
  smtpIpMap: commented("smtp.ipmap.tab", 512, {
    columns: ipMap,
    readAgain: "each session",
    empty: everybody,
    absent: everybody,
  }),
  pop3IpMap: commented("pop3.ipmap.tab", 512, {
    columns: ipMap,
    readAgain: "each session",
    empty: everybody,
    absent: everybody,
  }),
  ctrlIpMap: commented("ctrl.ipmap.tab", 512, {
    columns: ipMap,
    readAgain: "each session",
    empty: everybody,
    absent: everybody,
  }),
  fingerIpMap: commented("finger.ipmap.tab", 512, {
    columns: ipMap,
    readAgain: "each session",
    empty: everybody,
    absent: everybody,
  }),
  smtpIpProperties: commented("smtp.ipprop.tab", 1024, {
    columns: { net: c.Net },
    more: c.Setting,
    readAgain: "each session",
    ordered: true,
    empty: "All addresses are treated alike",
    absent: "All addresses are treated alike",
  }),
  smtpHostProperties: commented("smtp.hnprop.tab", 1024, {
    columns: { host: c.Name },
    more: c.Setting,
    readAgain: "each session",
    ordered: true,
    empty: "All host names are treated alike",
    absent: "All host names are treated alike",
  }),
  accountDefaults: commented("userdef.tab", 2048, {
    columns: variables,
    readAgain: "useradd",
    ordered: true,
    empty: "A new account has no variables",
    absent: "A new account has no variables",
  }),
  domainAccountDefaults: commented("domains/{domain}/userdef.tab", 2048, {
    columns: variables,
    readAgain: "useradd",
    ordered: true,
    empty: "A new account of the domain has no variables",
    absent: "The userdef.tab of the server is used",
  }),
  ctrlAccounts: bare("ctrlaccounts.tab", 512, {
    columns: { name: c.Name, password: c.Crypted },
    readAgain: "each login",
    ordered: true,
    empty: "Nobody can sign in to CTRL",
    absent: "Nobody can sign in to CTRL",
  }),
  filtersIn: commented("filters.in.tab", 512, {
    columns: filterRules,
    readAgain: "each message",
    ordered: true,
    empty: "Mail to local mailboxes is not filtered",
    absent: "Mail to local mailboxes is not filtered",
  }),
  filtersOut: commented("filters.out.tab", 512, {
    columns: filterRules,
    readAgain: "each message",
    ordered: true,
    empty: "Mail to other servers is not filtered",
    absent: "Mail to other servers is not filtered",
  }),
  filtersPostRcpt: commented("filters.post-rcpt.tab", 1024, {
    ...programs,
    empty: "No filter runs after RCPT TO",
    absent: "No filter runs after RCPT TO",
  }),
  filtersPreData: commented("filters.pre-data.tab", 1024, {
    ...programs,
    empty: "No filter runs before DATA",
    absent: "No filter runs before DATA",
  }),
  filtersPostData: commented("filters.post-data.tab", 1024, {
    ...programs,
    empty: "No filter runs after DATA",
    absent: "No filter runs after DATA",
  }),
  filter: commented("filters/{file}", 1024, { ...programs, empty: "The filter does nothing" }),
  variables: commented("domains/{domain}/{directory}/user.tab", 2048, {
    columns: variables,
    readAgain: "each use",
    ordered: true,
    empty: "Defaults apply",
    absent: "Defaults apply",
  }),
  listMembers: bare("domains/{domain}/{directory}/mlusers.tab", 512, {
    columns: { address: c.Address, permissions: c.Text },
    readAgain: "each message",
    empty: "The list has no members",
    absent: "The list has no members and none can be added",
  }),
  mailproc: commented("domains/{domain}/{directory}/mailproc.tab", 512, {
    ...commands,
    empty: "Mail to the account is lost",
    absent: "Mail is stored in the mailbox",
  }),
  domainMailproc: commented("domains/{domain}/mailproc.tab", 512, {
    ...commands,
    empty: "Mail to accounts without a mailproc.tab is lost",
    absent: "Nothing runs for the whole domain",
  }),
  accountPop3IpMap: commented("domains/{domain}/{directory}/pop3.ipmap.tab", 512, {
    columns: ipMap,
    readAgain: "each login",
    empty: everybody,
    absent: everybody,
  }),
  customDomain: commented("custdomains/{domain}.tab", 1024, {
    ...commands,
    empty: "Nothing is done with mail to the domain",
    absent: "The file of the parent domain applies",
  }),
  commandAlias: commented("cmdaliases/{domain}/{alias}.tab", 1024, {
    ...commands,
    empty: "Nothing is done with mail to the alias",
    absent: "There is no such command alias",
  }),
  pop3Auth: commented("userauth/pop3/{domain}.tab", 1024, {
    columns: { action: c.Name, program: c.Program },
    more: c.Text,
    readAgain: "each login",
    ordered: true,
    empty: "XMail checks POP3 passwords itself",
    absent: "userauth/pop3/.tab applies",
  }),
  smtpClientAuth: commented("userauth/smtp/{host}.tab", 1024, {
    columns: { method: c.Name, name: c.Text, password: c.Text },
    readAgain: "each use",
    ordered: true,
    empty: "XMail does not sign in to the host",
    absent: "The file of the parent domain applies",
  }),
} as const satisfies Record<string, TableFile>;
