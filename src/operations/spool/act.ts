import { failField } from "../../errors/error.ts";
import type { Context } from "../../kernel/context.ts";
import { defineOperation } from "../../kernel/operation.ts";
import { type Static, Type } from "../../kernel/schema.ts";
import type { SpoolWish } from "../../xmail/spool.ts";
import { fields } from "../fields.ts";
import {
  filterFields,
  type JobRow,
  JobRow as JobSchema,
  jobRow,
  MessageIds,
  spoolOf,
  targetOfDomain,
} from "./fields.ts";

/** How long the first part of a job may take, if nobody says. */
export const PART_SECONDS = 5;

export const partSeconds = Type.Optional(
  Type.Integer({
    minimum: 0,
    maximum: 3600,
    description: `How long to work on it now, ${PART_SECONDS} if absent; spoolJob.work goes on`,
  }),
);

const Acting = fields({
  ...filterFields,
  messages: Type.Optional(MessageIds),
  confirm: Type.Optional(
    Type.String({ maxLength: 20, description: "all, where neither filter nor messages are given" }),
  ),
  seconds: partSeconds,
});

async function act(
  ctx: Context,
  action: SpoolWish["action"],
  { filter = "", domain, messages, confirm, seconds = PART_SECONDS }: Static<typeof Acting>,
): Promise<JobRow> {
  if (filter.trim() === "" && messages === undefined && confirm?.toLowerCase() !== "all")
    failField("confirm", "confirm", "Type all to confirm that it is done to every message.", "all");
  const spool = spoolOf(ctx);
  const by = ctx.actor.name;
  const job = await spool.begin({ action, filter, domain, messages, by, now: ctx.now() }, ctx);
  // A dry run begins nothing that could be gone on with.
  if (job.id === "" || seconds === 0) return jobRow(job);
  return jobRow(await spool.work(job.id, seconds * 1000, ctx.now(), ctx));
}

const common = {
  input: Acting,
  output: JobSchema,
  errors: ["STORAGE_UNSUPPORTED", "STORAGE_LOCKED", "XMAIL_STOPPED", "NOT_FOUND"],
  target: targetOfDomain,
  movesMail: true,
} as const;

export const spoolRemove = defineOperation({
  ...common,
  name: "spool.remove",
  summary:
    "Take messages out of the queue into the bin, for 30 days; spoolJob.undo puts them back, but by the control port alone",
  effect: "destroy",
  http: "POST /spool/remove",
  handler: (ctx, input) => act(ctx, "remove", input),
});

export const spoolHold = defineOperation({
  ...common,
  name: "spool.hold",
  summary: "Take messages out of XMail's sight until they are released",
  effect: "write",
  http: "POST /spool/hold",
  handler: (ctx, input) => act(ctx, "hold", input),
});

export const spoolRelease = defineOperation({
  ...common,
  name: "spool.release",
  summary: "Give held and frozen messages to XMail for delivery; tries begin anew",
  effect: "write",
  http: "POST /spool/release",
  handler: (ctx, input) => act(ctx, "release", input),
});

export const spoolResend = defineOperation({
  ...common,
  name: "spool.resend",
  summary: "Let XMail try waiting messages at once, with all others that wait for the same recipients",
  effect: "write",
  http: "POST /spool/resend",
  handler: (ctx, input) => act(ctx, "resend", input),
});
