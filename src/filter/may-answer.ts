import type { VacationText } from "../settings/vacation-text.ts";
import { foldName } from "../xmail/names.ts";
import { isPlainAddress } from "../xmail/post.ts";
import type { Header } from "./header.ts";
import type { SpooledMail } from "./spooled-mail.ts";

/** Why a mail is not answered. */
export type Silence =
  | "not-now"
  | "malformed"
  | "no-sender"
  | "own-address"
  | "system-sender"
  | "automatic"
  | "bulk"
  | "list"
  | "suppressed"
  | "report"
  | "spam"
  | "not-addressed"
  | "answered-lately"
  | "too-many";

/** Senders that are programs (RFC 3834, section 2), and what the senders of lists and of newsletters are called. */
const PROGRAMS =
  /^(?:mailer-daemon|postmaster|daemon|root|listserv|majordomo|(?:do-?)?not?-?reply.*|owner-.*|bounces?|(?:.*[-_+])?(?:owner|request|bounces?)(?:[-+=].*)?)$/i;
/** Of lists that do not name themselves by `List-…`. */
const LISTS = ["mailing-list", "x-mailing-list", "x-mailman-version"];
/** From before RFC 3834. */
const AUTOMATIC = ["x-autoreply", "x-autorespond", "x-auto-reply"];
/** XMail's own notices, and those of others. */
const REPORTS = ["x-mailererror", "x-failed-recipients"];

/** `today` like `2026-08-15`, on the clock of this machine. */
export function isAway({ text, from, until }: VacationText, today: string): boolean {
  return text.trim() !== "" && (from === null || from <= today) && (until === null || today <= until);
}

/** The first reason not to answer; `null`: it may be answered. Rules of RFC 3834, sections 2 and 5. */
export function silenceFor(
  { sender, recipient }: Pick<SpooledMail, "sender" | "recipient">,
  header: Header,
  address: string,
): Silence | null {
  const own = [address, recipient].map(foldName);
  const has = (names: readonly string[]) => names.some((name) => header.names.includes(name));
  const says = (name: string, pattern: RegExp) => header.all(name).some((value) => pattern.test(bare(value)));
  if (sender === "") return "no-sender";
  if (!isPlainAddress(sender)) return "malformed";
  if (own.includes(foldName(sender))) return "own-address";
  if (PROGRAMS.test(sender.slice(0, sender.lastIndexOf("@")))) return "system-sender";
  if (says("auto-submitted", /^(?!no\s*(?:;|$))/) || has(AUTOMATIC)) return "automatic";
  if (says("precedence", /^(?:bulk|list|junk)\b/)) return "bulk";
  if (header.names.some((name) => name.startsWith("list-")) || has(LISTS)) return "list";
  if (says("x-auto-response-suppress", /\b(?:all|oof|autoreply)\b/)) return "suppressed";
  if (says("content-type", /^(?:multipart\/report|message\/d)/) || has(REPORTS)) return "report";
  if (says("x-spam-flag", /^yes\b/) || says("x-spam-status", /^yes\b/)) return "spam";
  return header.recipients.some((one) => own.includes(foldName(one))) ? null : "not-addressed";
}

/** A value without its comments, in lower case. */
function bare(value: string): string {
  return value
    .replace(/\([^()]*\)/g, " ")
    .trim()
    .toLowerCase();
}
