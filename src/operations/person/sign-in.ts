import { Secret } from "../../errors/secret.ts";
import type { Context } from "../../kernel/context.ts";
import { defineOperation } from "../../kernel/operation.ts";
import { Type } from "../../kernel/schema.ts";
import { PEOPLE } from "../../kernel/target.ts";
import { fields } from "../fields.ts";
import { LoginPassword, PersonKey, PersonNamed, WhichPerson } from "../people/fields.ts";
import { otherFound, peopleOf, personFound } from "../people/found.ts";
import { PasswordOnce, passwordFor } from "../people/password.ts";

export const personSetPassword = defineOperation({
  name: "person.setPassword",
  summary: "Give a person a new password, and end what is signed in",
  effect: "write",
  input: fields({ person: WhichPerson, password: LoginPassword }),
  output: PersonNamed,
  errors: ["BAD_CONFIG", "NOT_FOUND"],
  http: "PUT /people/{person}/password",
  target: () => PEOPLE,
  ofOurs: true,
  asksAgain: true,
  handler: async (ctx, { person, password }) => newPassword(ctx, person, new Secret(password)),
});

export const personResetPassword = defineOperation({
  name: "person.resetPassword",
  summary: "Make a new password for a person, shown once, and end what is signed in",
  effect: "write",
  input: PersonKey,
  output: fields({ ...PersonNamed.properties, password: PasswordOnce }),
  errors: ["BAD_CONFIG", "NOT_FOUND"],
  http: "POST /people/{person}/reset-password",
  target: () => PEOPLE,
  ofOurs: true,
  asksAgain: true,
  async handler(ctx, { person }) {
    const { password, shown } = await passwordFor(peopleOf(ctx), undefined);
    return { ...(await newPassword(ctx, person, password)), password: shown };
  },
});

export const personResetFactors = defineOperation({
  name: "person.resetFactors",
  summary: "Take a person's authenticator, recovery codes and passkeys away, and end what is signed in",
  effect: "write",
  input: PersonKey,
  output: PersonNamed,
  errors: ["BAD_CONFIG", "NOT_FOUND"],
  http: "POST /people/{person}/reset-factors",
  target: () => PEOPLE,
  ofOurs: true,
  asksAgain: true,
  async handler(ctx, { person }) {
    const { id, name } = await otherFound(ctx, person);
    const people = peopleOf(ctx);
    await people.factors.forget(id);
    await people.change(id, (one) => ({ ...one, generation: one.generation + 1 }));
    return { id, name };
  },
});

export const personRemove = defineOperation({
  name: "person.remove",
  summary: "Remove a person, the API keys, and all to whom he or she handed on",
  effect: "destroy",
  input: PersonKey,
  output: fields({ ...PersonNamed.properties, removed: Type.Array(PersonNamed) }),
  errors: ["BAD_CONFIG", "CONFLICT", "NOT_FOUND"],
  http: "DELETE /people/{person}",
  target: () => PEOPLE,
  ofOurs: true,
  asksAgain: true,
  async handler(ctx, { person }) {
    const { id, name } = await personFound(ctx, person);
    const people = peopleOf(ctx);
    const before = await people.list();
    await people.remove(id);
    const left = new Set((await people.list()).map((one) => one.id));
    const gone = before.filter((one) => !left.has(one.id));
    return { id, name, removed: gone.map((one) => ({ id: one.id, name: one.name })) };
  },
});

async function newPassword(ctx: Context, person: string, password: Secret) {
  const { id, name } = await otherFound(ctx, person);
  await peopleOf(ctx).setPassword(id, password);
  return { id, name };
}
