import { failField } from "../../errors/error.ts";
import { defineOperation } from "../../kernel/operation.ts";
import { Type } from "../../kernel/schema.ts";
import { PEOPLE } from "../../kernel/target.ts";
import { fields, Nothing } from "../fields.ts";
import { endOtherSessions, oneself, RecoveryCodes, shownOnce } from "./oneself.ts";

export const meBeginTotp = defineOperation({
  name: "me.beginTotp",
  summary: "Begin to set up an authenticator app; it counts once a code of it was seen",
  effect: "write",
  input: Nothing,
  output: fields({ secret: shownOnce("For the app, in Base32") }),
  errors: ["NOT_FOUND"],
  http: "POST /me/authenticator/begin",
  asksAgain: true,
  ofOurs: true,
  target: () => PEOPLE,
  async handler(ctx) {
    const { people } = await oneself(ctx);
    return { secret: (await people.factors.beginTotp(ctx.actor.id)).reveal() };
  },
});

export const meConfirmTotp = defineOperation({
  name: "me.confirmTotp",
  summary: "Show a code of the new authenticator app; from then on it is asked for, and other sessions end",
  effect: "write",
  input: fields({
    code: Type.String({
      minLength: 6,
      maxLength: 20,
      writeOnly: true,
      description: "The six digits that the app shows",
    }),
  }),
  output: RecoveryCodes,
  errors: ["NOT_FOUND"],
  http: "POST /me/authenticator",
  ofOurs: true,
  target: () => PEOPLE,
  async handler(ctx, { code }) {
    const { people } = await oneself(ctx);
    const codes = await people.factors.confirmTotp(ctx.actor.id, code, ctx.now());
    if (!codes) return failField("code", "wrong-code", "code: not the code that the app shows now.");
    await endOtherSessions(ctx);
    return { recoveryCodes: codes.map((one) => one.reveal()) };
  },
});

export const meRemoveTotp = defineOperation({
  name: "me.removeTotp",
  summary: "Sign in without the authenticator app; other sessions end",
  effect: "write",
  input: Nothing,
  output: Nothing,
  errors: ["NOT_FOUND"],
  http: "POST /me/authenticator/remove",
  asksAgain: true,
  ofOurs: true,
  target: () => PEOPLE,
  async handler(ctx) {
    const { people } = await oneself(ctx);
    await people.factors.removeTotp(ctx.actor.id);
    await endOtherSessions(ctx);
    return {};
  },
});

export const meNewRecoveryCodes = defineOperation({
  name: "me.newRecoveryCodes",
  summary: "Get ten new recovery codes; older ones are over, and other sessions",
  effect: "write",
  input: Nothing,
  output: RecoveryCodes,
  errors: ["NOT_FOUND"],
  http: "POST /me/recovery-codes",
  asksAgain: true,
  ofOurs: true,
  target: () => PEOPLE,
  async handler(ctx) {
    const { people } = await oneself(ctx);
    const codes = await people.factors.newRecoveryCodes(ctx.actor.id);
    await endOtherSessions(ctx);
    return { recoveryCodes: codes.map((one) => one.reveal()) };
  },
});
