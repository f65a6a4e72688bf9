import { fail } from "../../errors/error.ts";
import type { Context } from "../../kernel/context.ts";
import { type Static, Type } from "../../kernel/schema.ts";
import { accountTarget } from "../../kernel/target.ts";
import type { CountedMailbox, MailboxStore } from "../../xmail/mailboxes.ts";
import { addressOf } from "../../xmail/names.ts";
import { Bytes, Count, fields, Moment, oneOf, orNull } from "../fields.ts";

export const MAILBOX_STATES = ["full", "nearly", "growing", "unused"] as const;
export type MailboxState = (typeof MAILBOX_STATES)[number];

const MB = 1024 * 1024;
const DAY_MS = 86_400_000;
/** As XMailCFG warns: over the limit, or so little left. */
const NEARLY_BYTES = 10 * MB;
/** Growing fast: so much a day, or full within so many days. */
const FAST_BYTES = 50 * MB;
const FULL_WITHIN_DAYS = 7;
/** Less between two counts, or less grown, says nothing. */
const LEAST_BETWEEN_MS = 3_600_000;
const LEAST_GROWN = MB;
/** Without a sign-in for so long: not used, if nobody says. */
export const UNUSED_DAYS = 90;

export const MailboxRow = fields({
  address: Type.String(),
  domain: Type.String(),
  name: Type.String(),
  bytes: Bytes,
  messages: Count,
  limitBytes: orNull(Bytes),
  leftBytes: orNull(Bytes),
  growthPerDay: orNull(Type.Integer({ description: "Bytes a day since an earlier count; null: not known" })),
  newest: orNull(Moment),
  lastLogin: orNull(Moment),
  countedAt: orNull(Moment),
  waits: Type.Boolean({ description: "The count under way has still to come to it" }),
  states: Type.Array(oneOf(MAILBOX_STATES)),
});
export type MailboxRow = Static<typeof MailboxRow>;

export function mailboxRow(mailbox: CountedMailbox, now: number, unusedDays: number): MailboxRow {
  const { domain, name, bytes, messages, limit, newest, lastLogin, countedAt, waits } = mailbox;
  const leftBytes = limit === null ? null : Math.max(0, limit - bytes);
  const growthPerDay = growthOf(mailbox);
  const states: MailboxState[] = [];
  if (countedAt !== null) {
    if (leftBytes === 0) states.push("full");
    else if (leftBytes !== null && leftBytes <= NEARLY_BYTES) states.push("nearly");
    if (isFast(growthPerDay, leftBytes)) states.push("growing");
    if (lastLogin === null || now - lastLogin > unusedDays * DAY_MS) states.push("unused");
  }
  return {
    ...{ address: addressOf(mailbox), domain, name, bytes, messages },
    ...{ limitBytes: limit, leftBytes, growthPerDay },
    newest: momentOf(newest),
    lastLogin: momentOf(lastLogin),
    countedAt: momentOf(countedAt),
    waits,
    states,
  };
}

function growthOf({ bytes, countedAt, before }: CountedMailbox): number | null {
  if (countedAt === null || before === null) return null;
  const ms = countedAt - before.at;
  return ms < LEAST_BETWEEN_MS ? null : Math.round(((bytes - before.bytes) / ms) * DAY_MS);
}

function isFast(growthPerDay: number | null, left: number | null): boolean {
  if (growthPerDay === null || growthPerDay < LEAST_GROWN) return false;
  return growthPerDay >= FAST_BYTES || (left !== null && left > 0 && left / growthPerDay <= FULL_WITHIN_DAYS);
}

export function momentOf(ms: number | null): string | null {
  return ms === null || ms <= 0 || ms > 8.64e15 ? null : new Date(ms).toISOString();
}

export function mailboxesOf({ xmail }: Pick<Context, "xmail">): MailboxStore {
  return (
    xmail.mailboxes ??
    fail("STORAGE_UNSUPPORTED", "Mailboxes can be seen only where the files of the MailRoot are at hand.")
  );
}

/** Those that the actor may see, of one domain or of all. */
export async function seenMailboxes(
  ctx: Context,
  isAsked: (mailbox: CountedMailbox) => boolean,
): Promise<CountedMailbox[]> {
  const all = await mailboxesOf(ctx).counted(ctx);
  return all.filter((mailbox) => isAsked(mailbox) && ctx.sees(accountTarget(mailbox)));
}

export const Progress = fields({
  counted: Type.Integer({ minimum: 0, description: "Accounts that the count under way has counted" }),
  of: Type.Integer({ minimum: 0, description: "Accounts there are" }),
  finished: Type.Boolean({ description: "false: mailbox.count goes on" }),
  oldest: orNull(Type.String({ description: "When the first of what is told was counted: ISO 8601, UTC" })),
});

export function progressOf(mailboxes: readonly CountedMailbox[]): Static<typeof Progress> {
  const waiting = mailboxes.filter(({ waits }) => waits).length;
  const times = mailboxes.flatMap(({ countedAt }) => countedAt ?? []);
  return {
    counted: mailboxes.length - waiting,
    of: mailboxes.length,
    finished: waiting === 0,
    oldest: momentOf(times.reduce<number | null>((least, at) => Math.min(least ?? at, at), null)),
  };
}
