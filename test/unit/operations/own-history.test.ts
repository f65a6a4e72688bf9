import { beforeEach, describe, expect, test } from "vitest";
import { partOfChanges } from "../../../src/settings/part-of-changes.ts";
import { PASSWORD, type PeopleWorld, peopleWorld } from "./people-world.ts";

interface Row {
  readonly change: string;
  readonly operation: string;
  readonly about: readonly string[];
  readonly undoneBy: string | null;
}
interface Details extends Row {
  readonly undoable: boolean;
  readonly from: string | null;
  readonly files: readonly {
    readonly path: string;
    readonly hunks: readonly { readonly line: number | null }[];
  }[];
}

let world: PeopleWorld;
beforeEach(async () => {
  world = await peopleWorld();
  await world.ask("delegation.add", { name: "kita", password: PASSWORD, domains: ["example.com"] });
  for (const domain of ["example.com", "example.org"]) {
    await world.ask("account.add", { domain, name: "ken", password: "Long-enough-1" });
    await world.ask("alias.add", { domain, alias: "info", target: "ken" });
  }
  await world.ask("domain.add", { domain: "new.test" });
});

async function list(who?: string, input: object = {}): Promise<readonly Row[]> {
  return ((await world.ask("change.list", input, who)) as { items: readonly Row[] }).items;
}

async function idOf(operation: string, about: string): Promise<string> {
  const rows = await list();
  return rows.find((row) => row.operation === operation && row.about.includes(about))?.change ?? "";
}

const details = async (change: string, who?: string, domain?: string) =>
  (await world.ask("change.get", domain ? { change, domain } : { change }, who)) as unknown as Details;

describe("the history of who looks after a domain", { timeout: 60_000 }, () => {
  test("holds the changes of his domain and no other, whatever he searches for", async () => {
    const his = await list("kita");
    expect(his.slice(0, 2).map(({ operation }) => operation)).toEqual(["alias.add", "account.add"]);
    expect([...new Set(his.flatMap(({ about }) => about[0] ?? ""))]).toEqual(["example.com"]);
    expect(await list("kita", { object: "example.org" })).toEqual([]);
    expect(await list("kita", { search: "example.org" })).toEqual([]);
    expect(await list("kita", { change: await idOf("account.add", "example.org") })).toEqual([]);
    expect((await list()).length).toBeGreaterThan(his.length + 4);
  });

  test("shows his lines, and not how many others there are", async () => {
    const shown = await details(await idOf("account.add", "example.com"), "kita", "example.com");
    const users = shown.files.find(({ path }) => path === "mailusers.tab");
    expect(users?.hunks).toMatchObject([
      { line: null, removed: [], added: [expect.stringContaining("ken")] },
    ]);
    expect(JSON.stringify(shown)).not.toMatch(/example\.org|other\.test/);
    expect(shown.undoable).toBe(true);
  });

  test("answers alike for a change elsewhere and one that nobody made", async () => {
    const elsewhere = await idOf("account.add", "example.org");
    const unknown = "2026-11-24T101530123-4f3a2b1c";
    for (const operation of ["change.get", "change.undo"]) {
      for (const change of [elsewhere, unknown]) {
        expect(await world.told(operation, { change, domain: "example.com" }, "kita")).toBe("NOT_FOUND");
        expect(await world.told(operation, { change, domain: "example.org" }, "kita")).toBe("FORBIDDEN");
        expect(await world.told(operation, { change, domain: "*" }, "kita")).toMatch(
          /^(?:FORBIDDEN|INVALID)/,
        );
        expect(await world.told(operation, { change }, "kita")).toBe("FORBIDDEN");
      }
    }
  });

  test("takes back what he may do both ways, and sees that he did", async () => {
    const change = await idOf("alias.add", "example.com");
    await world.ask("change.undo", { change, domain: "example.com" }, "kita");
    const [undo, ...others] = await list("kita");
    expect(undo).toMatchObject({ operation: "change.undo", undoes: change, actor: "kita" });
    expect(others.find((row) => row.change === change)?.undoneBy).toBe(undo?.change);
    expect(await world.told("change.undo", { change, domain: "example.com" }, "kita")).toBe("NOT_UNDOABLE");
  });

  test("does not take back what would need more than he has", async () => {
    const { people } = world.state;
    const kita = await people.named("kita");
    await world.ask("forwarding.set", {
      domain: "example.com",
      name: "ken",
      addresses: ["a@example.net"],
      keepCopy: true,
    });
    const change = await idOf("forwarding.set", "example.com");
    expect((await details(change, "kita", "example.com")).undoable).toBe(false);
    expect(await world.told("change.undo", { change, domain: "example.com" }, "kita")).toBe("FORBIDDEN");
    await people.change(kita?.id ?? "", (one) => ({
      ...one,
      delegation: one.delegation && { ...one.delegation, rights: ["forwarding"] },
    }));
    expect(await world.told("change.undo", { change, domain: "example.com" }, "kita")).toBe("done");
  });

  test("a conflict shows him no lines that stand there now", async () => {
    const change = await idOf("account.add", "example.com");
    await world.ask("account.remove", { domain: "example.com", name: "ken" });
    const told = await world.told("change.undo", { change, domain: "example.com" }, "kita");
    expect(told).toBe("CONFLICT");
  });
});

test("of lines of several domains in one hunk only his are left, and what cannot be told apart goes", () => {
  const file = (path: string, removed: string[], added: string[]) =>
    ({ kind: "file", path, before: "a", after: "b", hunks: [{ at: 3, removed, added }] }) as const;
  const { changes, cut } = partOfChanges(
    {
      commands: ['useradd "Example.com" "ken"', 'useradd "example.org" "ken"', 'cfgfileset "server.tab"'],
      files: [
        file(
          "aliases.tab",
          ['"example.org"\t"x"\t"y"\n'],
          ['"EXAMPLE.com"\t"x"\t"y"\n', '"example.org"\t"a"\t"b"\n'],
        ),
        file("server.tab", [], ['"RootDomain"\t"example.com"\n']),
        file("domains/example.com/ken/user.tab", [], ['"RealName"\t"Ken"\n']),
        file("domains/example.community/x", [], ["x\n"]),
      ],
      final: [],
    },
    "example.com",
  );
  expect(cut).toBe(true);
  expect(changes.commands).toEqual(['useradd "Example.com" "ken"']);
  expect(changes.files.map(({ path }) => path)).toEqual(["aliases.tab", "domains/example.com/ken/user.tab"]);
  expect(JSON.stringify(changes)).not.toMatch(/example\.org|RootDomain|community/);
});
