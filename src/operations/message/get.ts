import { fail } from "../../errors/error.ts";
import { defineOperation } from "../../kernel/operation.ts";
import { Type } from "../../kernel/schema.ts";
import { accountTarget } from "../../kernel/target.ts";
import { Bytes, Count, fields, Moment, oneOf, orNull } from "../fields.ts";
import { mailboxesOf, momentOf } from "../mailbox/fields.ts";
import { GONE, messageKey } from "./fields.ts";

export const messageGet = defineOperation({
  name: "message.get",
  summary: "One message: headers, text, HTML without anything active or from elsewhere, names of attachments",
  effect: "read",
  input: fields(messageKey),
  output: fields({
    message: Type.String(),
    arrived: orNull(Moment),
    size: Bytes,
    headers: Type.Array(fields({ name: Type.String(), value: Type.String() })),
    text: Type.String(),
    html: orNull(
      Type.String({ description: "Made safe: no script, style, picture, form or link; null: no such part" }),
    ),
    links: Type.Array(Type.String(), { description: "Where the links of the HTML led" }),
    leftOut: Count,
    attachments: Type.Array(
      fields({
        name: Type.String({ description: "As the message has it, for looking at only" }),
        type: Type.String(),
        size: Bytes,
      }),
    ),
    state: oneOf(["whole", "cut", "broken"], {
      description: "cut: larger than is shown; broken: so built that it cannot be taken apart",
    }),
  }),
  errors: ["ACCOUNT_NOT_FOUND", "NOT_FOUND", "STORAGE_UNSUPPORTED"],
  http: "GET /accounts/{domain}/{name}/messages/{message}",
  target: (input) => accountTarget(input),
  opensMail: true,
  async handler(ctx, { domain, name, message }) {
    const found = (await mailboxesOf(ctx).open({ domain, name }, message, ctx)) ?? fail("NOT_FOUND", GONE);
    const { headers, text, html, links, leftOut, attachments, state, size, arrived } = found;
    return {
      message,
      arrived: momentOf(arrived),
      ...{ size, text, html, leftOut, state },
      headers: headers.map((one) => ({ name: one.name, value: one.value })),
      links: [...links],
      attachments: attachments.map((one) => ({ name: one.name, type: one.type, size: one.size })),
    };
  },
});
