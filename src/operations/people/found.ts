import { fail } from "../../errors/error.ts";
import type { Context } from "../../kernel/context.ts";
import type { People, Person } from "../../kernel/people.ts";
import { foldName } from "../../xmail/names.ts";

/** `BAD_CONFIG` where nobody is kept. */
export function peopleOf({ people }: Pick<Context, "people">): People {
  return people ?? fail("BAD_CONFIG", "The configuration names no folder for people: set state.");
}

/** By id, name or alias, among those whom the actor may see. `NOT_FOUND`. */
export async function personFound(ctx: Context, which: string): Promise<Person> {
  const all = await peopleOf(ctx).list();
  return all.find(({ id }) => id === which) ?? named(all, which) ?? noSuchPerson();
}

function named(all: readonly Person[], which: string): Person | undefined {
  const wanted = foldName(which);
  return all.find(({ name, alias }) => foldName(name) === wanted || foldName(alias) === wanted);
}

/** One's own sign-in is changed by what asks for what one has now, and one's delegation by whoever gave it. */
export async function otherFound(ctx: Context, which: string): Promise<Person> {
  const found = await personFound(ctx, which);
  return found.id === ctx.actor.id ? fail("FORBIDDEN") : found;
}

export function noSuchPerson(): never {
  return fail("NOT_FOUND", "There is no such person.");
}
