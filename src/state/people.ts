import { randomBytes } from "node:crypto";
import { hashPassword, isPassword } from "../crypto/password-hash.ts";
import { fail } from "../errors/error.ts";
import type { People, Person, Role } from "../kernel/people.ts";
import { below } from "../kernel/people-below.ts";
import type { SecondFactors } from "../kernel/second-factor.ts";
import { ownerIdOf } from "../kernel/second-factor.ts";
import { withLock } from "../storage/lock.ts";
import { overlay } from "../storage/overlay.ts";
import type { Storage } from "../storage/storage.ts";
import { apiKeysIn } from "./api-keys.ts";
import { generatedPassword } from "./generated-password.ts";
import { holdsIn, withoutDomain, withSubdomain } from "./held-domains.ts";
import { type KeptPerson, type PeopleContent, peopleFile } from "./people-file.ts";
import { personNamed, requireFree, requireNames, requirePassword } from "./person-rules.ts";
import { sessionsIn } from "./sessions.ts";

export interface PeopleOptions {
  now(): Date;
  /** The second factors in the same storage. */
  factors(storage: Storage): SecondFactors;
}

const NOTE_EVERY_MS = 60_000;

/** `people.json` and `api-keys.json`: who may sign in. Only the owner of the files may read them. */
export function peopleIn(storage: Storage, options: PeopleOptions): People {
  const file = peopleFile(storage);
  const keys = apiKeysIn(storage, options);
  const factors = options.factors(storage);
  const sessions = sessionsIn(storage, options);
  const all = async () => (await file.read()).people;

  const change = (id: string, changed: (person: KeptPerson) => KeptPerson) =>
    file.update((content) => {
      const found = content.people.find((one) => one.id === id) ?? nobody();
      const person = changed(found);
      requireNames(person);
      requireFree(content.people, person, id);
      const people = content.people.map((one) => (one === found ? person : one));
      requireMaster(content, people);
      return { content: { ...content, people }, result: shown(person) };
    });

  return {
    list: async () => (await all()).map(shown),
    async get(id) {
      const found = (await all()).find((one) => one.id === id);
      return found ? shown(found) : null;
    },
    async named(name) {
      const found = personNamed(await all(), name);
      return found ? shown(found) : null;
    },
    async add(person, password) {
      requireNames(person);
      requirePassword(password, person.name);
      const added: KeptPerson = {
        ...person,
        id: `${PREFIX[person.role]}_${randomBytes(8).toString("hex")}`,
        password: await hashPassword(password),
        createdAt: options.now().toISOString(),
        lastSignInAt: "",
        generation: 0,
      };
      return file.update((content) => {
        requireFree(content.people, added);
        return { content: { ...content, people: [...content.people, added] }, result: shown(added) };
      });
    },
    generatedPassword: async () => generatedPassword(),
    takeSubdomain: async (id, domain, how) => {
      if (how === "trying") return void withSubdomain(await all(), id, domain);
      await file.update((content) => ({
        content: { ...content, people: withSubdomain(content.people, id, domain) },
        result: undefined,
      }));
    },
    async forgetOwner({ domain, name }) {
      await sessions.endOwners({ domain, name });
      await factors.forget(ownerIdOf({ domain, name }));
    },
    async forgetDomain(domain) {
      await sessions.endOwners({ domain });
      await factors.forgetDomain(domain);
      if (!holdsIn(await all(), domain)) return;
      await file.update((content) => ({
        content: { ...content, people: withoutDomain(content.people, domain) },
        result: undefined,
      }));
    },
    change: (id, work) => change(id, (person) => ({ ...work(shown(person)), id, password: person.password })),
    async setPassword(id, password) {
      const { name } = (await all()).find((one) => one.id === id) ?? nobody();
      requirePassword(password, name);
      const hash = await hashPassword(password);
      await change(id, (person) => ({ ...person, password: hash, generation: person.generation + 1 }));
    },
    async remove(id) {
      const gone = await file.update((content) => {
        if (!content.people.some((one) => one.id === id)) nobody();
        const ids = new Set(below(content.people, id).map((one) => one.id));
        const people = content.people.filter((one) => !ids.has(one.id));
        requireMaster(content, people);
        return { content: { ...content, people }, result: [...ids] };
      });
      await keys.forget(gone);
      for (const one of gone) await factors.forget(one);
    },
    async isPassword(id, password) {
      const found = (await all()).find((one) => one.id === id);
      return isPassword(password, found?.password ?? null);
    },
    async noteSignIn(id, at) {
      const found = (await all()).find((one) => one.id === id);
      if (!found || at.getTime() - (Date.parse(found.lastSignInAt) || 0) < NOTE_EVERY_MS) return;
      await change(id, (person) => ({ ...person, lastSignInAt: at.toISOString() }));
    },
    keys,
    factors,
    sessions,
    policy: async () => (await file.read()).policy,
    setPolicy: ({ secondFactorFor }) =>
      file.update((content) => ({
        content: { ...content, policy: { secondFactorFor } },
        result: undefined,
      })),
    alone: (id, work) => withLock(storage, `limits-${id}`, work, { waitMs: LONGEST_WAIT_MS }),
    rehearsing: () => peopleIn(overlay(storage), options),
  };
}

/** Others may have a long import of the same delegation under way. */
const LONGEST_WAIT_MS = 120_000;

const PREFIX: Readonly<Record<Role, string>> = {
  master: "adm",
  auditor: "aud",
  guest: "gst",
  delegate: "del",
  listAdministrator: "lst",
};

/** `CONFLICT` when nobody could administer the server any more. */
function requireMaster(before: PeopleContent, people: readonly KeptPerson[]): void {
  const masters = (all: readonly KeptPerson[]) =>
    all.filter(({ role, disabled, validUntil }) => role === "master" && !disabled && validUntil === "");
  if (masters(before.people).length === 0 || masters(people).length > 0) return;
  fail("CONFLICT", "The last master administrator stays: without one, nobody could administer the server.");
}

function nobody(): never {
  return fail("NOT_FOUND", "There is no such person.");
}

function shown({ password: _, ...person }: KeptPerson): Person {
  return person;
}
