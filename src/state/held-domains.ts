import { fail } from "../errors/error.ts";
import { reached } from "../kernel/limits.ts";
import type { Delegation, Person } from "../kernel/people.ts";
import { foldName } from "../xmail/names.ts";

/** Everybody as he is when the domain is his and that of all above him. `NOT_FOUND`, `FORBIDDEN`, `LIMIT_REACHED`. */
export function withSubdomain<P extends Person>(
  people: readonly P[],
  id: string,
  name: string,
): readonly P[] {
  const domain = foldName(name);
  const holders = chainOf(people, id);
  for (const { delegation } of holders) {
    if (!delegation?.domains.some((held) => isBelow(domain, held))) fail("FORBIDDEN");
    if (delegation.domains.includes(domain)) continue;
    const most = delegation.most.domains;
    if (most !== undefined && delegation.domains.length >= most) reached("domains", most);
  }
  return people.map((person) => (holders.includes(person) ? holding(person, domain) : person));
}

/** Whether the domain, or a list in it, is in anybody's hands. */
export function holdsIn(people: readonly Person[], name: string): boolean {
  const isIt = (domain: string) => foldName(domain) === foldName(name);
  return people.some(
    ({ delegation, lists }) => delegation?.domains.some(isIt) || lists.some(({ domain }) => isIt(domain)),
  );
}

/** Everybody as he is when nobody holds the domain. */
export function withoutDomain<P extends Person>(people: readonly P[], name: string): readonly P[] {
  const domain = foldName(name);
  return people.map((person) => ({
    ...person,
    lists: person.lists.filter((list) => foldName(list.domain) !== domain),
    delegation: person.delegation && without(person.delegation, domain),
  }));
}

function without(delegation: Delegation, domain: string): Delegation {
  return { ...delegation, domains: delegation.domains.filter((one) => foldName(one) !== domain) };
}

function holding<P extends Person>(person: P, domain: string): P {
  const { delegation } = person;
  if (!delegation || delegation.domains.includes(domain)) return person;
  return { ...person, delegation: { ...delegation, domains: [...delegation.domains, domain] } };
}

function isBelow(domain: string, held: string): boolean {
  return domain.endsWith(`.${foldName(held)}`);
}

/** He, and those above him. */
function chainOf<P extends Person>(people: readonly P[], id: string): readonly P[] {
  const chain: P[] = [];
  for (let next = id; next !== ""; ) {
    const found = people.find((one) => one.id === next);
    if (!found || chain.includes(found)) return fail("NOT_FOUND", "There is no such person.");
    chain.push(found);
    next = found.parent;
  }
  return chain;
}
