import { fail } from "../../errors/error.ts";
import { defineOperation } from "../../kernel/operation.ts";
import { Type } from "../../kernel/schema.ts";
import { accountTarget } from "../../kernel/target.ts";
import { Bytes, fields } from "../fields.ts";
import { mailboxesOf } from "../mailbox/fields.ts";
import { GONE, messageKey } from "./fields.ts";

/** Bytes that are given at once; XMail's own limit of a message is lower nearly everywhere. */
const MOST_BYTES = 64 * 1024 * 1024;

const Content = Type.String({ description: "Base64" });
const common = {
  effect: "read",
  errors: ["ACCOUNT_NOT_FOUND", "NOT_FOUND", "STORAGE_UNSUPPORTED"],
  target: (input: { domain: string; name: string }) => accountTarget(input),
  opensMail: true,
} as const;

export const messageRaw = defineOperation({
  ...common,
  name: "message.raw",
  summary: "One message of a mailbox as it was written, at most 64 MB of it",
  input: fields(messageKey),
  output: fields({ content: Content, bytes: Bytes }),
  http: "GET /accounts/{domain}/{name}/messages/{message}/raw",
  async handler(ctx, { domain, name, message }) {
    const bytes = await mailboxesOf(ctx).bytesOf({ domain, name }, message, MOST_BYTES, ctx);
    return bytes ? { content: base64(bytes), bytes: bytes.byteLength } : fail("NOT_FOUND", GONE);
  },
});

export const messageAttachment = defineOperation({
  ...common,
  name: "message.attachment",
  summary: "One attachment of a message, by its place in message.get; never opened or run",
  input: fields({
    ...messageKey,
    place: Type.Integer({ minimum: 0, maximum: 199, description: "From 0, in the order of message.get" }),
  }),
  output: fields({ name: Type.String(), type: Type.String(), bytes: Bytes, content: Content }),
  http: "GET /accounts/{domain}/{name}/messages/{message}/attachments/{place}",
  async handler(ctx, { domain, name, message, place }) {
    const found = await mailboxesOf(ctx).attachment({ domain, name }, message, place, ctx);
    if (!found) return fail("NOT_FOUND", "There is no such attachment.");
    const { content, type, name: called, size } = found;
    return { name: called, type, bytes: size, content: base64(content) };
  },
});

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
}
