import { type AliasDomains, aliasDomainsOver } from "./alias-domains.ts";
import { type Aliases, aliasesOver } from "./aliases.ts";
import { type CustomDomains, customDomainsOver } from "./custom-domains.ts";
import { type Domains, domainsOver } from "./domains.ts";
import { type ExternalAliases, externalAliasesOver } from "./external-aliases.ts";
import { type Files, filesOver } from "./files.ts";
import { type CtrlLine, createLine } from "./line.ts";
import { openConnection } from "./login.ts";
import { type MailingLists, mailingListsOver } from "./mailing-lists.ts";
import { type CtrlOptions, type CtrlSettings, readOptions } from "./options.ts";
import { createPool } from "./pool.ts";
import { type Pop3Links, pop3LinksOver } from "./pop3-links.ts";
import { type Queue, queueOver } from "./queue.ts";
import { type Session, sessionOver } from "./session.ts";
import { type Users, usersOver } from "./users.ts";

/** All commands of XMail 1.27, one noun each. */
export interface CtrlClient {
  readonly users: Users;
  readonly aliases: Aliases;
  readonly externalAliases: ExternalAliases;
  readonly mailingLists: MailingLists;
  readonly domains: Domains;
  readonly aliasDomains: AliasDomains;
  readonly customDomains: CustomDomains;
  readonly pop3Links: Pop3Links;
  readonly files: Files;
  readonly queue: Queue;
  readonly session: Session;
  /** Says `quit` on every connection; waits for what is under way. */
  close(): Promise<void>;
}

/** Signs in to a running XMail; fails at once when that does not work. `BAD_CONFIG` names a wrong option. */
export async function openCtrlClient(options: CtrlOptions): Promise<CtrlClient> {
  const line = openLine(readOptions(options));
  await line.greet();
  return clientOver(line);
}

/** Connections are opened when they are needed. */
export function openLine(settings: CtrlSettings): CtrlLine {
  const pool = createPool((signal) => openConnection(settings, signal), settings);
  return createLine(pool, settings.commandTimeoutMs);
}

/** All commands over a line. */
export function clientOver(line: CtrlLine): CtrlClient {
  return {
    users: usersOver(line),
    aliases: aliasesOver(line),
    externalAliases: externalAliasesOver(line),
    mailingLists: mailingListsOver(line),
    domains: domainsOver(line),
    aliasDomains: aliasDomainsOver(line),
    customDomains: customDomainsOver(line),
    pop3Links: pop3LinksOver(line),
    files: filesOver(line),
    queue: queueOver(line),
    session: sessionOver(line),
    close: () => line.close(),
  };
}
