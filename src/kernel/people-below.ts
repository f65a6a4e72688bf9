import { fail } from "../errors/error.ts";
import { type Actor, holds, mayReach } from "./actor.ts";
import type { NewPerson, People, Person } from "./people.ts";
import { accountOfOwner, type SecondFactors } from "./second-factor.ts";
import type { Sessions } from "./sessions.ts";
import { accountTarget, domainTarget, SERVER, type Target } from "./target.ts";

/**
 * People as the actor may see and change them: all, for whoever may do anything to the server; else himself and those to
 * whom he handed on, and theirs. For him the others do not exist: `NOT_FOUND`, as for an id that nobody has. Who may only
 * see all, changes nobody.
 */
export function peopleBelow(people: People, actor: Actor): People {
  if (mayReach(actor, "administrator.set", SERVER)) return people;
  const his = async () => below(await people.list(), actor.id);
  const visible = mayReach(actor, "person.list", SERVER) ? people.list : his;
  const ids = async () => new Set((await his()).map(({ id }) => id));
  const seen = async (id: string) =>
    (await his()).find((one) => one.id === id) ?? fail("NOT_FOUND", "There is no such person.");
  /** Himself he sees, and changes only by what is made for that. */
  const handedOn = async (id: string) => {
    if (id === actor.id) fail("FORBIDDEN");
    return seen(id);
  };
  return {
    ...people,
    list: visible,
    get: async (id) => (await visible()).find((one) => one.id === id) ?? null,
    async named(name) {
      const found = await people.named(name);
      return found && (await visible()).some(({ id }) => id === found.id) ? found : null;
    },
    add: async (person, password) => people.add(ownedBy(person, actor), password),
    async change(id, change) {
      if (id === actor.id)
        return people.change(id, (person) => ({ ...person, ...ofOneself(change(person)) }));
      const { parent } = await handedOn(id);
      return people.change(id, (person) => ({ ...change(person), parent }));
    },
    async takeSubdomain(id, domain, how) {
      await seen(id);
      return people.takeSubdomain(id, domain, how);
    },
    async setPassword(id, password) {
      await seen(id);
      return people.setPassword(id, password);
    },
    async remove(id) {
      await handedOn(id);
      return people.remove(id);
    },
    keys: {
      // Whom a key speaks for is asked before anybody acts.
      bySecret: async () => null,
      noteUse: async () => fail("FORBIDDEN"),
      async list() {
        const shown = new Set((await visible()).map(({ id }) => id));
        return (await people.keys.list()).filter(({ person }) => shown.has(person));
      },
      async add(key) {
        await seen(key.person);
        return people.keys.add(key);
      },
      async remove(id) {
        const found = (await people.keys.list()).find((key) => key.id === id);
        if (!found || !(await ids()).has(found.person)) fail("NOT_FOUND", `There is no API key ${id}.`);
        return people.keys.remove(id);
      },
    },
    // Made for the few who ask: every call makes this.
    get factors() {
      return guarded(people.factors, async (owner, method) => {
        if (owner === actor.id) return;
        const mailbox = accountOfOwner(owner);
        if (mailbox) {
          // They go by `forgetOwner` alone, which ends the sessions, too.
          if (method !== "of") fail("FORBIDDEN");
          return requireHeld(actor, domainTarget(mailbox.domain));
        }
        if (method !== "of") await seen(owner);
        else if (!(await visible()).some(({ id }) => id === owner))
          fail("NOT_FOUND", "There is no such person.");
      });
    },
    get sessions() {
      return sessionsHeld(people.sessions, actor);
    },
    async forgetDomain(domain) {
      requireHeld(actor, SERVER);
      return people.forgetDomain(domain);
    },
    async forgetOwner(account) {
      requireHeld(actor, accountTarget(account));
      return people.forgetOwner(account);
    },
    async isPassword(id, password) {
      if (id !== actor.id) fail("FORBIDDEN");
      return people.isPassword(id, password);
    },
    // How somebody signs in is noted where he does, and limits are kept around an operation, not in it.
    noteSignIn: async () => fail("FORBIDDEN"),
    alone: async () => fail("FORBIDDEN"),
    setPolicy: async () => fail("FORBIDDEN"),
    rehearsing: () => peopleBelow(people.rehearsing(), actor),
  };
}

/** Whoever may do something to a mailbox, or a domain, may end the sessions of its owners; of others he learns nothing. */
function sessionsHeld(sessions: Sessions, actor: Actor): Sessions {
  return {
    isOver: async () => fail("FORBIDDEN"),
    end: async () => fail("FORBIDDEN"),
    async generationOf(owner) {
      requireHeld(actor, accountTarget(owner));
      return sessions.generationOf(owner);
    },
    async endOwners(of) {
      const { domain, name } = of;
      requireHeld(actor, name === undefined ? domainTarget(domain) : accountTarget({ domain, name }));
      return sessions.endOwners(of);
    },
  };
}

function requireHeld(actor: Actor, target: Target): void {
  if (!holds(actor, target)) fail("FORBIDDEN");
}

type Method = (owner: string, ...rest: readonly unknown[]) => Promise<unknown>;

/** Whatever is asked or done about somebody's factors is asked of `allow` first. */
function guarded(
  factors: SecondFactors,
  allow: (owner: string, method: string) => Promise<void>,
): SecondFactors {
  const methods = Object.entries(factors) as [string, Method][];
  const asking = methods.map(([name, method]): [string, Method] => [
    name,
    async (owner, ...rest) => {
      await allow(owner, name);
      return method(owner, ...rest);
    },
  ]);
  return Object.fromEntries(asking) as unknown as SecondFactors;
}

/** What one changes of oneself: the language, and that older sessions are over. */
function ofOneself({ language, generation }: Person): Pick<Person, "language" | "generation"> {
  return { language, generation };
}

function ownedBy(person: NewPerson, actor: Actor): NewPerson {
  return { ...person, parent: actor.id };
}

/** Somebody and all below him. */
export function below(all: readonly Person[], id: string): readonly Person[] {
  const found = new Set([id]);
  for (let grew = true; grew; ) {
    grew = false;
    for (const person of all) {
      if (!found.has(person.parent) || found.has(person.id)) continue;
      found.add(person.id);
      grew = true;
    }
  }
  return all.filter((person) => found.has(person.id));
}
