import { mayReach, mayUse } from "../../kernel/actor.ts";
import type { Context } from "../../kernel/context.ts";
import { SERVER } from "../../kernel/target.ts";
import { mailbox } from "../../xmail/log-about.ts";
import type { SpooledMessage } from "../../xmail/spool.ts";
import { filterPart } from "../../xmail/spool-filter.ts";
import { retrySettings, rowOf, type SpoolRow } from "../spool/fields.ts";
import { spoolList } from "../spool/look.ts";
import { sightOf } from "./reading.ts";
import { cellOf, type LogRowOutput } from "./rows.ts";
import { idIn } from "./story.ts";

/** Milliseconds for a look through the queue. */
const PATIENCE = 2_000;
const MOST = 200;

/** How much of the queue was looked at: `none` where it cannot be seen. */
export const LOOKED = ["all", "part", "none"] as const;

export interface Queued {
  readonly looked: (typeof LOOKED)[number];
  readonly messages: readonly SpooledMessage[];
}

type Story = readonly LogRowOutput[];

/** What of these stories is in the queue, by XMail's own ids. */
export async function queuedByStories(ctx: Context, stories: readonly Story[]): Promise<Queued> {
  const ids = new Set(stories.flatMap((story) => story.map(idIn)).filter((id) => id !== null));
  const filter = [...ids].map((id) => filterPart("id", "exact", id)).join(" ");
  // Without a filter it would be the whole queue.
  if (ids.size === 0) return { looked: "all", messages: [] };
  const tests = stories.map((story) => isOf(ctx, story));
  return lookFor(ctx, filter, (message) => tests.some((is) => is(message)));
}

export function queuedBySubject(ctx: Context, subject: string): Promise<Queued> {
  return lookFor(ctx, filterPart("subject", "contains", subject), mayRead(ctx));
}

async function lookFor(
  ctx: Context,
  filter: string,
  visible: (message: SpooledMessage) => boolean,
): Promise<Queued> {
  const { spool } = ctx.xmail;
  if (spool?.sees !== "all" || !mayUse(ctx.actor, spoolList.name)) return { looked: "none", messages: [] };
  const { items, next } = await spool.page({
    filter,
    visible,
    now: ctx.now(),
    signal: ctx.signal,
    within: PATIENCE,
    limit: MOST,
  });
  return { looked: next === null ? "all" : "part", messages: items };
}

/**
 * Whether a message is one that a story tells of, and the actor may see. The same id is given again after years, so that
 * sender or recipient must fit, too. Of one message, each recipient's administrator sees what goes to his own people.
 */
export function isOf(ctx: Context, story: Story): (message: SpooledMessage) => boolean {
  const isRead = mayRead(ctx);
  const seesQueue = queueSightOf(ctx);
  /** Of several recipients each has an administrator of his own; a line about mail that leaves is its sender's. */
  const isHis = (recipient: string) =>
    story.some(
      (step) =>
        cellOf(step, "recipient").toLowerCase() === recipient.toLowerCase() &&
        step.domain !== null &&
        seesQueue({ domain: step.domain, name: step.name }),
    );
  const ids = new Set(story.map(idIn));
  const has = (column: "sender" | "recipient", address: string) =>
    story.some((step) => cellOf(step, column).toLowerCase() === address.toLowerCase());
  return (message) => {
    const { number, from, to } = message;
    if (!ids.has(number)) return false;
    return has("recipient", to) ? isHis(to) || isRead(message) : has("sender", from) && isRead(message);
  };
}

/** Whether a message that no log tells of may be read by the actor. Anybody can name any sender: it does not count. */
function mayRead(ctx: Context): (message: SpooledMessage) => boolean {
  const sees = sightOf(ctx);
  const seesQueue = queueSightOf(ctx);
  const all = ctx.sees(SERVER) && mayReach(ctx.actor, spoolList.name, SERVER);
  return ({ to, auth }) =>
    all ||
    [to, auth].some((address) => {
      const about = mailbox(address);
      return about !== null && sees(about) && seesQueue(about);
    });
}

/** Logs and queue are given to people each by itself. */
function queueSightOf({ actor }: Context) {
  return sightOf({ sees: (target) => mayReach(actor, spoolList.name, target) });
}

export async function rowsOf(ctx: Context, messages: readonly SpooledMessage[]): Promise<SpoolRow[]> {
  if (messages.length === 0) return [];
  // How the server is started is nothing for who has a domain only.
  const settings = await retrySettings(ctx, ctx.sees(SERVER) ? undefined : "");
  return messages.map((message) => rowOf(message, settings));
}
