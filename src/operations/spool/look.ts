import { fail } from "../../errors/error.ts";
import type { Context } from "../../kernel/context.ts";
import { defineOperation } from "../../kernel/operation.ts";
import { Type } from "../../kernel/schema.ts";
import { SPOOL_ACTIONS, SPOOL_GROUPS, SPOOL_STATES, type SpoolCount } from "../../xmail/spool.ts";
import { concernsDomain } from "../../xmail/spool-filter.ts";
import { Bytes, Count, fields, Moment, oneOf, orNull } from "../fields.ts";
import {
  Eml,
  emlOf,
  filterFields,
  MessageId,
  MessageIds,
  momentOf,
  retrySettings,
  rowOf,
  SpoolRow,
  sees,
  spoolOf,
  targetOfDomain,
  whoseFields,
} from "./fields.ts";

const DEFAULT_LIMIT = 50;
const DEFAULT_GROUPS = 20;
/** Milliseconds after which a list is answered although it is not full. */
const PATIENCE = 2_000;

const seconds = Type.Optional(
  Type.Integer({
    minimum: 1,
    maximum: 600,
    description: "Answer after so long with what was found; absent: all",
  }),
);

export const spoolList = defineOperation({
  name: "spool.list",
  summary: "Messages of the queue that a filter catches, with what XMail will do next and when",
  effect: "read",
  input: fields({
    ...filterFields,
    cursor: Type.Optional(Type.String({ maxLength: 300, description: "`next` of the page before" })),
    limit: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 200, description: "Rows of a page, 50 if absent" }),
    ),
  }),
  output: fields({ sees, items: Type.Array(SpoolRow), next: orNull(Type.String()) }),
  errors: ["STORAGE_UNSUPPORTED"],
  http: "GET /spool/messages",
  target: targetOfDomain,
  async handler(ctx, { filter = "", domain, cursor, limit = DEFAULT_LIMIT }) {
    const settings = await retrySettings(ctx, domain);
    const spool = spoolOf(ctx);
    const { items, next } = await spool.page({
      ...asking(ctx, filter, domain),
      within: PATIENCE,
      limit,
      ...(cursor === undefined ? {} : { after: cursor }),
    });
    return { sees: spool.sees, items: items.map((message) => rowOf(message, settings)), next };
  },
});

function asking(ctx: Context, filter: string, domain: string | undefined) {
  return { filter, domain, now: ctx.now(), signal: ctx.signal };
}

const CountIfSeen = orNull(Type.Integer({ minimum: 0, description: "null: not seen" }));
const Counted = { messages: Count, bytes: Bytes, oldest: orNull(Moment) };

function counted({ messages, bytes, oldest }: SpoolCount) {
  return { messages, bytes, oldest: momentOf(oldest) };
}

export const spoolShape = defineOperation({
  name: "spool.shape",
  summary: "Count the queue by one of its sides: sender, signed-in account, address, subject, reason, age",
  effect: "read",
  input: fields({
    ...filterFields,
    by: Type.Optional(oneOf(SPOOL_GROUPS, { description: "auth if absent" })),
    most: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, description: "Groups, 20 if absent" })),
    seconds,
  }),
  output: fields({
    sees,
    ...Counted,
    states: fields(
      Object.fromEntries(SPOOL_STATES.map((one) => [one, CountIfSeen])) as Record<
        (typeof SPOOL_STATES)[number],
        typeof CountIfSeen
      >,
    ),
    writing: Type.Integer({ minimum: 0, description: "Files that XMail is writing" }),
    orphans: Type.Integer({ minimum: 0, description: "Logs and rests of commands without their message" }),
    groups: Type.Array(
      fields({
        ...Counted,
        key: Type.String(),
        filter: Type.String({ description: "Catches the group" }),
        subject: Type.String({ description: "One of its subjects" }),
      }),
    ),
    others: Type.Integer({ minimum: 0, description: "Messages of groups that are not listed" }),
    looked: Type.Integer({ minimum: 0, description: "Folders looked at" }),
    of: Type.Integer({ minimum: 0, description: "Folders there are" }),
  }),
  errors: ["STORAGE_UNSUPPORTED"],
  http: "GET /spool/shape",
  target: targetOfDomain,
  async handler(ctx, { filter = "", domain, by = "auth", most = DEFAULT_GROUPS, seconds: within }) {
    const spool = spoolOf(ctx);
    const { groups, states, writing, orphans, others, looked, of, ...all } = await spool.shape({
      ...asking(ctx, filter, domain),
      ...(within === undefined ? {} : { within: within * 1000 }),
      by,
      most,
    });
    return {
      sees: spool.sees,
      ...counted(all),
      states: { ...states },
      writing,
      orphans,
      groups: groups.map(({ key, filter: catches, subject, ...count }) => ({
        ...counted(count),
        key,
        filter: catches,
        subject,
      })),
      others,
      looked,
      of,
    };
  },
});

export const spoolExplain = defineOperation({
  name: "spool.explain",
  summary: "Count what an action on a filter would be done to, with samples of it and of what it leaves",
  effect: "read",
  input: fields({
    ...filterFields,
    action: oneOf(SPOOL_ACTIONS.slice(0, 4) as ["remove", "hold", "release", "resend"]),
    among: Type.Optional(
      Type.String({ maxLength: 1000, description: "Filter: nothing else is counted, on either side" }),
    ),
    messages: Type.Optional(MessageIds),
    samples: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 100, description: "Of each side, 10 if absent" }),
    ),
    seconds,
  }),
  output: fields({
    sees,
    undoable: Type.Boolean({ description: "Whether spoolJob.undo could put the messages back" }),
    caught: fields(Counted),
    left: fields(Counted),
    samples: Type.Array(SpoolRow),
    leftSamples: Type.Array(SpoolRow),
    looked: Count,
    of: Count,
  }),
  errors: ["STORAGE_UNSUPPORTED"],
  http: "GET /spool/explain",
  target: targetOfDomain,
  async handler(ctx, { filter = "", domain, action, among, messages, samples = 10, seconds: within }) {
    const settings = await retrySettings(ctx, domain);
    const spool = spoolOf(ctx);
    const found = await spool.foresee({
      ...asking(ctx, filter, domain),
      ...(within === undefined ? {} : { within: within * 1000 }),
      action,
      among,
      messages,
      samples,
    });
    return {
      sees: spool.sees,
      undoable: action === "remove" && spool.sees === "all",
      caught: counted(found.caught),
      left: counted(found.left),
      samples: found.samples.map((message) => rowOf(message, settings)),
      leftSamples: found.leftSamples.map((message) => rowOf(message, settings)),
      looked: found.looked,
      of: found.of,
    };
  },
});

export const spoolGet = defineOperation({
  name: "spool.get",
  summary: "One message of the queue: envelope, headers, and every try to deliver it; not its text",
  effect: "read",
  input: fields({ message: MessageId, ...whoseFields }),
  output: fields({
    ...(SpoolRow.properties as typeof SpoolRow.properties),
    rest: Type.Boolean({ description: "A rest of a list of commands waits to be carried out for it" }),
    headers: Type.Array(fields({ name: Type.String(), value: Type.String() })),
    log: Type.Array(
      fields({
        at: Moment,
        failures: Type.Array(fields({ reply: Type.String(), server: Type.String(), error: Type.String() })),
      }),
    ),
  }),
  errors: ["NOT_FOUND", "STORAGE_UNSUPPORTED"],
  http: "GET /spool/messages/{message}",
  target: targetOfDomain,
  async handler(ctx, { message, domain }) {
    const settings = await retrySettings(ctx, domain);
    const found = await messageIn(ctx, message, domain);
    return {
      ...rowOf(found, settings),
      rest: found.rest,
      headers: [...found.headers],
      log: found.log.map(({ at, failures }) => ({
        at: momentOf(at) ?? "",
        failures: failures.map((one) => ({ ...one })),
      })),
    };
  },
});

/** `NOT_FOUND` also where it is none of the domain's. */
async function messageIn(ctx: Context, id: string, domain: string | undefined) {
  const found = await spoolOf(ctx).get(id, ctx);
  if (!found || (domain !== undefined && !concernsDomain(found, domain)))
    return fail("NOT_FOUND", "This message is not in the queue any more.");
  return found;
}

export const spoolRaw = defineOperation({
  name: "spool.raw",
  summary: "The text of one message of the queue, as it was written",
  effect: "read",
  input: fields({ message: MessageId, ...whoseFields }),
  output: Eml,
  errors: ["NOT_FOUND", "STORAGE_UNSUPPORTED"],
  http: "GET /spool/messages/{message}/raw",
  target: targetOfDomain,
  opensMail: true,
  async handler(ctx, { message, domain }) {
    await messageIn(ctx, message, domain);
    return emlOf((await spoolOf(ctx).bytesOf(message, ctx)) ?? fail("NOT_FOUND"));
  },
});
