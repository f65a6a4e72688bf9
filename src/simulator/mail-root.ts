import { encodePassword } from "../crypto/password-code.ts";
import { type Secret, secret } from "../errors/secret.ts";
import { storagePath } from "../storage/path.ts";
import type { Storage } from "../storage/storage.ts";
import { cellOf } from "../tab/codec.ts";
import { FILES } from "../tab/files.ts";
import { rowLine } from "./row-line.ts";

export interface MailRootOptions {
  /** The one domain it starts with (default `example.com`). */
  readonly domain?: string;
  /** Who may sign in to CTRL; nobody without it. */
  readonly ctrl?: { readonly account: string; readonly password: string | Secret };
}

const FOLDERS = [
  "custdomains",
  "dnscache/mx",
  "dnscache/ns",
  "filters",
  "logs",
  "msgsync",
  "pop3linklocks",
  "pop3links",
  "pop3locks",
  "spool/local",
  "spool/temp",
  "tabindex",
  "tmp",
  "userauth/pop3",
  "userauth/smtp",
] as const;

/** XMail wants these to exist, rows or not. */
const EMPTY = [
  FILES.accounts,
  FILES.aliases,
  FILES.domainAliases,
  FILES.externalAliases,
  FILES.filtersIn,
  FILES.filtersOut,
  FILES.filtersPostData,
  FILES.filtersPostRcpt,
  FILES.filtersPreData,
  FILES.forwards,
  FILES.popLinks,
  FILES.relays,
  FILES.smtpAccounts,
  FILES.smtpExternalAuth,
  FILES.smtpIpProperties,
  FILES.sourceRoutes,
  FILES.spamAddresses,
  FILES.spammers,
] as const;

const NEW_ACCOUNT = [
  ["MaxMBSize", "10000"],
  ["SmtpPerms", "MR"],
  ["ReceiveEnable", "1"],
  ["PopEnable", "1"],
] as const;

/**
 * Writes a fresh MailRoot: every file and folder XMail 1.27 needs to start, with one domain and no account. What is
 * there already under these names is replaced.
 */
export async function writeMailRoot(storage: Storage, options: MailRootOptions = {}): Promise<void> {
  const domain = (options.domain ?? "example.com").toLowerCase();
  const folders = [...FOLDERS, `domains/${domain}`, `cmdaliases/${domain}`];
  for (const folder of folders) await storage.makeFolder(storagePath(folder));
  for (const [path, text] of Object.entries(filesOf(domain, options))) {
    await storage.write(storagePath(path), Buffer.from(text, "latin1"));
  }
}

function filesOf(domain: string, { ctrl }: MailRootOptions): Record<string, string> {
  const everybody = rowLine(["0.0.0.0", "0.0.0.0", "ALLOW", 1]);
  return {
    ...Object.fromEntries(EMPTY.map(({ path }) => [path, ""])),
    [FILES.server.path]: serverTab(domain),
    [FILES.domains.path]: rowLine([domain]),
    [FILES.accountDefaults.path]: NEW_ACCOUNT.map((pair) => rowLine(pair)).join(""),
    [FILES.ctrlAccounts.path]: ctrl ? accountLine(ctrl.account, secret(ctrl.password)) : "",
    [FILES.ctrlIpMap.path]: everybody,
    [FILES.fingerIpMap.path]: everybody,
    [FILES.pop3IpMap.path]: everybody,
    [FILES.smtpIpMap.path]: everybody,
    dnsroots: [..."abcdefghijklm"].map((letter) => `${letter}.root-servers.net.\n`).join(""),
    // XMail counts messages here and ends the line in CRLF itself.
    "message.id": "1\r\n",
  };
}

function accountLine(account: string, password: Secret): string {
  return rowLine([cellOf(account), encodePassword(cellOf(password.reveal()))]);
}

function serverTab(domain: string): string {
  const settings: readonly (readonly [name: string, value: string])[] = [
    ["RootDomain", domain],
    ["SmtpServerDomain", domain],
    ["POP3Domain", domain],
    ["HeloDomain", domain],
    ["PostMaster", `postmaster@${domain}`],
    ["ErrorsAdmin", `postmaster@${domain}`],
    ["RemoveSpoolErrors", "0"],
    ["MaxMTAOps", "16"],
    ["ReceivedHdrType", "0"],
    ["FetchHdrTags", "+X-Deliver-To,+Received,To,Cc"],
    ["Pop3LogPasswd", "0"],
    ["AllowNullSender", "1"],
  ];
  return `# Settings of the server: a name and a value, with a TAB between.\n${settings.map((pair) => rowLine(pair)).join("")}`;
}
