import { failField } from "../../errors/error.ts";
import type { Context } from "../../kernel/context.ts";
import { defineOperation } from "../../kernel/operation.ts";
import { type Static, Type } from "../../kernel/schema.ts";
import { mailbox } from "../../xmail/log-about.ts";
import type { SpooledMessage } from "../../xmail/spool.ts";
import { ExistingDomain, fields, oneOf, orNull } from "../fields.ts";
import { SpoolRow } from "../spool/fields.ts";
import { isOf, LOOKED, queuedByStories, queuedBySubject, rowsOf } from "./queued.ts";
import { sightOf } from "./reading.ts";
import { cellOf, filterFields, LogRowOutput, targetOfRow, timeFields, timesOf } from "./rows.ts";
import { idIn, OUTCOMES, outcomeOf, storiesOf } from "./story.ts";
import { lines, linesOf, rangeOf, wholeStory } from "./whole-story.ts";

/** Lines about the addresses that begin a search; their messages are what is told. */
const MOST_LINES = 200;
const MOST_MESSAGES = 20;

const Message = fields({
  id: orNull(Type.String({ description: "null: refused before the message had one" })),
  time: orNull(Type.String({ description: "Of its first line, on the clock of the mail server" })),
  sender: Type.String(),
  recipients: Type.Array(Type.String()),
  outcome: oneOf(OUTCOMES, {
    description:
      "delivered into a mailbox, sent to another server, passed on, refused; waiting: no log tells more; frozen: given up; held: by us",
  }),
  domain: orNull(ExistingDomain),
  name: orNull(Type.String()),
  steps: Type.Array(LogRowOutput, {
    description: "What happened, in the order of time, to the first sign-in of who could fetch it then",
  }),
  queue: Type.Array(SpoolRow, { description: "What of it stands in the queue now, one for each recipient" }),
});
export type TracedMessage = Static<typeof Message>;

const input = fields({
  address: filterFields.address,
  id: filterFields.id,
  subject: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 200,
      pattern: "^[^\\u0000-\\u001f\\u007f]+$",
      description: "Part of a subject: known of what is in the queue; no log has it",
      "x-rule": "one-line",
    }),
  ),
  ...timeFields,
});
type Wanted = Static<typeof input>;

export const logTrace = defineOperation({
  name: "log.trace",
  summary:
    "Where is my mail? Tell what became of messages by an address, an id or a subject, across all logs and the queue",
  effect: "read",
  input,
  output: fields({
    items: Type.Array(Message, { description: "The newest first, twenty at most" }),
    more: Type.Boolean({ description: "There are more: name a shorter time" }),
    queue: oneOf(LOOKED, { description: "How much of the queue was looked at; none: it cannot be seen" }),
  }),
  errors: ["STORAGE_UNSUPPORTED"],
  http: "GET /mail-traces",
  each: targetOfRow,
  async handler(ctx, wanted) {
    const { address, id, subject } = wanted;
    if (address === undefined && id === undefined && subject === undefined)
      return failField("address", "required", "Give an address, the id of a message, or a subject.");
    const begun = subject === undefined ? await byLines(ctx, wanted) : await bySubject(ctx, subject, wanted);
    const whole: Found[] = [];
    for (const { story, unlogged } of begun.found.slice(0, MOST_MESSAGES)) {
      ctx.signal.throwIfAborted();
      whole.push({ story: await wholeStory(ctx, story), unlogged });
    }
    const stories = whole.map(({ story }) => story);
    const { looked, messages } = begun.queue ?? (await queuedByStories(ctx, stories));
    const items: TracedMessage[] = [];
    for (const { story, unlogged } of whole)
      items.push(await messageOf(ctx, story, unlogged ? [unlogged] : messages.filter(isOf(ctx, story))));
    return { items, more: begun.more || begun.found.length > MOST_MESSAGES, queue: looked };
  },
});

/** Lines about a message, or one of the queue that no log tells of. */
interface Found {
  readonly story: readonly LogRowOutput[];
  readonly unlogged?: SpooledMessage | undefined;
}

const isGiven = (id: string | null): id is string => id !== null;

async function byLines(ctx: Context, { address, id, since, until }: Wanted) {
  const { rows, more } = await lines(ctx, {
    kinds: ["smtp", "smail", "lmail", "filters"],
    ...(address === undefined ? {} : { address }),
    ...(id === undefined ? {} : { id }),
    ...times({ since, until }),
    limit: MOST_LINES,
  });
  return { found: storiesOf(rows).map((story): Found => ({ story })), more, queue: null };
}

function times({ since, until }: { since?: string | undefined; until?: string | undefined }) {
  return timesOf({ ...(since === undefined ? {} : { since }), ...(until === undefined ? {} : { until }) });
}

/** What the queue has of a subject, the newest first, with the lines of each; what no log tells of, by itself. */
async function bySubject(ctx: Context, subject: string, wanted: Wanted) {
  const { address, id } = wanted;
  const { since = "", until = "\uffff" } = times(wanted);
  const queue = await queuedBySubject(ctx, subject);
  const isAsked = ({ from, to, number }: SpooledMessage) =>
    (id === undefined || number.toLowerCase() === id.toLowerCase()) &&
    (address === undefined || [from, to].some((one) => isAddress(one, address)));
  const asked = queue.messages.filter(isAsked).sort(newestFirst);
  const found: (Found & { since: number })[] = [];
  for (const number of new Set(asked.map((message) => message.number))) {
    if (found.length > MOST_MESSAGES) break;
    ctx.signal.throwIfAborted();
    const copies = asked.filter((message) => message.number === number);
    const told = number === "" ? [] : storiesOf(await linesOf(ctx, number, rangeOf(copies[0]?.since ?? 0)));
    const story = told.find((one) => copies.some(isOf(ctx, one)));
    const isLogged = story ? isOf(ctx, story) : () => false;
    // The same id may have been given to another message before.
    for (const unlogged of copies.filter((copy) => !isLogged(copy)))
      found.push({ story: [], unlogged, since: unlogged.since });
    const time = story?.[0]?.time ?? null;
    if (!story || (time !== null && (time < since || time > until))) continue;
    found.push({ story, since: copies.find(isLogged)?.since ?? 0 });
  }
  found.sort(newestFirst);
  return { found, more: false, queue };
}

const newestFirst = (one: { since: number }, other: { since: number }) => other.since - one.since;

function isAddress(found: string, wanted: string): boolean {
  const [one, other] = [found.toLowerCase(), wanted.trim().toLowerCase()];
  return other.startsWith("@") ? one.endsWith(other) : one === other;
}

async function messageOf(
  ctx: Context,
  steps: readonly LogRowOutput[],
  queued: readonly SpooledMessage[],
): Promise<TracedMessage> {
  const sees = sightOf(ctx);
  const about =
    steps.find(({ domain }) => domain !== null) ??
    steps[0] ??
    queued.flatMap(({ to, auth }) => [to, auth].map(mailbox)).find((one) => one !== null && sees(one));
  const queue = await rowsOf(ctx, queued);
  const recipients = [...steps.map((step) => cellOf(step, "recipient")), ...queue.map(({ to }) => to)].filter(
    (text) => text !== "" && text !== "*",
  );
  return {
    id: steps.map(idIn).find(isGiven) ?? (queued[0]?.number || null),
    time: steps[0]?.time ?? null,
    sender: steps.map((step) => cellOf(step, "sender")).find((text) => text !== "") ?? queued[0]?.from ?? "",
    recipients: [...new Set(recipients)],
    outcome: outcomeOf(steps, queue),
    domain: about?.domain ?? null,
    name: about?.name ?? null,
    steps: [...steps],
    queue,
  };
}
