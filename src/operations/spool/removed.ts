import { fail } from "../../errors/error.ts";
import { defineOperation } from "../../kernel/operation.ts";
import { type Static, Type } from "../../kernel/schema.ts";
import { SERVER } from "../../kernel/target.ts";
import { SPOOL_STATES } from "../../xmail/spool.ts";
import { Bytes, Count, fields, Moment, oneOf, orNull } from "../fields.ts";
import { Eml, emlOf, JobId, MessageId, momentOf, spoolOf } from "./fields.ts";

const DEFAULT_LIMIT = 50;

export const RemovedRow = fields({
  message: Type.String(),
  status: oneOf(SPOOL_STATES, { description: "Where it stood" }),
  from: Type.String({ description: "Sender of the envelope; empty: the null sender" }),
  to: Type.String(),
  auth: Type.String({ description: "Who had signed in to send it; empty: nobody" }),
  subject: Type.String(),
  number: Type.String({ description: "XMail's own id, as in its logs" }),
  size: Bytes,
  since: orNull(Moment),
  tries: Count,
  reason: Type.String(),
});
export type RemovedRow = Static<typeof RemovedRow>;

export const removedMessageList = defineOperation({
  name: "removedMessage.list",
  summary: "What a job removed from the queue and nobody put back; kept for 30 days",
  effect: "read",
  input: fields({
    job: JobId,
    cursor: Type.Optional(Type.String({ maxLength: 300, description: "`next` of the page before" })),
    limit: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 200, description: "Rows of a page, 50 if absent" }),
    ),
  }),
  output: fields({ items: Type.Array(RemovedRow), next: orNull(Type.String()) }),
  errors: ["NOT_FOUND", "STORAGE_UNSUPPORTED"],
  http: "GET /spool/jobs/{job}/messages",
  target: () => SERVER,
  async handler(ctx, { job, cursor, limit = DEFAULT_LIMIT }) {
    const { items, next } = await spoolOf(ctx).removed(job, { after: cursor, limit, signal: ctx.signal });
    return {
      items: items.map(
        ({ id, state, from, to, auth, subject, number, size, since, tries, reason }): RemovedRow => ({
          message: id,
          status: state,
          ...{ from, to, auth, subject, number, size, tries, reason },
          since: momentOf(since),
        }),
      ),
      next,
    };
  },
});

export const removedMessageRaw = defineOperation({
  name: "removedMessage.raw",
  summary: "The text of one message that a job removed from the queue",
  effect: "read",
  input: fields({ job: JobId, message: MessageId }),
  output: Eml,
  errors: ["NOT_FOUND", "STORAGE_UNSUPPORTED"],
  http: "GET /spool/jobs/{job}/messages/{message}/raw",
  target: () => SERVER,
  opensMail: true,
  async handler(ctx, { job, message }) {
    const bytes = await spoolOf(ctx).removedMail(job, message, ctx);
    return emlOf(bytes ?? fail("NOT_FOUND", "This message is not among what the job removed (any more)."));
  },
});
