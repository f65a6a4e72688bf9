import { failField } from "../../errors/error.ts";
import { type Actor, mayReach, mayUse } from "../../kernel/actor.ts";
import type { Context, Doable } from "../../kernel/context.ts";
import type { Person } from "../../kernel/people.ts";
import { accountTarget, domainTarget, type Target } from "../../kernel/target.ts";
import { foldName } from "../../xmail/names.ts";
import { peopleOf } from "../people/found.ts";
import { requireDay } from "../people/person-in.ts";
import { actorOf, narrowedTo } from "../roles.ts";

/** What the owner of a key may do with one: never more than a key may. */
export async function powersOf(ctx: Context, owner: Person): Promise<Actor> {
  const all = { allow: null, on: null, dryRunOnly: false };
  if (owner.id === ctx.actor.id) return narrowedTo(ctx.actor, all);
  // Those above the asker are nobody's he knows; what they take from him, they take from the key whenever it is used.
  const people = (await peopleOf(ctx).list()).map((one) =>
    one.id === ctx.actor.id ? { ...one, parent: "" } : one,
  );
  return narrowedTo(actorOf(owner, people, ctx.operations ?? []), all);
}

/** The patterns, each of which names something that the owner may do. `INVALID_INPUT`. */
export function allowIn(
  operations: readonly Doable[],
  powers: Actor,
  allow: readonly string[] = [],
): readonly string[] | null {
  if (allow.length === 0) return null;
  for (const pattern of allow) {
    const named = operations.filter(({ name }) => fits(pattern, name));
    if (named.length === 0) {
      failField("allow", "no-such-operation", `allow: there is no operation ${pattern}.`, pattern);
    }
    if (!named.some(({ name }) => mayUse(powers, name))) notHeld("allow", pattern);
  }
  return [...new Set(allow)];
}

function fits(pattern: string, name: string): boolean {
  if (pattern === "*" || pattern === name) return true;
  return pattern.endsWith(".*") && name.startsWith(pattern.slice(0, -1));
}

/** Where the key is good: everywhere (`null`), or where its owner may do something. `INVALID_INPUT`. */
export function targetsIn(
  operations: readonly Doable[],
  powers: Actor,
  { domains = [], accounts = [] }: { readonly domains?: string[]; readonly accounts?: string[] },
): readonly Target[] | null {
  if (domains.length + accounts.length === 0) return null;
  const isHeld = (target: Target) => operations.some(({ name }) => mayReach(powers, name, target));
  const ofDomains = [...new Set(domains.map(foldName))].map((domain) => {
    const target = domainTarget(domain);
    return target.kind === "domain" && isHeld(target) ? target : notHeld("domains", domain);
  });
  const ofAccounts = [...new Set(accounts.map(foldName))].map((address) => {
    const at = address.lastIndexOf("@");
    const target = accountTarget({ name: address.slice(0, at), domain: address.slice(at + 1) });
    return isHeld(target) ? target : notHeld("accounts", address);
  });
  return [...ofDomains, ...ofAccounts];
}

/** Whether there is such a thing or not. */
function notHeld(field: string, what: string): never {
  return failField(field, "not-held", `${field}: the owner of the key may do nothing of ${what}.`, what);
}

/** A day to come. `INVALID_INPUT`. */
export function lastDayIn(day: string, today: string): string {
  requireDay("validUntil", day);
  if (day !== "" && day < today) failField("validUntil", "day-over", "validUntil is over already.", today);
  return day;
}
