import { failField } from "../../errors/error.ts";
import type { Context } from "../../kernel/context.ts";
import { defineOperation } from "../../kernel/operation.ts";
import { type Static, Type } from "../../kernel/schema.ts";
import type { LogSearch } from "../../xmail/logs.ts";
import { ExistingDomain, fields, oneOf, orNull } from "../fields.ts";
import { logsOf, seenIn } from "./reading.ts";
import { cellOf, filterFields, LogRowOutput, outputOf, targetOfRow, timeFields, timesOf } from "./rows.ts";
import { idIn, OUTCOMES, outcomeOf, storiesOf } from "./story.ts";

/** Lines about the addresses that begin a search; their messages are what is told. */
const MOST_LINES = 200;
const MOST_MESSAGES = 20;
const MOST_STEPS = 100;
const MOST = 512 * 1024 * 1024;

const Message = fields({
  id: orNull(Type.String({ description: "null: refused before the message had one" })),
  time: orNull(Type.String({ description: "Of its first line, on the clock of the mail server" })),
  sender: Type.String(),
  recipients: Type.Array(Type.String()),
  outcome: oneOf(OUTCOMES, {
    description:
      "delivered into a mailbox, sent to another server, passed on, refused, or waiting: no log tells more",
  }),
  domain: orNull(ExistingDomain),
  name: orNull(Type.String()),
  steps: Type.Array(LogRowOutput, { description: "What happened, in the order of time" }),
});
export type TracedMessage = Static<typeof Message>;

const input = fields({
  address: filterFields.address,
  id: filterFields.id,
  ...timeFields,
});

export const logTrace = defineOperation({
  name: "log.trace",
  summary: "Where is my mail? Tell what became of messages by an address or an id, across all logs",
  effect: "read",
  input,
  output: fields({
    items: Type.Array(Message, { description: "The newest first, twenty at most" }),
    more: Type.Boolean({ description: "There are more: name a shorter time" }),
  }),
  errors: ["STORAGE_UNSUPPORTED"],
  http: "GET /mail-traces",
  each: targetOfRow,
  async handler(ctx, { address, id, since, until }) {
    if (address === undefined && id === undefined)
      return failField("address", "required", "Give an address, or the id of a message.");
    const times = timesOf({
      ...(since === undefined ? {} : { since }),
      ...(until === undefined ? {} : { until }),
    });
    const found = await lines(ctx, {
      kinds: ["smtp", "smail", "lmail", "filters"],
      ...(address === undefined ? {} : { address }),
      ...(id === undefined ? {} : { id }),
      ...times,
      limit: MOST_LINES,
    });
    const begun = storiesOf(found.rows);
    const told = begun.slice(0, MOST_MESSAGES);
    const items: TracedMessage[] = [];
    for (const story of told) {
      ctx.signal.throwIfAborted();
      items.push(messageOf(await wholeStory(ctx, story)));
    }
    return { items, more: begun.length > told.length || found.more };
  },
});

/** The lines that name the message by its id alone, such as that of its delivery to somebody else. */
async function wholeStory(ctx: Context, story: readonly LogRowOutput[]): Promise<readonly LogRowOutput[]> {
  const [first] = story;
  const id = story.map(idIn).find((found) => found !== null);
  if (!first || id === undefined || id === null) return story;
  const { rows } = await lines(ctx, {
    kinds: ["smtp", "smail", "lmail", "filters"],
    id,
    ...(first.time === null ? {} : around(first.time)),
    limit: MOST_STEPS,
  });
  const known = new Map([...story, ...rows].map((row) => [`${row.file}:${row.offset}`, row]));
  return storiesOf([...known.values()])[0] ?? story;
}

/** A queue is tried for days; ids are counted up and do not come again so soon. */
const DAYS_OF_TRIES = 7;
const HOUR_MS = 3_600_000;

function around(time: string): { readonly since: string; readonly until: string } {
  const at = Date.parse(`${time.replace(" ", "T")}Z`);
  if (Number.isNaN(at)) return { since: time, until: time };
  const shown = (ms: number) => new Date(ms).toISOString().slice(0, 19).replace("T", " ");
  return { since: shown(at - 2 * HOUR_MS), until: shown(at + DAYS_OF_TRIES * 24 * HOUR_MS) };
}

async function lines(ctx: Context, search: Omit<LogSearch, "order" | "visible">) {
  const seen = seenIn(ctx);
  const { rows, next } = await logsOf(ctx).search(
    { ...search, order: "newest", most: MOST, visible: (row) => seen(row) !== null },
    ctx,
  );
  const told = rows.flatMap((row) => {
    const about = seen(row);
    return about === null ? [] : [outputOf(row, about)];
  });
  return { rows: told, more: next !== null };
}

function messageOf(steps: readonly LogRowOutput[]): TracedMessage {
  const about = steps.find(({ domain }) => domain !== null) ?? steps[0];
  const recipients = steps
    .map((step) => cellOf(step, "recipient"))
    .filter((text) => text !== "" && text !== "*");
  return {
    id: steps.map(idIn).find((id) => id !== null) ?? null,
    time: steps[0]?.time ?? null,
    sender: steps.map((step) => cellOf(step, "sender")).find((text) => text !== "") ?? "",
    recipients: [...new Set(recipients)],
    outcome: outcomeOf(steps),
    domain: about?.domain ?? null,
    name: about?.name ?? null,
    steps: [...steps],
  };
}
