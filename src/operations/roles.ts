import { type Actor, type Grant, MASTER_GRANT, type Narrowing } from "../kernel/actor.ts";
import type { ApiKey } from "../kernel/api-key.ts";
import type { Doable } from "../kernel/context.ts";
import type { AreaLimit } from "../kernel/limits.ts";
import { type Person, RIGHTS, type Right } from "../kernel/people.ts";
import { ownerIdOf } from "../kernel/second-factor.ts";
import { accountTarget, domainTarget, PEOPLE, SERVER } from "../kernel/target.ts";
import type { AccountRef } from "../xmail/names.ts";

/** Everybody's own sign-in. */
const ONESELF: Grant = { allow: ["me.*", "apiKey.*"], on: PEOPLE };

/** How much a delegated administrator has and may have. */
const HIS_DELEGATION: Grant = { allow: ["delegation.get"], on: PEOPLE };

/** What a delegated administrator does in his domains, whatever his rights. */
const IN_HIS_DOMAINS = [
  "domain.list",
  "domain.get",
  "delegation.addDomain",
  "account.*",
  "alias.*",
  "member.*",
  "accountAccess.*",
  "mailbox.*",
  "audit.list",
  "change.list",
  "change.get",
  "change.undo",
] as const;

/** What a right adds in his domains; those of others are of parts of xmailcfg that ask for them by name. */
const BY_RIGHT: Readonly<Record<Right, readonly string[]>> = {
  listProcessor: ["listProcessor.*"],
  webmail: ["webmail.*"],
  heldMail: ["heldMail.*"],
  readMail: ["message.*"],
  forwarding: ["forwarding.*", "vacation.*"],
  fetching: ["popLink.*"],
  handOn: [],
};

/** On the people below him, for who may hand on. */
const HANDING_ON = ["person.*", "delegation.*", "listAdministrator.*"] as const;

const ON_A_LIST = ["account.list", "account.get", "member.*", "audit.list"] as const;
const ON_ONES_MAILBOX = [
  "account.get",
  "account.setPassword",
  "forwarding.*",
  "vacation.*",
  "message.*",
  "audit.list",
] as const;

/** An API key never makes people or keys, or changes a sign-in: it would be more than its owner gave. */
const NEVER_BY_KEY = [
  "me.*",
  "apiKey.*",
  "person.*",
  "administrator.*",
  "delegation.*",
  "listAdministrator.*",
  "policy.*",
  "account.resetFactors",
];

/** Who acts, for a person who signed in. `people` are all, because the limits of those above hold, too. */
export function actorOf(person: Person, people: readonly Person[], table: readonly Doable[]): Actor {
  const limits = limitsOf(person, people);
  return {
    id: person.id,
    name: person.name,
    grants: grantsOf(person, people, table),
    ...(limits.length > 0 ? { limits } : {}),
    ...(person.role === "guest" ? { looksOnly: "guest" as const } : {}),
  };
}

/** Who acts, for the owner of an account. */
export function ownerOf(ref: AccountRef): Actor {
  const on = accountTarget(ref);
  return {
    id: ownerIdOf(ref),
    name: `${ref.name}@${ref.domain}`.toLowerCase(),
    grants: [
      { allow: ON_ONES_MAILBOX, on },
      { allow: ["me.*"], on: PEOPLE },
    ],
  };
}

/** The owner of a key, as far as the key goes. */
export function narrowedTo(
  actor: Actor,
  { allow, on, dryRunOnly }: Pick<ApiKey, "allow" | "on" | "dryRunOnly">,
): Actor {
  const narrowed: Narrowing = { allow, on, never: NEVER_BY_KEY };
  return { ...actor, narrowed, ...(dryRunOnly ? { looksOnly: "dryRunKey" as const } : {}) };
}

function grantsOf(person: Person, people: readonly Person[], table: readonly Doable[]): readonly Grant[] {
  switch (person.role) {
    case "master":
    case "guest":
      return [MASTER_GRANT];
    case "auditor":
      return [
        {
          allow: table
            .filter(({ effect, opensMail }) => effect === "read" && !opensMail)
            .map(({ name }) => name),
          on: SERVER,
        },
        ONESELF,
      ];
    case "delegate":
      return [...delegateGrants(person, people), ONESELF, HIS_DELEGATION];
    case "listAdministrator":
      return [
        ...listsLeft(person, people).map((list) => ({ allow: ON_A_LIST, on: accountTarget(list) })),
        ONESELF,
      ];
  }
}

/** Never more than those above still hold: who loses a domain or a right takes it from all to whom he handed it on. */
function delegateGrants(person: Person, people: readonly Person[]): readonly Grant[] {
  const domains = domainsOf(person, people);
  const rights = rightsOf(person, people);
  const allow = [...IN_HIS_DOMAINS, ...rights.flatMap((right) => BY_RIGHT[right])];
  return [
    ...domains.map((domain) => ({ allow, on: domainTarget(domain) })),
    ...(rights.includes("handOn") ? [{ allow: HANDING_ON, on: PEOPLE }] : []),
  ];
}

/** The domains he holds, as far as everybody above him holds them; a pattern is none. */
export function domainsOf(person: Person, people: readonly Person[]): readonly string[] {
  const own = (person.delegation?.domains ?? []).filter((domain) => domainTarget(domain).kind === "domain");
  return aboveOf(person, people).reduce<readonly string[]>(
    (left, { delegation }) => left.filter((domain) => delegation?.domains.includes(domain)),
    own,
  );
}

/** The rights he holds, as far as everybody above him holds them. */
export function rightsOf(person: Person, people: readonly Person[]): readonly Right[] {
  return aboveOf(person, people).reduce<readonly Right[]>(
    (left, { delegation }) => left.filter((right) => delegation?.rights.includes(right)),
    person.delegation?.rights ?? [],
  );
}

/** The domains that somebody may hand on. */
export function domainsHeld({ grants }: Actor): readonly string[] {
  return grants.flatMap(({ on }) => (on.kind === "domain" ? [on.domain] : []));
}

/** The rights that somebody may hand on. */
export function rightsHeld({ grants }: Actor): readonly Right[] {
  const has = (pattern: string) => grants.some(({ allow }) => allow.includes(pattern));
  return RIGHTS.filter((right) => [...BY_RIGHT[right], ...(right === "handOn" ? HANDING_ON : [])].every(has));
}

function listsLeft(person: Person, people: readonly Person[]): readonly AccountRef[] {
  const [parent] = aboveOf(person, people);
  if (!parent) return person.lists;
  const domains = domainsOf(parent, people);
  return person.lists.filter(({ domain }) => domains.includes(domain.toLowerCase()));
}

/** Who handed on to him, from the nearest; somebody whose parent is gone holds nothing. */
export function aboveOf(person: Person, people: readonly Person[]): readonly Person[] {
  const chain: Person[] = [];
  for (let id = person.parent; id !== ""; ) {
    const parent = people.find((one) => one.id === id);
    if (!parent || chain.includes(parent) || parent === person) return [...chain, NOTHING_HELD];
    if (!isOpen(parent)) return [...chain, NOTHING_HELD];
    chain.push(parent);
    id = parent.parent;
  }
  return chain;
}

const NOTHING_HELD = { delegation: null } as Person;

function isOpen({ disabled }: Person): boolean {
  return !disabled;
}

/** His own limits and those of everybody above him. */
function limitsOf(person: Person, people: readonly Person[]): readonly AreaLimit[] {
  const chain = [person, ...aboveOf(person, people)].filter((one) => one !== NOTHING_HELD);
  return chain.flatMap((one): AreaLimit[] => {
    if (one.delegation) {
      const on = one.delegation.domains.map(domainTarget).filter(({ kind }) => kind === "domain");
      return [{ of: one.id, on, most: one.delegation.most }];
    }
    if (one.mostMembers === null) return [];
    return [{ of: one.id, on: one.lists.map(accountTarget), most: { listMembers: one.mostMembers } }];
  });
}
