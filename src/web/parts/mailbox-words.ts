import type { MailboxRow } from "../../operations/mailbox/fields.ts";
import { type Html, html } from "../html.ts";
import type { Frame } from "../page.ts";
import { part } from "../paths.ts";
import { bytes, percent } from "../text/format.ts";
import { badge } from "./badge.ts";
import { bar } from "./bar.ts";
import { moment } from "./moment.ts";
import { fillText } from "./shown.ts";

export function mailPath({ domain, name }: { domain: string; name: string }, rest = ""): string {
  return `/mailboxes/${part(domain)}/${part(name)}${rest}`;
}

const TONES = { full: "bad", nearly: "warn", growing: "warn", unused: "info" } as const;

export function stateBadges({ t }: Frame, { states }: MailboxRow): Html {
  return html`${states.map((state) => html`${badge(TONES[state], t.mailbox.stateNames[state], true)} `)}`;
}

export function fillBar({ bytes: used, limitBytes }: MailboxRow): Html | null {
  return limitBytes === null ? null : bar(percent(used, limitBytes));
}

export function usedWords({ t }: Frame, { bytes: used, limitBytes, countedAt }: MailboxRow): string {
  if (countedAt === null) return t.mailbox.notCounted;
  if (limitBytes === null) return bytes(used);
  return fillText(t.accounts.ofLimit, { used: bytes(used), limit: bytes(limitBytes) });
}

export function leftWords({ t }: Frame, { leftBytes, countedAt }: MailboxRow): string {
  if (countedAt === null) return "–";
  return leftBytes === null ? t.mailbox.unlimited : bytes(leftBytes);
}

/** With its sign: a mailbox may shrink as well. */
export function growthWords(growth: number | null): string {
  if (growth === null) return "–";
  return growth < 0 ? `−${bytes(-growth)}` : `+${bytes(growth)}`;
}

export function momentOr(frame: Frame, iso: string | null, none: string): Html | string {
  return iso === null ? none : moment(frame, iso);
}
