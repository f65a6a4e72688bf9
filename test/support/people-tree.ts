import { secret } from "../../src/errors/secret.ts";
import type { Actor } from "../../src/kernel/actor.ts";
import type { Delegation, People, Person, Role } from "../../src/kernel/people.ts";
import { NO_DELEGATION, RIGHTS } from "../../src/kernel/people.ts";
import { actorOf, narrowedTo, ownerOf } from "../../src/operations/roles.ts";
import { ALL_OPERATIONS } from "../../src/operations/table.ts";
import { newPerson } from "../../src/state/people-file.ts";
import { openState, type State } from "../../src/state/state.ts";
import { memory } from "../../src/storage/memory.ts";
import { type Bytes, copyOf, everything } from "./whole-storage.ts";

/** Two delegations side by side, somebody below each, and one of every other role. */
const TREE = [
  { name: "boss", role: "master", above: null },
  { name: "looker", role: "auditor", above: null },
  { name: "visitor", role: "guest", above: null },
  { name: "upper", role: "delegate", above: null },
  { name: "middle", role: "delegate", above: "upper" },
  { name: "lower", role: "delegate", above: "middle" },
  { name: "clerk", role: "listAdministrator", above: "middle" },
  { name: "beside", role: "delegate", above: null },
  { name: "stranger", role: "delegate", above: "beside" },
] as const satisfies readonly { name: string; role: Role; above: string | null }[];
export type Name = (typeof TREE)[number]["name"];

const HOLDS: Partial<Record<Name, Partial<Delegation>>> = {
  upper: { domains: ["example.com"], rights: [...RIGHTS], most: { accounts: 50, aliases: 40 } },
  middle: { domains: ["example.com"], rights: ["forwarding", "handOn"], most: { accounts: 20 } },
  lower: { domains: ["example.com"], rights: ["forwarding"], most: { accounts: 5 } },
  beside: { domains: ["example.org"], rights: [...RIGHTS], most: {} },
  stranger: { domains: ["example.org"], rights: ["forwarding"], most: {} },
};

/** A group with somebody of the delegates' domain. */
const CREW = {
  name: "crew",
  validFrom: "",
  validUntil: "",
  list: "news@example.com",
  memo: "",
  responsible: "",
  responsibleEmail: "",
  responsiblePhone: "",
};

let made: Promise<Bytes> | undefined;

/** The tree, kept in a storage of its own; what is done to one is not done to the next. */
export async function peopleTree(): Promise<{ state: State; bytes(): Promise<Bytes> }> {
  made ??= make();
  const storage = await copyOf(await made);
  return { state: await openState(storage), bytes: () => everything(storage) };
}

async function make(): Promise<Bytes> {
  const storage = memory();
  const { people, groups } = await openState(storage);
  const ids = new Map<string, string>();
  for (const { name, role, above } of TREE) {
    const held = HOLDS[name];
    const added = await people.add(
      newPerson({
        name,
        role,
        parent: above === null ? "" : (ids.get(above) ?? ""),
        ...(held ? { delegation: { ...NO_DELEGATION, ...held } } : {}),
        ...(role === "listAdministrator" ? { lists: [{ domain: "example.com", name: "news" }] } : {}),
      }),
      secret("Quiet-river-1977"),
    );
    ids.set(name, added.id);
  }
  await groups.add({
    ...CREW,
    members: [{ domain: "example.com", name: "hana", validFrom: "", validUntil: "" }],
  });
  return everything(storage);
}

export async function named(people: People, name: Name): Promise<Person> {
  const found = await people.named(name);
  if (!found) throw new Error(`nobody is called ${name}`);
  return found;
}

export async function actorNamed(people: People, name: Name): Promise<Actor> {
  return actorOf(await named(people, name), await people.list(), ALL_OPERATIONS);
}

/** All who may ask for something, but the master: each with whatever narrows him. */
export async function askers(people: People): Promise<ReadonlyMap<string, Actor>> {
  const upper = await actorNamed(people, "upper");
  const boss = await actorNamed(people, "boss");
  const key = (actor: Actor, narrow: Partial<Parameters<typeof narrowedTo>[1]>) =>
    narrowedTo(actor, { allow: null, on: null, dryRunOnly: false, ...narrow });
  const domain = { kind: "domain", domain: "example.com" } as const;
  return new Map([
    ["auditor", await actorNamed(people, "looker")],
    ["guest", await actorNamed(people, "visitor")],
    ["delegate", upper],
    ["delegate of a delegate", await actorNamed(people, "middle")],
    ["list administrator", await actorNamed(people, "clerk")],
    ["owner", ownerOf({ domain: "example.com", name: "hana" })],
    ["key of a delegate", key(upper, { allow: ["account.*"] })],
    ["key of a master for one domain", key(boss, { on: [domain] })],
    ["key for dry runs", key(boss, { dryRunOnly: true })],
    ["nobody", { id: "x", name: "x", grants: [] }],
  ]);
}

/** Of the askers, those who hold no more than example.com, or a part of it. */
export const CONFINED = [
  "delegate",
  "delegate of a delegate",
  "list administrator",
  "owner",
  "key of a delegate",
  "key of a master for one domain",
  "nobody",
];
