import { failField } from "../../errors/error.ts";
import { mayReach } from "../../kernel/actor.ts";
import type { Context } from "../../kernel/context.ts";
import type { Limits } from "../../kernel/limits.ts";
import type { Person, Right } from "../../kernel/people.ts";
import { SERVER } from "../../kernel/target.ts";
import { noSuchPerson, peopleOf } from "../people/found.ts";
import { aboveOf, domainsHeld, domainsOf, rightsHeld, rightsOf } from "../roles.ts";

/** What may be handed on at most. */
export interface Bounds {
  readonly domains: readonly string[];
  readonly rights: readonly Right[];
  readonly most: Limits;
  readonly validFrom: string;
  readonly validUntil: string;
}

export const LIMIT_FIELDS = {
  mostDomains: "domains",
  mostAccounts: "accounts",
  mostLists: "lists",
  mostListMembers: "listMembers",
  mostAliases: "aliases",
  mostMailboxKilobytes: "mailboxKilobytes",
} as const satisfies Record<string, keyof Limits>;

/** What is not said of somebody new; he gets the limits of whoever hands on to him. */
export const NO_LIMITS: Readonly<Record<keyof typeof LIMIT_FIELDS, null>> = {
  mostDomains: null,
  mostAccounts: null,
  mostLists: null,
  mostListMembers: null,
  mostAliases: null,
  mostMailboxKilobytes: null,
};

/** Whose id a new person gets as the one above: none for what is given on behalf of the whole server. */
export function parentFor({ actor }: Context): string {
  return mayReach(actor, "administrator.set", SERVER) ? "" : actor.id;
}

/** What the person `parent` holds, as far as everybody above holds it; `null`: everything. `NOT_FOUND`. */
export async function boundsBelow(ctx: Context, parent: string): Promise<Bounds | null> {
  if (parent === "") return null;
  // Those above the actor are nobody's he knows: what they leave him stands in his grants and limits.
  const all = (await peopleOf(ctx).list()).map((one) =>
    one.id === ctx.actor.id ? { ...one, parent: "" } : one,
  );
  const nearest = all.find(({ id }) => id === parent) ?? noSuchPerson();
  const chain = [nearest, ...aboveOf(nearest, all).filter((one) => all.includes(one))];
  const { actor } = ctx;
  const free = mayReach(actor, "administrator.set", SERVER);
  const domains = domainsOf(nearest, all);
  const rights = rightsOf(nearest, all);
  return {
    domains: free ? domains : domains.filter((domain) => domainsHeld(actor).includes(domain)),
    rights: free ? rights : rights.filter((right) => rightsHeld(actor).includes(right)),
    most: leastOf([
      ...chain.flatMap(({ delegation }) => (delegation ? [delegation.most] : [])),
      ...(free ? [] : (actor.limits ?? []).map(({ most }) => most)),
    ]),
    validFrom: latest(chain),
    validUntil: earliest(chain),
  };
}

function leastOf(all: readonly Limits[]): Limits {
  const least: Partial<Record<keyof Limits, number>> = {};
  for (const limits of all) {
    for (const [kind, most] of Object.entries(limits) as [keyof Limits, number][]) {
      least[kind] = Math.min(most, least[kind] ?? most);
    }
  }
  return least;
}

function latest(chain: readonly Person[]): string {
  return (
    chain
      .map(({ validFrom }) => validFrom)
      .sort()
      .at(-1) ?? ""
  );
}

function earliest(chain: readonly Person[]): string {
  return chain.flatMap(({ validUntil }) => (validUntil === "" ? [] : [validUntil])).sort()[0] ?? "";
}

/** A limit as it may be given: what was wished, or all there is where nothing was. `INVALID_INPUT`. */
export function limitWithin(field: string, wished: number | null, most: number | undefined): number | null {
  if (most === undefined) return wished;
  if (wished !== null && wished > most) {
    failField(field, "maximum", `${field}: you have ${most} yourself.`, most);
  }
  return wished ?? most;
}

/** Refuses the first that is not held, whether there is such a thing or not. `INVALID_INPUT`. */
export function requireHeld(field: string, wished: readonly string[], held: readonly string[]): void {
  const other = wished.find((one) => !held.includes(one));
  if (other !== undefined) {
    failField(field, "not-held", `${field}: only what you hold can be handed on, not ${other}.`, other);
  }
}

/** The days as they may be: within those of whoever hands on. `INVALID_INPUT`. */
export function daysWithin<P extends Pick<Person, "validFrom" | "validUntil">>(
  person: P,
  bounds: Bounds | null,
): P {
  if (!bounds) return person;
  const validFrom = person.validFrom === "" ? bounds.validFrom : person.validFrom;
  const validUntil = person.validUntil === "" ? bounds.validUntil : person.validUntil;
  if (validFrom < bounds.validFrom) outside("validFrom", bounds.validFrom);
  if (bounds.validUntil !== "" && validUntil > bounds.validUntil) outside("validUntil", bounds.validUntil);
  return { ...person, validFrom, validUntil };
}

function outside(field: string, day: string): never {
  return failField(field, "day-not-held", `${field}: your own day is ${day}.`, day);
}
