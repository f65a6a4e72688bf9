import { defineOperation } from "../../kernel/operation.ts";
import { PEOPLE } from "../../kernel/target.ts";
import { PersonKey, PersonNamed } from "../people/fields.ts";
import { otherFound, peopleOf } from "../people/found.ts";

const base = {
  effect: "write",
  input: PersonKey,
  output: PersonNamed,
  errors: ["BAD_CONFIG", "CONFLICT", "NOT_FOUND"],
  target: () => PEOPLE,
  ofOurs: true,
} as const;

export const personSuspend = defineOperation({
  ...base,
  name: "person.suspend",
  summary: "Let a person sign in no more, and end what is signed in",
  http: "POST /people/{person}/suspend",
  async handler(ctx, { person }) {
    const { id } = await otherFound(ctx, person);
    const { name } = await peopleOf(ctx).change(id, (one) => ({
      ...one,
      disabled: true,
      generation: one.generation + 1,
    }));
    return { id, name };
  },
});

export const personResume = defineOperation({
  ...base,
  name: "person.resume",
  summary: "Let a suspended person sign in again",
  http: "POST /people/{person}/resume",
  async handler(ctx, { person }) {
    const { id } = await otherFound(ctx, person);
    const { name } = await peopleOf(ctx).change(id, (one) => ({ ...one, disabled: false }));
    return { id, name };
  },
});

export const personEndSessions = defineOperation({
  ...base,
  name: "person.endSessions",
  summary: "Sign a person out everywhere; API keys stay",
  http: "POST /people/{person}/end-sessions",
  async handler(ctx, { person }) {
    const { id } = await otherFound(ctx, person);
    const { name } = await peopleOf(ctx).change(id, (one) => ({ ...one, generation: one.generation + 1 }));
    return { id, name };
  },
});
