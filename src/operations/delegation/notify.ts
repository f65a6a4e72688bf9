import { fail, failField } from "../../errors/error.ts";
import type { Context } from "../../kernel/context.ts";
import { defineOperation } from "../../kernel/operation.ts";
import type { Person } from "../../kernel/people.ts";
import { type Static, Type } from "../../kernel/schema.ts";
import { PEOPLE } from "../../kernel/target.ts";
import { variablesIn } from "../../settings/variable-lines.ts";
import { FILES } from "../../tab/files.ts";
import { isPlainAddress } from "../../xmail/post.ts";
import { fields } from "../fields.ts";
import { plainText, WhichPerson } from "../people/fields.ts";
import { noSuchPerson, otherFound, peopleOf } from "../people/found.ts";

const Input = fields({
  person: WhichPerson,
  subject: Type.String({
    minLength: 1,
    maxLength: 150,
    pattern: "^[^\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029]*$",
    description: "Subject of the mail, in any language",
    "x-rule": "one-line",
  }),
  text: { ...plainText(10_000, "Text of the mail, in any language"), minLength: 1 },
});

export const delegationNotify = defineOperation({
  name: "delegation.notify",
  summary: "Send a mail to a delegated administrator; once it is sent, nothing takes it back",
  effect: "write",
  input: Input,
  output: fields({ to: Type.String(), from: Type.String() }),
  errors: ["BAD_CONFIG", "NOT_FOUND", "STORAGE_UNSUPPORTED"],
  http: "POST /delegations/{person}/notify",
  target: () => PEOPLE,
  async handler(ctx, input) {
    const { result, send } = await prepared(ctx, input);
    ctx.whenApplied(send, "message");
    return result;
  },
  /** A copy of XMail has nobody who would deliver it. */
  async plan(ctx, input) {
    const { result, send } = await prepared(ctx, input);
    return { result, changes: { commands: [], files: [], final: ["message"] }, apply: send, about: [] };
  },
});

async function prepared(ctx: Context, { person: which, subject, text }: Static<typeof Input>) {
  const person = await otherFound(ctx, which);
  if (person.role !== "delegate") noSuchPerson();
  if (subject.trim() === "") failField("subject", "required", "subject says nothing.");
  if (text.trim() === "") failField("text", "required", "text says nothing.");
  const { post } = ctx.xmail;
  if (!post) {
    return fail(
      "STORAGE_UNSUPPORTED",
      "By the control port alone no mail can be sent: write to him yourself.",
    );
  }
  const to = person.email;
  if (!isPlainAddress(to))
    failField("person", "no-mail", "person: no address is known that can be written to.");
  const from = await senderOf(ctx, person);
  return {
    result: { to, from },
    send: () => post.send({ from, to, subject, text, at: ctx.now() }, { signal: ctx.signal }),
  };
}

/** Whom the answer reaches: whom he was told to ask, who writes, or the postmaster of XMail. */
async function senderOf(ctx: Context, { delegation }: Person): Promise<string> {
  const me = await peopleOf(ctx).get(ctx.actor.id);
  const named = [delegation?.support.masterEmail ?? "", me?.email ?? ""].find(isPlainAddress);
  if (named !== undefined) return named;
  const variables = variablesIn(await ctx.xmail.files.read(FILES.server.path), FILES.server);
  const postmaster = variables.find(({ name }) => name === "PostMaster")?.value ?? "";
  if (isPlainAddress(postmaster)) return postmaster;
  return failField("person", "no-sender", "person: give the delegation masterEmail, so that he can answer.");
}
