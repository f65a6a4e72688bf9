import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Secret } from "../../../src/errors/secret.ts";
import { MASTER_GRANT } from "../../../src/kernel/actor.ts";
import type { Person } from "../../../src/kernel/people.ts";
import { actorOf, narrowedTo, ownerOf } from "../../../src/operations/roles.ts";
import { principalsOf } from "../../../src/sign-in/principals.ts";
import { openState, type State } from "../../../src/state/state.ts";
import { local } from "../../../src/storage/local.ts";
import { memory } from "../../../src/storage/memory.ts";
import { prefixed } from "../../../src/storage/wrap.ts";
import type { Backend } from "../../../src/xmail/backend.ts";

const PASSWORD = "correct horse battery";
const password = new Secret(PASSWORD);

let folder: string;
let state: State;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "xmailcfg-state-"));
  state = await openState(local(folder));
});

afterEach(async () => {
  await state.close();
  await rm(folder, { recursive: true, force: true });
});

async function allText(): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  expect(files.length).toBeGreaterThan(0);
  return (
    await Promise.all(files.map(({ parentPath, name }) => readFile(join(parentPath, name), "utf8")))
  ).join("");
}

const AT_THE_PANEL = { entrance: { kind: "master", base: "", audience: "" } } as const;

/** At the panel's own address, from nowhere in particular. */
const principals = () => {
  const roles = { actorOf: (who: Person) => actorOf(who, [who], []), narrowedTo, ownerOf };
  const xmail = {} as Backend;
  const all = principalsOf({ people: state.people, roles, xmail, now: () => new Date() });
  return {
    bySignIn: (name: string, secret: Secret) => all.bySignIn(name, secret, AT_THE_PANEL),
    byId: (id: string) => all.byId(id, AT_THE_PANEL),
    byApiKey: (secret: Secret) => all.byApiKey(secret, AT_THE_PANEL),
  };
};

async function idOf(name: string): Promise<string> {
  return (await state.people.named(name))?.id ?? "nobody";
}

async function remove(name: string): Promise<void> {
  await state.people.remove(await idOf(name));
}

async function setPassword(name: string, text: string): Promise<void> {
  await state.people.setPassword(await idOf(name), new Secret(text));
}

const refused = (code: string) => expect.objectContaining({ code });

describe("administrators", () => {
  test("sign in with their password only, whatever the case of the name", async () => {
    const { id } = await state.addAdministrator({ name: "Sato", password });
    const { bySignIn, byId } = principals();
    const wanted = {
      id,
      name: "Sato",
      role: "master",
      sessionSeconds: 3600,
      actor: { id, name: "Sato", grants: [MASTER_GRANT] },
    };
    expect(await bySignIn("sato", password)).toEqual(wanted);
    expect(await byId(id)).toEqual(wanted);
    for (const [name, text] of [
      ["Sato", "correct horse batterx"],
      ["Sato", `${PASSWORD} `],
      ["Sato", ""],
      ["Sat", PASSWORD],
      ["", PASSWORD],
      ["__proto__", PASSWORD],
    ] as const) {
      expect(await bySignIn(name, new Secret(text)), `${name}/${text}`).toBeNull();
    }
    expect(await byId("adm_0000000000000000")).toBeNull();
  });

  test("a hash is no password", async () => {
    await state.addAdministrator({ name: "sato", password });
    const [, hash = ""] = /"password": "(scrypt[^"]+)"/.exec(await allText()) ?? [];
    expect(hash).not.toBe("");
    expect(await principals().bySignIn("sato", new Secret(hash))).toBeNull();
  });

  test("are listed without their hash; the password is nowhere on disk", async () => {
    await state.addAdministrator({ name: "sato", password });
    const [row] = await state.people.list();
    expect(Object.keys(row ?? {})).not.toContain("password");
    expect(await allText()).not.toContain(PASSWORD);
  });

  test.each([
    [{ name: "", password: PASSWORD }, "name"],
    [{ name: "a\nb", password: PASSWORD }, "name"],
    [{ name: "佐藤", password: PASSWORD }, "name"],
    [{ name: "x".repeat(65), password: PASSWORD }, "name"],
    [{ name: "sato", password: "elevenchars" }, "password"],
    [{ name: "sato", password: "x".repeat(1025) }, "password"],
    [{ name: "sato", password: "my name is Sato" }, "password"],
  ])("%j is refused", async (administrator, field) => {
    await expect(state.addAdministrator(administrator)).rejects.toMatchObject({
      code: "INVALID_INPUT",
      fields: [{ field }],
    });
    expect(await readdir(folder)).toEqual([]);
  });

  test("have names of their own, and the last one stays", async () => {
    await state.addAdministrator({ name: "sato", password });
    await expect(state.addAdministrator({ name: "SATO", password })).rejects.toEqual(refused("CONFLICT"));
    await expect(remove("nobody")).rejects.toEqual(refused("NOT_FOUND"));
    await expect(remove("sato")).rejects.toEqual(refused("CONFLICT"));
    await state.addAdministrator({ name: "suzuki", password });
    await remove("SATO");
    expect((await state.people.list()).map(({ name }) => name)).toEqual(["suzuki"]);
    expect(await principals().bySignIn("sato", password)).toBeNull();
  });

  test("get another password, which ends their sessions and leaves their keys", async () => {
    const { id } = await state.addAdministrator({ name: "Sato", password });
    await state.addAdministrator({ name: "suzuki", password });
    const key = await state.addApiKey({ administrator: "sato", name: "x" });
    const { bySignIn, byId, byApiKey } = principals();
    const session = (name: string, text: string) => bySignIn(name, new Secret(text));
    const first = await session("sato", PASSWORD);
    const others = await session("suzuki", PASSWORD);
    const seen = new Set([first?.id]);
    for (const next of ["another long password", "and a third password"]) {
      await setPassword("SATO", next);
      for (const ended of seen) expect(await byId(ended ?? "")).toBeNull();
      const again = await session("sato", next);
      expect(again).toMatchObject({ name: "Sato", actor: { id, name: "Sato" } });
      expect(await byId(again?.id ?? "")).toEqual(again);
      seen.add(again?.id);
    }
    expect(await session("sato", PASSWORD)).toBeNull();
    expect(await byId(others?.id ?? "")).toEqual(others);
    expect((await byApiKey(key))?.actor.id).toBe(id);
    expect(Object.keys((await state.people.list())[0] ?? {})).not.toContain("password");
  });

  test("keep their password when the new one is refused", async () => {
    await state.addAdministrator({ name: "sato", password });
    await expect(setPassword("sato", "short")).rejects.toEqual(refused("INVALID_INPUT"));
    await expect(setPassword("nobody", "a long password")).rejects.toEqual(refused("NOT_FOUND"));
    expect(await principals().bySignIn("sato", password)).not.toBeNull();
  });

  test("ten added at once from two processes are all there", async () => {
    const other = await openState(local(folder));
    const names = Array.from({ length: 10 }, (_, index) => `admin${index}`);
    await Promise.all(
      names.map((name, index) => (index % 2 ? other : state).addAdministrator({ name, password })),
    );
    expect((await state.people.list()).map(({ name }) => name).sort()).toEqual(names);
    await other.close();
  });

  test("an unknown name costs as much as a wrong password", async () => {
    await state.addAdministrator({ name: "sato", password });
    // Time of the processor, which other processes do not lengthen.
    const cost = async (name: string) => {
      const before = process.cpuUsage();
      await principals().bySignIn(name, new Secret("wrong password"));
      return process.cpuUsage(before).user;
    };
    await cost("sato");
    const ratio = (await cost("nobody")) / (await cost("sato"));
    expect(ratio).toBeGreaterThan(0.5);
    expect(ratio).toBeLessThan(2);
  });
});

describe("API keys", () => {
  test("open for their administrator, and only whole", async () => {
    const { id } = await state.addAdministrator({ name: "sato", password });
    const key = (await state.addApiKey({ administrator: "sato", name: "backup job" })).reveal();
    expect(key).toMatch(/^xmc_[0-9a-f]{12}_[A-Za-z0-9_-]{43}$/);
    const { byApiKey } = principals();
    expect((await byApiKey(new Secret(key)))?.id).toBe(id);
    const last = key.endsWith("A") ? "B" : "A";
    for (const wrong of [
      "",
      "xmc_",
      key.slice(0, -1),
      key.slice(0, -1) + last,
      `${key}x`,
      ` ${key}`,
      key.toUpperCase(),
      `xmc_000000000000_${key.slice(17)}`,
      PASSWORD,
    ]) {
      expect(await byApiKey(new Secret(wrong)), wrong).toBeNull();
    }
  });

  test("are kept as a digest, listed without it, and end one by one", async () => {
    const { id } = await state.addAdministrator({ name: "sato", password });
    const first = await state.addApiKey({ administrator: "sato", name: "first" });
    const second = await state.addApiKey({ administrator: "sato", name: "second" });
    const text = await allText();
    for (const key of [first, second]) expect(text).not.toContain(key.reveal().slice(17));
    const rows = await state.people.keys.list();
    expect(rows.map(({ name, person }) => `${name} ${person}`)).toEqual([`first ${id}`, `second ${id}`]);
    expect(Object.keys(rows[0] ?? {})).not.toContain("sha256");
    await state.people.keys.remove(rows[0]?.id ?? "");
    expect(await principals().byApiKey(first)).toBeNull();
    expect(await principals().byApiKey(second)).not.toBeNull();
    await expect(state.people.keys.remove(rows[0]?.id ?? "")).rejects.toEqual(refused("NOT_FOUND"));
  });

  test("end with their administrator, and are for administrators only", async () => {
    await state.addAdministrator({ name: "sato", password });
    await state.addAdministrator({ name: "suzuki", password });
    const key = await state.addApiKey({ administrator: "sato", name: "x" });
    await remove("sato");
    expect(await principals().byApiKey(key)).toBeNull();
    expect(await state.people.keys.list()).toEqual([]);
    await expect(state.addApiKey({ administrator: "sato", name: "x" })).rejects.toEqual(refused("NOT_FOUND"));
    await expect(state.addApiKey({ administrator: "suzuki", name: "a\nb" })).rejects.toEqual(
      refused("INVALID_INPUT"),
    );
  });
});

describe("the session key", () => {
  test("is random, made once, and one for all processes", async () => {
    const states = await Promise.all([1, 2, 3, 4].map(() => openState(local(folder))));
    const keys = await Promise.all(states.map((one) => one.sessionKey()));
    const texts = new Set(keys.map((key) => key.reveal()));
    expect(texts.size).toBe(1);
    expect([...texts][0]).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect((await (await openState(memory())).sessionKey()).reveal()).not.toBe([...texts][0]);
  });

  test("is refused when it is too short to be safe", async () => {
    await writeFile(join(folder, "session.key"), "short\n");
    await expect(state.sessionKey()).rejects.toEqual(refused("STORAGE_FAILED"));
  });
});

describe("files", () => {
  test("of an older version are read until people are written", async () => {
    const { id } = await state.addAdministrator({ name: "sato", password });
    const { people } = JSON.parse(await readFile(join(folder, "people.json"), "utf8"));
    await rm(join(folder, "people.json"));
    const older = { id, name: "sato", password: people[0].password, createdAt: people[0].createdAt };
    const text = JSON.stringify({ version: 1, administrators: [{ ...older, passwordChanges: 2 }] });
    await writeFile(join(folder, "administrators.json"), text);
    expect((await principals().bySignIn("sato", password))?.id).toBe(`${id}.2`);
    await state.addAdministrator({ name: "suzuki", password });
    expect((await state.people.list()).map(({ name }) => name)).toEqual(["sato", "suzuki"]);
    expect((await principals().bySignIn("sato", password))?.id).toBe(`${id}.2`);
  });

  test("are for their owner alone", async () => {
    await state.addAdministrator({ name: "sato", password });
    await state.addApiKey({ administrator: "sato", name: "x" });
    await state.sessionKey();
    for (const name of ["people.json", "api-keys.json", "session.key"]) {
      expect((await stat(join(folder, name))).mode & 0o777, name).toBe(0o600);
    }
  });

  test.each([
    ["not JSON", "{"],
    ["another version", '{"version":2,"administrators":[]}'],
    ["a field too many", '{"version":1,"administrators":[],"more":1}'],
    [
      "a password in clear",
      '{"version":1,"administrators":[{"id":"adm_0123456789abcdef","name":"a","password":"x","createdAt":""}]}',
    ],
  ])("that are damaged (%s) are refused and never overwritten", async (_, text) => {
    const path = join(folder, "administrators.json");
    await writeFile(path, text);
    await expect(principals().bySignIn("sato", password)).rejects.toEqual(refused("STORAGE_FAILED"));
    await expect(state.addAdministrator({ name: "sato", password })).rejects.toEqual(
      refused("STORAGE_FAILED"),
    );
    expect(await readFile(path, "utf8")).toBe(text);
  });

  test("need a storage that can keep them", async () => {
    const storage = memory();
    for (const flag of ["atomicReplace", "exclusiveCreate", "rangedRead", "append"] as const) {
      const poor = { ...storage, can: { ...storage.can, [flag]: false } };
      await expect(openState(poor)).rejects.toThrowError(new RegExp(flag));
    }
    await expect(openState(prefixed(storage, "state" as never))).resolves.toBeDefined();
  });
});
