import { beforeEach, describe, expect, test } from "vitest";
import { isAppError } from "../../../src/errors/error.ts";
import { storagePath } from "../../../src/storage/path.ts";
import { PASSWORD, type PeopleWorld, peopleWorld } from "./people-world.ts";

let world: PeopleWorld;
beforeEach(async () => {
  world = await peopleWorld();
});

/** The clock of these tests stands at 2026-11-24. */
const CREW = {
  name: "営業部",
  list: "News@example.com",
  responsible: "佐藤 花",
  responsibleEmail: "sato@elsewhere.test",
  memo: "一行目\r\n二行目",
};
const EVERYWHERE = ["hana@example.com", "HANA@example.org", "hana@other.test"];

async function crew(members: readonly string[] = EVERYWHERE): Promise<string> {
  const { id } = await world.ask("group.add", CREW);
  if (members.length > 0) await world.ask("groupMember.add", { group: id, addresses: members });
  return String(id);
}

async function memberStates(group: string): Promise<Record<string, unknown>> {
  const { items } = (await world.ask("groupMember.list", { group })) as {
    items: { address: string; state: string }[];
  };
  return Object.fromEntries(items.map(({ address, state }) => [address, state]));
}

async function suspended(domain: string): Promise<unknown> {
  return (await world.ask("account.get", { domain, name: "hana" }))["suspended"];
}

async function onList(): Promise<string[]> {
  const { items } = (await world.ask("member.list", { domain: "example.com", name: "news" })) as {
    items: { address: string }[];
  };
  return items.map(({ address }) => address);
}

describe("group", () => {
  test("is added, found by id and by name, changed and removed", async () => {
    const id = await crew([]);
    expect(id).toMatch(/^grp_[0-9a-f]{16}$/);
    expect(await world.ask("group.get", { group: "営業部" })).toMatchObject({
      id,
      state: "active",
      list: "news@example.com",
      memo: "一行目\n二行目",
      members: 0,
      current: 0,
    });
    await world.ask("group.set", { group: id, name: "Sales", list: "", validUntil: "2026-11-23" });
    expect(await world.ask("group.list", { search: "sato@" })).toMatchObject({
      total: 1,
      items: [{ id, name: "Sales", list: "", state: "over", responsible: "佐藤 花" }],
    });
    await world.ask("group.set", { group: "sales", validFrom: "2026-12-01", validUntil: "" });
    expect(await world.ask("group.get", { group: id })).toMatchObject({ state: "notYet" });
    expect(await world.ask("group.remove", { group: id })).toEqual({ id, name: "Sales", members: 0 });
    expect(await world.ask("group.list", {})).toMatchObject({ total: 0 });
  });

  test.each<[what: string, operation: string, input: object, told: string]>([
    ["a name that is taken", "group.add", { name: "営業部" }, "CONFLICT"],
    ["a name of blanks", "group.add", { name: " \t" }, "INVALID_INPUT name group-name"],
    ["a name of two lines", "group.add", { name: "a\nb" }, "INVALID_INPUT name group-name"],
    ["half of a letter", "group.add", { name: "a\ud800" }, "INVALID_INPUT name group-name"],
    ["no day", "group.add", { name: "b", validFrom: "2026-02-30" }, "INVALID_INPUT validFrom day"],
    [
      "days the wrong way round",
      "group.add",
      { name: "b", validFrom: "2026-03-02", validUntil: "2026-03-01" },
      "INVALID_INPUT validUntil days-turned",
    ],
    [
      "an end before what begins already",
      "group.set",
      { group: "営業部", validFrom: "2026-12-01", validUntil: "2026-11-01" },
      "INVALID_INPUT validUntil days-turned",
    ],
    [
      "a mailbox as its list",
      "group.add",
      { name: "b", list: "hana@example.com" },
      "INVALID_INPUT list no-such-list",
    ],
    [
      "a list of elsewhere",
      "group.set",
      { group: "営業部", list: "x@nowhere.test" },
      "INVALID_INPUT list no-such-list",
    ],
    ["a group that is not there", "group.set", { group: "nobody", memo: "" }, "NOT_FOUND"],
    ["one that is not there removed", "group.remove", { group: "grp_0000000000000000" }, "NOT_FOUND"],
    [
      "members who are not there",
      "groupMember.add",
      { group: "営業部", addresses: ["hana@example.com", "ghost@example.com"] },
      "INVALID_INPUT addresses no-such-account",
    ],
    [
      "a mailing list as member",
      "groupMember.add",
      { group: "営業部", addresses: ["news@example.com"] },
      "INVALID_INPUT addresses no-such-account",
    ],
    [
      "nobody as member",
      "groupMember.add",
      { group: "営業部", addresses: [] },
      "INVALID_INPUT addresses minItems",
    ],
    [
      "the days of who is no member",
      "groupMember.set",
      { group: "営業部", address: "news@example.com", validFrom: "" },
      "NOT_FOUND",
    ],
    [
      "who is no member taken out",
      "groupMember.remove",
      { group: "営業部", address: "a@b.test" },
      "NOT_FOUND",
    ],
  ])("refuses %s, and nothing is changed", async (_, operation, input, told) => {
    await crew();
    const before = await world.everything();
    expect(await world.told(operation, input)).toBe(told);
    expect(await world.everything()).toEqual(before);
  });

  test("changes nothing in a dry run, and answers as in earnest", async () => {
    await crew();
    const before = await world.everything();
    expect(await world.dryRun("group.add", { name: "other" })).toMatchObject({ name: "other" });
    expect(await world.dryRun("group.suspend", { group: "営業部" })).toMatchObject({ changed: 3 });
    expect(
      await world.dryRun("groupMember.remove", { group: "営業部", address: EVERYWHERE[0] }),
    ).toBeDefined();
    expect(await world.dryRun("group.remove", { group: "営業部" })).toMatchObject({ members: 3 });
    expect(await world.everything()).toEqual(before);
  });

  test("is the master's: a delegate of all its domains sees nothing of it", async () => {
    await crew();
    await world.ask("delegation.add", {
      name: "kita",
      password: PASSWORD,
      domains: ["example.com", "example.org", "other.test"],
    });
    for (const [operation, input] of [
      ["group.list", {}],
      ["group.get", { group: "営業部" }],
      ["groupMember.list", { group: "営業部" }],
      ["group.suspend", { group: "営業部" }],
    ] as const) {
      expect(await world.told(operation, input, "kita"), operation).toBe("FORBIDDEN");
    }
    await world.ask("administrator.add", { name: "eyes", password: PASSWORD, role: "auditor" });
    expect(await world.told("group.list", {}, "eyes")).toBe("done");
    expect(await world.told("group.remove", { group: "営業部" }, "eyes")).toBe("FORBIDDEN");
  });
});

describe("groupMember", () => {
  test("accounts of any domains, each with his days", async () => {
    const group = await crew();
    expect(await world.ask("groupMember.add", { group, addresses: EVERYWHERE })).toMatchObject({
      added: 0,
      already: 3,
    });
    await world.ask("groupMember.set", { group, address: "hana@EXAMPLE.org", validUntil: "2026-11-23" });
    await world.ask("groupMember.set", { group, address: "hana@other.test", validFrom: "2026-11-25" });
    expect(await memberStates(group)).toEqual({
      "hana@example.com": "active",
      "hana@example.org": "over",
      "hana@other.test": "notYet",
    });
    expect(await world.ask("group.get", { group })).toMatchObject({ members: 3, current: 1 });
    // Both ends belong to the membership.
    await world.ask("groupMember.set", { group, address: "hana@example.org", validUntil: "2026-11-24" });
    await world.ask("groupMember.set", { group, address: "hana@other.test", validFrom: "2026-11-24" });
    expect(await world.ask("group.get", { group })).toMatchObject({ current: 3 });
    await world.ask("group.set", { group, validUntil: "2026-11-20" });
    expect(new Set(Object.values(await memberStates(group)))).toEqual(new Set(["over"]));
    await world.ask("groupMember.remove", { group, address: "Hana@Other.Test" });
    expect(await world.ask("groupMember.list", { group, search: "other" })).toMatchObject({ total: 0 });
  });

  test("whoever is removed from the server is forgotten, with the group's list; others stay", async () => {
    const group = await crew();
    await world.ask("account.remove", { domain: "example.com", name: "hana" });
    expect(await memberStates(group)).toEqual({ "hana@example.org": "active", "hana@other.test": "active" });
    await world.ask("account.add", { domain: "example.com", name: "hana", password: "Long-enough-1" });
    await world.ask("domain.remove", { domain: "other.test" });
    expect(await memberStates(group)).toEqual({ "hana@example.org": "active" });
    await world.ask("account.remove", { domain: "example.com", name: "news" });
    expect(await world.ask("group.get", { group })).toMatchObject({ list: "", members: 1 });
  });

  test("an account that somebody else removed is shown as gone, and passed over", async () => {
    const group = await crew();
    const { backend } = world.root;
    await backend.accounts.remove({ domain: "example.org", name: "hana" });
    expect(await memberStates(group)).toMatchObject({ "hana@example.org": "gone" });
    expect(await world.ask("group.suspend", { group })).toMatchObject({ changed: 2, gone: 1 });
  });

  test("no more than ten thousand", async () => {
    const group = await crew([]);
    const members = Array.from({ length: 9_999 }, (_, n) => ({
      domain: "example.com",
      name: `u${n}`,
      validFrom: "",
      validUntil: "",
    }));
    await world.state.groups.change(group, (one) => ({ ...one, members }));
    expect(await world.told("groupMember.add", { group, addresses: EVERYWHERE })).toBe(
      "INVALID_INPUT addresses most-group-members",
    );
    expect(await world.told("groupMember.add", { group, addresses: [EVERYWHERE[0]] })).toBe("done");
  });
});

describe("for all members at once", () => {
  test("the accounts of today's members stop and start again, and those of whoever is over", async () => {
    const group = await crew();
    await world.ask("groupMember.set", { group, address: "hana@example.org", validUntil: "2026-11-01" });
    await world.ask("account.suspend", { domain: "other.test", name: "hana" });
    expect(await world.ask("group.suspend", { group })).toMatchObject({ changed: 1, already: 1, gone: 0 });
    expect([await suspended("example.com"), await suspended("example.org")]).toEqual([true, false]);
    expect(await world.ask("group.suspend", { group, whom: "over" })).toMatchObject({ changed: 1 });
    expect(await world.ask("group.resume", { group, whom: "all" })).toMatchObject({ changed: 3, already: 0 });
    expect([await suspended("example.com"), await suspended("example.org")]).toEqual([false, false]);
  });

  test("today's members come on the mailing list, others of the group go off it, strangers stay", async () => {
    const group = await crew();
    const list = { domain: "example.com", name: "news" };
    for (const address of ["Hana@Example.org", "aoi@elsewhere.test"]) {
      await world.ask("member.add", { ...list, address });
    }
    await world.ask("groupMember.set", { group, address: "hana@example.org", validUntil: "2026-11-01" });
    expect(await world.ask("group.fillList", { group, rights: "R" })).toMatchObject({ added: 2, removed: 1 });
    expect((await onList()).sort()).toEqual(["aoi@elsewhere.test", "hana@example.com", "hana@other.test"]);
    const before = await world.everything();
    expect(await world.ask("group.fillList", { group })).toMatchObject({ added: 0, removed: 0 });
    expect(await world.everything()).toEqual(before);
    await world.ask("group.set", { group, list: "" });
    expect(await world.told("group.fillList", { group })).toBe("CONFLICT");
  });

  test("answers need the program that answers, as for each alone", async () => {
    const group = await crew();
    expect(await world.told("group.setVacation", { group, on: true, text: "Back in January" })).toBe(
      "BAD_CONFIG",
    );
    expect(await world.ask("group.setVacation", { group, on: false, text: "Back in January" })).toMatchObject(
      {
        changed: 3,
      },
    );
    expect(await world.ask("vacation.get", { domain: "other.test", name: "hana" })).toMatchObject({
      on: false,
      text: "Back in January",
    });
  });
});

test("a damaged file is never overwritten", async () => {
  const path = storagePath("groups.json");
  await world.place.write(path, Buffer.from('{"version":1,"groups":[{"id":"x"}]}'));
  const failure = await world.ask("group.add", CREW).catch((error: unknown) => error);
  expect(isAppError(failure) && failure.code).toBe("STORAGE_FAILED");
  expect(Buffer.from(await world.place.read(path)).toString()).toContain('"x"');
});
