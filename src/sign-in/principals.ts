import type { Secret } from "../errors/secret.ts";
import type { Principal, Principals } from "../http/types.ts";
import type { Actor } from "../kernel/actor.ts";
import type { ApiKey } from "../kernel/api-key.ts";
import type { People, Person } from "../kernel/people.ts";

/** What people may do is said elsewhere: `operations/roles.ts`. */
export interface Roles {
  actorOf(person: Person, people: readonly Person[]): Actor;
  narrowedTo(actor: Actor, key: ApiKey): Actor;
}

/** Who signs in, and who a session or an API key speaks for. */
export function principalsOf(people: People, roles: Roles): Principals {
  async function principalOf(person: Person): Promise<Principal> {
    const actor = roles.actorOf(person, await people.list());
    return { id: sessionIdOf(person), name: person.name, actor };
  }

  return {
    async bySignIn(name, password) {
      const person = await people.named(name);
      const right = await people.isPassword(person?.id ?? null, password);
      return person && right ? principalOf(person) : null;
    },
    async byId(id) {
      const person = (await people.list()).find((one) => sessionIdOf(one) === id);
      return person ? principalOf(person) : null;
    },
    async byApiKey(secret: Secret) {
      const key = await people.keys.bySecret(secret);
      const person = key && (await people.get(key.person));
      if (!person) return null;
      const principal = await principalOf(person);
      return { ...principal, actor: roles.narrowedTo(principal.actor, key) };
    },
  };
}

/** Another one after each change of password and each "sign out everywhere", so that older sessions find nobody. */
export function sessionIdOf({ id, generation }: Person): string {
  return generation === 0 ? id : `${id}.${generation}`;
}
