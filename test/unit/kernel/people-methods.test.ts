import { beforeAll, describe, expect, test } from "vitest";
import { isAppError } from "../../../src/errors/error.ts";
import { Secret } from "../../../src/errors/secret.ts";
import type { Actor } from "../../../src/kernel/actor.ts";
import type { People } from "../../../src/kernel/people.ts";
import { peopleBelow } from "../../../src/kernel/people-below.ts";
import { narrowedTo, ownerOf } from "../../../src/operations/roles.ts";
import { newPerson } from "../../../src/state/people-file.ts";
import { actorNamed, named, peopleTree } from "../../support/people-tree.ts";

type Tried = (people: People, other: string) => Promise<unknown>;

// Nine people have nine passwords to be hashed.
beforeAll(async () => void (await peopleTree()), 120_000);

const AT = new Date("2026-11-24T10:00:00Z");
const HERS = { domain: "example.org", name: "hana" };
const PASSKEY = {
  id: "p",
  name: "p",
  publicKey: "p",
  counter: 0,
  transports: [],
  createdAt: "",
  lastUsedAt: "",
};
const KEY = { name: "k", allow: null, on: null, networks: [], validUntil: "", dryRunOnly: false };

/** What of `People` concerns nobody in particular, or is the actor's own by its arguments. */
const NOBODYS = ["list", "generatedPassword", "add", "policy", "keys.list"];

/** Every other method, done to somebody who is none of the actor's. */
const TO_OTHERS: Readonly<Record<string, Tried>> = {
  get: (people, id) => people.get(id),
  named: (people) => people.named("beside"),
  takeSubdomain: (people, id) => people.takeSubdomain(id, "new.example.org", "taking"),
  forgetOwner: (people) => people.forgetOwner(HERS),
  forgetDomain: (people) => people.forgetDomain("example.org"),
  change: (people, id) => people.change(id, (one) => ({ ...one, disabled: true })),
  setPassword: (people, id) => people.setPassword(id, new Secret("Another-river-1978")),
  remove: (people, id) => people.remove(id),
  isPassword: (people, id) => people.isPassword(id, new Secret("Quiet-river-1977")),
  noteSignIn: (people, id) => people.noteSignIn(id, AT),
  alone: (people, id) => people.alone(id, async () => "alone"),
  setPolicy: (people) => people.setPolicy({ secondFactorFor: ["master"] }),
  rehearsing: (people, id) => people.rehearsing().setPassword(id, new Secret("Another-river-1978")),
  "keys.add": (people, id) => people.keys.add({ ...KEY, person: id }),
  "keys.remove": (people) => people.keys.remove(key.id),
  "keys.bySecret": (people) => people.keys.bySecret(new Secret("xmc_000000000000_x")),
  "keys.noteUse": (people) => people.keys.noteUse(key.id, AT, "192.0.2.7"),
  "factors.of": (people, id) => people.factors.of(id),
  "factors.beginTotp": (people, id) => people.factors.beginTotp(id),
  "factors.confirmTotp": (people, id) => people.factors.confirmTotp(id, "123456", AT),
  "factors.removeTotp": (people, id) => people.factors.removeTotp(id),
  "factors.newRecoveryCodes": (people, id) => people.factors.newRecoveryCodes(id),
  "factors.isCode": (people, id) => people.factors.isCode(id, "123456", AT),
  "factors.passkeys": (people, id) => people.factors.passkeys(id),
  "factors.addPasskey": (people, id) => people.factors.addPasskey(id, PASSKEY),
  "factors.removePasskey": (people, id) => people.factors.removePasskey(id, "p"),
  "factors.notePasskeyUse": (people, id) => people.factors.notePasskeyUse(id, "p", 1, AT),
  "factors.forgetDomain": (people) => people.factors.forgetDomain("example.org"),
  "factors.forget": (people, id) => people.factors.forget(id),
  "sessions.isOver": (people) => people.sessions.isOver("x"),
  "sessions.end": (people) => people.sessions.end("x", AT),
  "sessions.generationOf": (people) => people.sessions.generationOf(HERS),
  "sessions.endOwners": (people) => people.sessions.endOwners(HERS),
};

/** Somebody else's. */
const key = { id: "" };

/** The names of all methods, those of its parts with the part's name before them. */
function methodsOf(people: People): string[] {
  return Object.entries(people).flatMap(([name, value]) =>
    typeof value === "function" ? [name] : Object.keys(value as object).map((one) => `${name}.${one}`),
  );
}

async function codeOf(work: Promise<unknown>): Promise<unknown> {
  try {
    return (await work) ?? "nobody";
  } catch (error) {
    if (!isAppError(error)) throw error;
    return error.code;
  }
}

const NARROW: Readonly<Record<string, (people: People) => Promise<Actor>>> = {
  "a delegate": (people) => actorNamed(people, "upper"),
  "a delegate's delegate": (people) => actorNamed(people, "middle"),
  "a list administrator": (people) => actorNamed(people, "clerk"),
  "the owner of an account": async () => ownerOf({ domain: "example.com", name: "hana" }),
  "an API key of a master for one domain": async (people) =>
    narrowedTo(await actorNamed(people, "boss"), {
      ...KEY,
      on: [{ kind: "domain", domain: "example.com" }],
    }),
};

describe("every method of People, as an operation gets it", () => {
  test("is known here: a new one must be thought about", async () => {
    const { state } = await peopleTree();
    expect(
      methodsOf(state.people)
        .filter((name) => !NOBODYS.includes(name))
        .sort(),
    ).toEqual([
      // What takes keys of people away is part of the file, and not of what operations see.
      ...[...Object.keys(TO_OTHERS), "keys.forget"].sort(),
    ]);
  });

  test.each(Object.keys(NARROW))("does nothing to others for %s, and tells nothing of them", async (who) => {
    const { state, bytes } = await peopleTree();
    const other = (await named(state.people, "beside")).id;
    key.id = (await state.people.keys.add({ ...KEY, person: other })).key.id;
    const before = await bytes();
    const mine = peopleBelow(state.people, (await NARROW[who]?.(state.people)) as Actor);
    for (const [name, tried] of Object.entries(TO_OTHERS)) {
      expect(["FORBIDDEN", "NOT_FOUND", "nobody"], name).toContain(await codeOf(tried(mine, other)));
    }
    expect(await bytes()).toEqual(before);
    expect((await mine.list()).map((one) => one.id)).not.toContain(other);
    expect((await mine.keys.list()).map(({ person }) => person)).not.toContain(other);
    expect(Object.keys(mine.keys)).not.toContain("forget");
  });

  test("would be reported if one were passed on as it is", async () => {
    const { state } = await peopleTree();
    const other = (await named(state.people, "beside")).id;
    const { people } = state;
    const open = {
      ...peopleBelow(people, await actorNamed(people, "middle")),
      setPassword: people.setPassword,
    };
    expect(["FORBIDDEN", "NOT_FOUND"]).not.toContain(
      await codeOf(TO_OTHERS["setPassword"]?.(open, other) ?? open.list()),
    );
  });
});

describe("sessions of owners", () => {
  test("are ended by whoever holds the account or its domain, and by a master's key for the server", async () => {
    const { state } = await peopleTree();
    const { people } = state;
    const hana = { domain: "example.com", name: "hana" };
    const boss = await actorNamed(people, "boss");
    for (const actor of [
      await actorNamed(people, "upper"),
      ownerOf(hana),
      narrowedTo(boss, { ...KEY, allow: ["account.remove"] }),
    ]) {
      const before = await people.sessions.generationOf(hana);
      await peopleBelow(people, actor).sessions.endOwners(hana);
      expect(await people.sessions.generationOf(hana)).toBe(before + 1);
    }
    const whole = peopleBelow(people, await actorNamed(people, "middle"));
    await whole.sessions.endOwners({ domain: "example.com" });
    expect(
      await codeOf(peopleBelow(people, ownerOf(hana)).sessions.endOwners({ domain: "example.com" })),
    ).toBe("FORBIDDEN");
  });

  test("a master's key forgets a removed domain; nobody below does", async () => {
    const { state } = await peopleTree();
    const { people } = state;
    const held = (person: { delegation: { domains: readonly string[] } | null }) =>
      person.delegation?.domains;
    expect(
      await codeOf(peopleBelow(people, await actorNamed(people, "upper")).forgetDomain("example.com")),
    ).toBe("FORBIDDEN");
    expect(held(await named(people, "upper"))).toEqual(["example.com"]);
    const byKey = narrowedTo(await actorNamed(people, "boss"), { ...KEY, allow: ["domain.remove"] });
    await peopleBelow(people, byKey).forgetDomain("example.com");
    expect(held(await named(people, "upper"))).toEqual([]);
  });
});

test("a person is added below whoever adds, and nowhere else", async () => {
  const { state } = await peopleTree();
  const middle = await actorNamed(state.people, "middle");
  const added = await peopleBelow(state.people, middle).add(
    newPerson({ name: "fresh", role: "delegate", parent: "" }),
    new Secret("Another-river-1978"),
  );
  expect(added.parent).toBe(middle.id);
});
