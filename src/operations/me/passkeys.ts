import { fail } from "../../errors/error.ts";
import { defineOperation } from "../../kernel/operation.ts";
import { Type } from "../../kernel/schema.ts";
import { PEOPLE } from "../../kernel/target.ts";
import { fields, Nothing } from "../fields.ts";
import { endOtherSessions, oneself } from "./oneself.ts";

const MOST_PASSKEYS = 20;
const id = Type.String({
  minLength: 1,
  maxLength: 1400,
  pattern: "^[A-Za-z0-9_\\-]+$",
  description: "Of the passkey, as the list shows it",
  "x-rule": "passkey-id",
});

/** Not on the network: what a browser made is checked where its challenge came from. */
export const meAddPasskey = defineOperation({
  name: "me.addPasskey",
  summary: "Keep a passkey whose making was checked; other sessions end",
  effect: "write",
  input: fields({
    id,
    name: Type.String({
      minLength: 1,
      maxLength: 64,
      pattern: "^[^\\u0000-\\u001f\\u007f]+$",
      description: "By which you know it again, such as Phone",
      "x-rule": "one-line",
    }),
    publicKey: Type.String({ maxLength: 8000, description: "COSE, in base64url" }),
    counter: Type.Integer({ minimum: 0, description: "How often it was used" }),
    transports: Type.Array(Type.String({ maxLength: 32 }), {
      maxItems: 16,
      description: "How a browser reaches it",
    }),
  }),
  output: Nothing,
  errors: ["NOT_FOUND", "CONFLICT", "LIMIT_REACHED"],
  http: null,
  asksAgain: true,
  ofOurs: true,
  target: () => PEOPLE,
  async handler(ctx, passkey) {
    const { people } = await oneself(ctx);
    const { passkeys } = await people.factors.of(ctx.actor.id);
    if (passkeys.length >= MOST_PASSKEYS) fail("LIMIT_REACHED", `${MOST_PASSKEYS} passkeys are the most.`);
    const createdAt = ctx.now().toISOString();
    await people.factors.addPasskey(ctx.actor.id, { ...passkey, createdAt, lastUsedAt: "" });
    await endOtherSessions(ctx);
    return {};
  },
});

export const meRemovePasskey = defineOperation({
  name: "me.removePasskey",
  summary: "Sign in with a passkey no more; other sessions end",
  effect: "write",
  input: fields({ id }),
  output: Nothing,
  errors: ["NOT_FOUND"],
  http: "POST /me/passkeys/{id}/remove",
  asksAgain: true,
  ofOurs: true,
  target: () => PEOPLE,
  async handler(ctx, input) {
    const { people } = await oneself(ctx);
    await people.factors.removePasskey(ctx.actor.id, input.id);
    await endOtherSessions(ctx);
    return {};
  },
});
