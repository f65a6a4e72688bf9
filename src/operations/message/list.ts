import { defineOperation } from "../../kernel/operation.ts";
import { Type } from "../../kernel/schema.ts";
import { accountTarget } from "../../kernel/target.ts";
import { Bytes, Count, ExistingAccount, ExistingDomain, fields, Moment, orNull } from "../fields.ts";
import { mailboxesOf, momentOf } from "../mailbox/fields.ts";

const DEFAULT_LIMIT = 50;

export const messageList = defineOperation({
  name: "message.list",
  summary: "The messages in the mailbox of an account, the newest first",
  effect: "read",
  input: fields({
    domain: ExistingDomain,
    name: ExistingAccount,
    cursor: Type.Optional(Type.String({ maxLength: 300, description: "`next` of the page before" })),
    limit: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 200, description: `Rows of a page, ${DEFAULT_LIMIT} if absent` }),
    ),
  }),
  output: fields({
    items: Type.Array(
      fields({
        message: Type.String({ description: "For message.get" }),
        from: Type.String({ description: "As the message has it: anybody may write anything there" }),
        subject: Type.String(),
        date: Type.String({ description: "As the message has it" }),
        arrived: orNull(Moment),
        size: Bytes,
      }),
    ),
    messages: Count,
    bytes: Bytes,
    next: orNull(Type.String()),
  }),
  errors: ["ACCOUNT_NOT_FOUND", "STORAGE_UNSUPPORTED"],
  http: "GET /accounts/{domain}/{name}/messages",
  target: (input) => accountTarget(input),
  opensMail: true,
  async handler(ctx, { domain, name, cursor, limit = DEFAULT_LIMIT }) {
    const ask = { limit, ...(cursor === undefined ? {} : { after: cursor }) };
    const { items, total, bytes, next } = await mailboxesOf(ctx).page({ domain, name }, ask, ctx);
    return {
      items: items.map(({ id, from, subject, date, arrived, size }) => ({
        message: id,
        ...{ from, subject, date, size },
        arrived: momentOf(arrived),
      })),
      messages: total,
      bytes,
      next,
    };
  },
});
