import { fail } from "../../errors/error.ts";
import type { Context } from "../../kernel/context.ts";
import type { People, Person } from "../../kernel/people.ts";
import { Type } from "../../kernel/schema.ts";
import type { AccountRef } from "../../xmail/names.ts";
import { fields } from "../fields.ts";

/** Owners of accounts are not among the people: XMail keeps them. */
const OWNER = /^owner:([^@\s]+)@([^@\s]+)$/;

export const shownOnce = (description: string) => Type.String({ description, "x-shown-once": true });

/** Codes that stand in for a lost second factor. */
export const RecoveryCodes = fields({
  recoveryCodes: Type.Array(shownOnce("Each signs in once; nobody can show them again")),
});

/** `NOT_FOUND` for programs and for people whom a control panel signs in: nothing is kept of them here. */
export async function oneself(ctx: Context): Promise<{ people: People; person: Person | null }> {
  const { people, actor } = ctx;
  const person = (await people?.get(actor.id)) ?? null;
  if (!people || (!person && !OWNER.test(actor.id))) {
    return fail("NOT_FOUND", "Your sign-in is not kept here, so there is nothing to change.");
  }
  return { people, person };
}

/** The account of an owner. */
function mailboxOf({ actor }: Context): AccountRef {
  const [, name = "", domain = ""] = OWNER.exec(actor.id) ?? [];
  return { domain, name };
}

/** Signs out everywhere. */
export async function endSessions(ctx: Context): Promise<void> {
  const { people, person } = await oneself(ctx);
  if (person) await people.change(person.id, (one) => ({ ...one, generation: one.generation + 1 }));
  else await people.sessions.endOwners(mailboxOf(ctx));
}

/**
 * Whoever came in before the second factor was as it is now is signed out, with a stolen password or cookie, too; who
 * changed it goes on.
 */
export async function endOtherSessions(ctx: Context): Promise<void> {
  await endSessions(ctx);
  await ctx.stay?.();
}

/** `NOT_FOUND` for owners, too: their password is the one of the mailbox. */
export async function onesPerson(ctx: Context): Promise<{ people: People; person: Person }> {
  const { people, person } = await oneself(ctx);
  if (!person) fail("NOT_FOUND", "You sign in with the password of your mailbox. Change it there.");
  return { people, person };
}
