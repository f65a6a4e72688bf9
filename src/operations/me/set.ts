import { failField } from "../../errors/error.ts";
import { Secret } from "../../errors/secret.ts";
import { defineOperation } from "../../kernel/operation.ts";
import { Type } from "../../kernel/schema.ts";
import { PEOPLE } from "../../kernel/target.ts";
import { fields, Nothing } from "../fields.ts";
import { endSessions, onesPerson } from "./oneself.ts";

const LANGUAGE = Type.Union([Type.Literal(""), Type.Literal("en"), Type.Literal("ja")], {
  description: "Of the panel: English, Japanese, or as the browser asks",
});

export const meSetLanguage = defineOperation({
  name: "me.setLanguage",
  summary: "Choose the language of the panel",
  effect: "write",
  input: fields({ language: LANGUAGE }),
  output: fields({ language: LANGUAGE }),
  errors: ["NOT_FOUND"],
  http: "PUT /me/language",
  ofOurs: true,
  target: () => PEOPLE,
  async handler(ctx, { language }) {
    const { people, person } = await onesPerson(ctx);
    await people.change(person.id, (one) => ({ ...one, language }));
    return { language };
  },
});

export const meSetPassword = defineOperation({
  name: "me.setPassword",
  summary: "Give oneself a new password; ends all sessions",
  effect: "write",
  input: fields({
    currentPassword: Type.String({
      minLength: 1,
      maxLength: 1000,
      writeOnly: true,
      description: "The one that is good now",
    }),
    password: Type.String({
      minLength: 12,
      maxLength: 1000,
      writeOnly: true,
      description: "Twelve characters or more, of any kind",
    }),
  }),
  output: Nothing,
  errors: ["NOT_FOUND", "TOO_MANY_TRIES"],
  http: "PUT /me/password",
  ofOurs: true,
  target: () => PEOPLE,
  async handler(ctx, { currentPassword, password }) {
    const { people, person } = await onesPerson(ctx);
    const begun = await ctx.tryPassword?.();
    if (!(await people.isPassword(person.id, new Secret(currentPassword)))) {
      failField("currentPassword", "not-current", "currentPassword: this is not your password.");
    }
    await begun?.succeeded();
    await people.setPassword(person.id, new Secret(password));
    return {};
  },
});

export const meEndSessions = defineOperation({
  name: "me.endSessions",
  summary: "Sign out everywhere, here too",
  effect: "write",
  input: Nothing,
  output: Nothing,
  errors: ["NOT_FOUND"],
  http: "POST /me/end-sessions",
  ofOurs: true,
  target: () => PEOPLE,
  async handler(ctx) {
    await endSessions(ctx);
    return {};
  },
});
