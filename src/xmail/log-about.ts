import type { LogRow } from "./logs.ts";
import { foldName } from "./names.ts";

/** Whom a line is about: an account, or a whole domain. */
export interface LogAbout {
  readonly domain: string;
  readonly name: string | null;
}

/**
 * Whose administrators may read a line. Anybody can name any sender, so a sender only counts where the mail leaves for
 * elsewhere: otherwise a stranger's line would tell one customer the addresses of another. Lines about nobody in
 * particular are those of the server.
 */
export function aboutOf({ kind, cells }: Pick<LogRow, "kind" | "cells">): readonly LogAbout[] {
  const { sender = "", recipient = "", user = "", domain = "", destination, medium, parameter } = cells;
  switch (kind) {
    case "smtp":
      return [mailbox(recipient), mailbox(user), destination === "" ? mailbox(sender) : null].filter(given);
    case "pop3":
      return [mailbox(user.includes("@") || user === "" ? user : `${user}@${domain}`)].filter(given);
    case "smail":
      return [
        mailbox(recipient),
        medium === "SMTP" || medium === "FWD" || medium === "RLYS" ? mailbox(sender) : null,
        medium === "LOCAL" && parameter !== undefined ? mailbox(parameter) : null,
      ].filter(given);
    case "psync":
      return [domain.startsWith("?") ? null : masqueraded(user, domain)].filter(given);
    case "filters":
      return [mailbox(recipient), cells.stage === "out" ? mailbox(sender) : null].filter(given);
    default:
      return [];
  }
}

/** `@example.jp` puts its domain in place of the one in the letter's head: nobody's mailbox in particular. */
function masqueraded(user: string, domain: string): LogAbout | null {
  if (domain.startsWith("@")) return { domain: foldName(domain.slice(1)), name: null };
  return mailbox(`${user}@${domain}`);
}

/** Whose mailbox an address is, wherever it may be; `null` for what is no address. */
export function mailbox(address: string): LogAbout | null {
  const at = address.lastIndexOf("@");
  const domain = foldName(address.slice(at + 1));
  // What could be a pattern is no domain: it would reach all of them.
  if (at < 1 || !/^[a-z0-9._-]+$/.test(domain)) return null;
  return { domain, name: foldName(address.slice(0, at)) };
}

const given = (about: LogAbout | null): about is LogAbout => about !== null;
