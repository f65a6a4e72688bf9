import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Secret } from "../../src/errors/secret.ts";
import { openXMail } from "../../src/open.ts";
import { MODES, openWorld, type World } from "./world.ts";

type Answer = Record<string, unknown> & { items: Record<string, unknown>[] };

/** Every operation through the API, over each way to XMail; the files on disk say so afterwards. */
describe.each(MODES)("the API over %s", (mode) => {
  let world: World;
  beforeEach(async () => {
    world = await openWorld(mode);
  });
  afterEach(() => world.close());

  async function ok(method: string, path: string, body?: unknown) {
    const response = await world.api(method, path, body);
    const answer = (await response.json()) as Answer;
    expect(response.status, `${method} ${path} ${JSON.stringify(answer)}`).toBe(200);
    return answer;
  }

  async function refused(method: string, path: string, status: number, code: string, body?: unknown) {
    const before = world.tree();
    const response = await world.api(method, path, body);
    const problem = (await response.json()) as { code: string; status: number };
    expect({ status: response.status, code: problem.code }).toEqual({ status, code });
    expect(response.headers.get("content-type")).toContain("application/problem+json");
    expect(world.tree()).toEqual(before);
  }

  const file = (...path: string[]) => readFileSync(join(world.mailRoot, ...path), "utf8");
  const account = "/domains/example.com/accounts/hana";
  const addHana = () =>
    ok("POST", "/domains/example.com/accounts", {
      name: "Hana",
      password: "Long-enough-1",
      realName: "佐藤 花",
    });

  test("domains: add, list, get, remove with the count of what goes", async () => {
    await ok("POST", "/domains", { domain: "Example.ORG" });
    expect(file("domains.tab")).toContain('"example.org"');
    await refused("POST", "/domains", 409, "DOMAIN_EXISTS", { domain: "example.org" });
    await ok("POST", "/domains/example.org/accounts", { name: "ken", password: "Long-enough-1" });
    await ok("POST", "/domains/example.org/aliases", { alias: "sales", target: "ken" });
    await ok("POST", "/domains/example.org/domain-aliases", { alias: "mirror.test" });
    const list = await ok("GET", "/domains?search=ORG");
    expect(list.items).toEqual([{ domain: "example.org", accounts: 1, lists: 0, aliases: 1 }]);
    const got = await ok("GET", "/domains/example.org");
    expect(got).toMatchObject({ holdings: { accounts: 1, aliases: 1, domainAliases: 1 } });
    const removed = await ok("DELETE", "/domains/example.org");
    expect(removed).toMatchObject({ domain: "example.org", lost: { accounts: 1, aliases: 1 } });
    for (const table of ["domains.tab", "mailusers.tab", "aliases.tab", "aliasdomain.tab"]) {
      expect(file(table)).not.toContain("example.org");
    }
    await refused("GET", "/domains/example.org", 404, "DOMAIN_NOT_FOUND");
    await refused("DELETE", "/domains/example.org", 404, "DOMAIN_NOT_FOUND");
  });

  test("accounts: add, list, get, password, remove", async () => {
    expect(await addHana()).toEqual({ domain: "example.com", name: "hana", kind: "user" });
    expect(file("mailusers.tab")).toContain('"example.com"\t"hana"');
    await refused("POST", "/domains/example.com/accounts", 409, "ACCOUNT_EXISTS", {
      name: "HANA",
      password: "Long-enough-1",
    });
    await refused("POST", "/domains/nowhere.test/accounts", 404, "DOMAIN_NOT_FOUND", {
      name: "x",
      password: "Long-enough-1",
    });
    const list = await ok("GET", "/accounts?domain=example.com&search=HAN");
    expect(list.items).toHaveLength(1);
    expect(list.items[0]).toMatchObject({
      address: "hana@example.com",
      realName: "佐藤 花",
      suspended: false,
    });
    expect(await ok("GET", account)).toMatchObject({ kind: "user", mailbox: { bytes: 0, messages: 0 } });
    const before = file("mailusers.tab");
    await ok("PUT", `${account}/password`, { password: "Another-long-2" });
    expect(file("mailusers.tab")).not.toBe(before);
    expect(
      await world.xmail.backend.accounts.checkPassword(
        { domain: "example.com", name: "hana" },
        new Secret("Another-long-2"),
      ),
    ).toBe(true);
    await ok("POST", "/domains/example.com/aliases", { alias: "flower", target: "hana" });
    expect(await ok("DELETE", account)).toMatchObject({ name: "hana", lost: { messages: 0 } });
    expect(file("mailusers.tab")).not.toContain("hana");
    expect(file("aliases.tab")).not.toContain("flower");
    await refused("GET", account, 404, "ACCOUNT_NOT_FOUND");
    await refused("PUT", `${account}/password`, 404, "ACCOUNT_NOT_FOUND", { password: "Another-long-2" });
  });

  test("mailing lists are accounts of another kind", async () => {
    await ok("POST", "/domains/example.com/accounts", {
      name: "news",
      password: "Long-enough-1",
      kind: "list",
    });
    expect((await ok("GET", "/accounts?kind=list")).items).toMatchObject([{ name: "news", kind: "list" }]);
  });

  test("variables: set, read, unset, in order", async () => {
    await addHana();
    await ok("PUT", `${account}/variables`, {
      set: [
        { name: "MaxMBSize", value: "2048" },
        { name: "Telephone", value: '03 (1234) \\ "x"' },
      ],
    });
    const got = (await ok("GET", account)) as unknown as { variables: { name: string; value: string }[] };
    expect(got).toMatchObject({ mailbox: { limitBytes: 2048 * 1024 } });
    expect(got.variables).toContainEqual({ name: "Telephone", value: '03 (1234) \\ "x"' });
    await ok("PUT", `${account}/variables`, { unset: ["MaxMBSize"] });
    expect(await ok("GET", account)).toMatchObject({ mailbox: { limitBytes: null } });
  });

  test("suspend stops everything, resume restores what was set before", async () => {
    await addHana();
    await ok("PUT", `${account}/variables`, {
      set: [{ name: "SmtpPerms", value: "MRV" }],
      unset: ["PopEnable"],
    });
    const before = await ok("GET", account);
    await refused("POST", `${account}/resume`, 409, "NOT_SUSPENDED", {});
    await ok("POST", `${account}/suspend`, {});
    expect(await ok("GET", account)).toMatchObject({
      suspended: true,
      services: { receive: false, pop: false, send: false },
    });
    await refused("POST", `${account}/suspend`, 409, "ALREADY_SUSPENDED", {});
    await refused("PUT", `${account}/variables`, 422, "INVALID_INPUT", {
      set: [{ name: "PopEnable", value: "1" }],
    });
    await ok("PUT", `${account}/variables`, { set: [{ name: "Note", value: "while suspended" }] });
    await ok("PUT", `${account}/variables`, { unset: ["Note"] });
    await ok("POST", `${account}/resume`, {});
    const after = await ok("GET", account);
    const sorted = (answer: unknown) =>
      [...(answer as typeof before & { variables: object[] }).variables].map((v) => JSON.stringify(v)).sort();
    expect(sorted(after)).toEqual(sorted(before));
    expect(after).toMatchObject({ suspended: false, services: { receive: true, pop: true, send: true } });
  });

  test("aliases: exact, pattern, catch-all; the order of trying; explained", async () => {
    await addHana();
    for (const alias of ["*", "sal*", "sales"]) {
      await ok("POST", "/domains/example.com/aliases", { alias, target: "hana" });
    }
    await refused("POST", "/domains/example.com/aliases", 409, "ALIAS_EXISTS", {
      alias: "sales",
      target: "hana",
    });
    await refused("POST", "/domains/example.com/aliases", 409, "ACCOUNT_EXISTS", {
      alias: "hana",
      target: "hana",
    });
    await refused("POST", "/domains/nowhere.test/aliases", 404, "DOMAIN_NOT_FOUND", {
      alias: "x",
      target: "hana@example.com",
    });
    await refused("POST", "/domains/example.com/aliases", 404, "ACCOUNT_NOT_FOUND", {
      alias: "x",
      target: "nobody",
    });
    const list = await ok("GET", "/aliases?domain=example.com");
    expect(
      list.items.filter((row) => row["target"] === "hana@example.com").map((row) => row["alias"]),
    ).toEqual(["sales", "sal*", "*"]);
    const route = await ok("GET", "/addresses/salon@example.com/route");
    expect(route).toMatchObject({
      reaches: "hana@example.com",
      steps: [
        { asks: "domain", found: "example.com" },
        { asks: "account", found: null },
        { asks: "alias", found: "sal*@example.com" },
      ],
    });
    await ok("DELETE", "/domains/example.com/aliases/sal*");
    expect(file("aliases.tab")).not.toContain("sal*");
    await refused("DELETE", "/domains/example.com/aliases/sal*", 404, "ALIAS_NOT_FOUND");
  });

  test("domain aliases: add, list, explained, remove", async () => {
    await addHana();
    await ok("POST", "/domains/example.com/domain-aliases", { alias: "*.mirror.test" });
    await refused("POST", "/domains/example.com/domain-aliases", 409, "DOMAIN_ALIAS_EXISTS", {
      alias: "*.mirror.test",
    });
    await refused("POST", "/domains/nowhere.test/domain-aliases", 404, "DOMAIN_NOT_FOUND", {
      alias: "m.test",
    });
    expect((await ok("GET", "/domain-aliases")).items).toEqual([
      { alias: "*.mirror.test", domain: "example.com" },
    ]);
    expect(await ok("GET", "/addresses/hana@a.mirror.test/route")).toMatchObject({
      reaches: "hana@example.com",
    });
    await refused(
      "DELETE",
      "/domains/other.test/domain-aliases/*.mirror.test",
      404,
      "DOMAIN_ALIAS_NOT_FOUND",
    );
    await ok("DELETE", "/domains/example.com/domain-aliases/*.mirror.test");
    expect(file("aliasdomain.tab")).not.toContain("mirror");
  });

  test("server.status counts", async () => {
    await addHana();
    const status = await ok("GET", "/server/status");
    expect(status).toMatchObject({ mode, reachable: mode !== "tab" });
    expect(status).toMatchObject({ counts: { domains: 1 } });
    const list = await ok("GET", "/accounts?limit=1");
    expect((status["counts"] as { accounts: number }).accounts).toBe(list["total"]);
  });

  test("pages of accounts: each once, both ways", async () => {
    for (const name of ["a1", "a2", "a3", "a4", "a5"]) {
      await ok("POST", "/domains/example.com/accounts", { name, password: "Long-enough-1" });
    }
    const names: unknown[] = [];
    let path = "/accounts?search=a&limit=2&order=descending";
    for (let page = await ok("GET", path); ; page = await ok("GET", path)) {
      names.push(...page.items.map((row) => row["name"]));
      if (page["next"] === null) break;
      path = `/accounts?search=a&limit=2&order=descending&cursor=${page["next"]}`;
    }
    expect(names.filter((name) => /^a\d$/.test(String(name)))).toEqual(["a5", "a4", "a3", "a2", "a1"]);
    expect(new Set(names).size).toBe(names.length);
  });
});

test("reads from the files and over CTRL give equal answers", async () => {
  const world = await openWorld("ctrl+files");
  try {
    await world.xmail.domain.add({ domain: "example.org" });
    await world.xmail.account.add({ domain: "example.com", name: "hana", password: "Long-enough-1" });
    await world.xmail.account.add({ domain: "example.org", name: "ken", password: "Long-enough-1" });
    await world.xmail.account.suspend({ domain: "example.org", name: "ken" });
    await world.xmail.alias.add({ domain: "example.com", alias: "*", target: "ken@example.org" });
    await world.xmail.domainAlias.add({ domain: "example.com", alias: "m.test" });
    const overCtrl = await openXMail({ ctrl: world.ctrl });
    for (const read of [
      (x: typeof overCtrl) => x.domain.list(),
      (x: typeof overCtrl) => x.domain.get({ domain: "example.org" }),
      (x: typeof overCtrl) => x.account.list(),
      (x: typeof overCtrl) => x.account.get({ domain: "example.org", name: "ken" }),
      (x: typeof overCtrl) => x.alias.list(),
      (x: typeof overCtrl) => x.domainAlias.list(),
    ]) {
      expect(await read(world.xmail)).toEqual(await read(overCtrl));
    }
    await overCtrl.close();
  } finally {
    await world.close();
  }
});
