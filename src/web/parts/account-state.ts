import type { Static } from "../../kernel/schema.ts";
import type { AccountSummary } from "../../operations/account/rows.ts";
import type { Html } from "../html.ts";
import type { Text } from "../text/en.ts";
import { percent } from "../text/format.ts";
import { badge } from "./badge.ts";

export type Account = Static<typeof AccountSummary>;

const NEARLY = 80;

/** The one word that matters most about an account now. */
export function accountState(t: Text, account: Account, plain = false): Html {
  const { services, suspended, mailbox, kind } = account;
  if (suspended) return badge("held", t.states.suspended, plain);
  const full = fillOf(account);
  if (full === 100) return badge("bad", t.states.full, plain);
  // A list has no mailbox to fetch from and sends nothing itself.
  const working = kind === "list" ? services.receive : services.receive && services.pop && services.send;
  if (!working) return badge("warn", t.states.limited, plain);
  if (mailbox.limitBytes !== null && full !== null && full >= NEARLY) {
    return badge("warn", t.states.nearlyFull, plain);
  }
  return badge("ok", t.states.active, plain);
}

/** Percent of the limit in use; `null` without a limit. */
export function fillOf({ mailbox }: Account): number | null {
  return mailbox.limitBytes === null ? null : percent(mailbox.bytes, mailbox.limitBytes);
}
