import type { Secret } from "../errors/secret.ts";
import type { Principal, Principals, Whence } from "../http/types.ts";
import type { Actor } from "../kernel/actor.ts";
import type { ApiKey } from "../kernel/api-key.ts";
import type { People, Person } from "../kernel/people.ts";
import type { AccountRef } from "../xmail/names.ts";
import { comesFrom, dayOf, isFor, isOpen } from "./admission.ts";
import type { Mailboxes } from "./mailboxes.ts";
import type { WebServerSignIn } from "./web-server.ts";

/** What people may do is said elsewhere: `operations/roles.ts`. */
export interface Roles {
  actorOf(person: Person, people: readonly Person[]): Actor;
  narrowedTo(actor: Actor, key: ApiKey): Actor;
  ownerOf(ref: AccountRef): Actor;
}

export interface PrincipalsOptions {
  readonly people: People;
  readonly roles: Roles;
  /** Where account owners and their passwords are. */
  readonly xmail: Mailboxes;
  /** Whom the web server in front signs in; it is not asked, if absent. */
  readonly webServer?: WebServerSignIn;
  now(): Date;
}

/** Who signs in, and who a session or an API key speaks for. Asked again with every request. */
export function principalsOf({ people, roles, xmail, webServer, now }: PrincipalsOptions): Principals {
  const owners = { xmail, sessions: people.sessions, ownerOf: roles.ownerOf };

  /** `null` for who may not come in, whatever the reason: nobody is told which it is. */
  async function admitted(person: Person, all: readonly Person[], { entrance, address }: Whence) {
    if (!isFor(entrance, person, all) || !isOpen(person, all, now())) return null;
    return (await comesFrom(person.networks, address)) ? principalOf(person, all) : null;
  }

  function principalOf(person: Person, all: readonly Person[]): Principal {
    const { name, role, sessionSeconds, language } = person;
    return {
      id: sessionIdOf(person),
      name,
      role,
      sessionSeconds,
      ...(language === "" ? {} : { language }),
      actor: roles.actorOf(person, all),
    };
  }

  let spelling: ((name: string) => Promise<string>) | undefined;

  return {
    async countedAs(name, { entrance }) {
      if (entrance.kind !== "owners") return (await people.named(name))?.name ?? name;
      const { spellingOver } = await import("./mailboxes.ts");
      spelling ??= spellingOver(xmail, now);
      return spelling(name);
    },
    async bySignIn(name, password, whence) {
      if (whence.entrance.kind === "owners") {
        const { ownerBySignIn } = await import("./owners.ts");
        return ownerBySignIn(owners, name, password);
      }
      const person = await people.named(name);
      const right = await people.isPassword(person?.id ?? null, password);
      return person && right ? admitted(person, await people.list(), whence) : null;
    },
    async byId(id, whence) {
      if (whence.entrance.kind === "owners") {
        const { ownerById } = await import("./owners.ts");
        return ownerById(owners, id);
      }
      const all = await people.list();
      const person = all.find((one) => sessionIdOf(one) === id);
      return person ? admitted(person, all, whence) : null;
    },
    async again({ actor: { id } }, whence) {
      if (whence.entrance.kind === "owners") {
        const { ownerAgain } = await import("./owners.ts");
        return ownerAgain(owners, id);
      }
      const all = await people.list();
      const person = all.find((one) => one.id === id);
      return person ? admitted(person, all, whence) : null;
    },
    async byApiKey(secret: Secret, whence) {
      const key = await people.keys.bySecret(secret);
      if (!key || (key.validUntil !== "" && key.validUntil < dayOf(now()))) return null;
      const all = await people.list();
      const person = all.find(({ id }) => id === key.person);
      if (!person || !isForKey(person, all, whence) || !isOpen(person, all, now())) return null;
      const { address } = whence;
      if (!(await comesFrom(person.networks, address)) || !(await comesFrom(key.networks, address))) {
        return null;
      }
      await people.keys.noteUse(key.id, now(), address ?? "");
      const principal = principalOf(person, all);
      return { ...principal, actor: roles.narrowedTo(principal.actor, key) };
    },
    ...(webServer
      ? {
          async byWebServer(request, peer, whence) {
            const { nameFrom } = await import("./web-server.ts");
            const name = nameFrom(webServer, request, peer);
            const person = name === null ? null : await people.named(name);
            return person ? admitted(person, await people.list(), whence) : null;
          },
        }
      : {}),
    async asAnother(principal, whom) {
      if (principal.role !== "master") return null;
      const seen = await principalSeen(whom);
      if (!seen) return null;
      const really = { id: principal.actor.id, name: principal.actor.name };
      return { ...seen, actor: { ...seen.actor, looksOnly: "asAnother", really } };
    },
  };

  async function principalSeen(whom: string): Promise<Principal | null> {
    if (whom.startsWith("owner:")) {
      const { ownerSeen } = await import("./owners.ts");
      return ownerSeen(owners, whom);
    }
    const all = await people.list();
    const person = all.find(({ id }) => id === whom);
    return person && SEEN.includes(person.role) ? principalOf(person, all) : null;
  }
}

/** Whose panels differ from the master's own. */
const SEEN: readonly Person["role"][] = ["delegate", "listAdministrator"];

/** The panel's own address takes every key, other entrances those of whoever comes in there. */
function isForKey(person: Person, all: readonly Person[], { entrance }: Whence): boolean {
  return entrance.kind === "master" || isFor(entrance, person, all);
}

/** Another one after each change of password and each "sign out everywhere", so that older sessions find nobody. */
function sessionIdOf({ id, generation }: Person): string {
  return generation === 0 ? id : `${id}.${generation}`;
}
