import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { actorOf } from "../../src/operations/roles.ts";
import { ALL_OPERATIONS } from "../../src/operations/table.ts";
import { createPanel } from "../../src/panel.ts";
import { openWorld, type World } from "./world.ts";

const PASSWORD = "Quiet-river-1977";
const NOUNS = ["person", "administrator", "delegation", "listAdministrator", "apiKey", "policy"];

type Answer = Record<string, unknown> & { readonly items: Record<string, unknown>[] };

/** Every operation on people over HTTP, where a host has signed somebody in: no API key may do any of them. */
describe.each(["tab", "ctrl"] as const)("people over the API, over %s", (mode) => {
  let world: World;
  let asked: Set<string>;
  beforeEach(async () => {
    world = await openWorld(mode);
    asked = new Set();
  });
  afterEach(() => world.close());

  async function api(who: string, method: string, path: string, body?: unknown) {
    const { people } = world.state;
    const panel = createPanel(world.xmail, {
      state: world.state,
      authenticate: async () => {
        const person = await people.named(who);
        if (!person) return null;
        const actor = actorOf(person, await people.list(), ALL_OPERATIONS);
        return { id: person.id, name: who, actor, provedAt: new Date() };
      },
    });
    const page = await panel(
      new Request("http://127.0.0.1/preferences", { headers: { accept: "text/html" } }),
    );
    const cookie = page.headers
      .getSetCookie()
      .map((line) => line.split(";")[0])
      .join("; ");
    const [, csrf = ""] = /name="csrf" value="([^"]+)"/.exec(await page.text()) ?? [];
    const response = await panel(
      new Request(`http://127.0.0.1/api${path}`, {
        method,
        headers: { "x-csrf-token": csrf, cookie, "content-type": "application/json" },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
    return { status: response.status, answer: (await response.json()) as Answer };
  }

  async function ok(who: string, operation: string, values: Record<string, string>, body?: unknown) {
    const { http } = ALL_OPERATIONS.find(({ name }) => name === operation) ?? {};
    const [method = "", path = ""] = http?.split(" ") ?? [];
    asked.add(operation);
    const filled = path.replace(/\{(\w+)\}/g, (_, field: string) => encodeURIComponent(values[field] ?? ""));
    const { status, answer } = await api(who, method, filled, body);
    expect(status, `${operation} ${JSON.stringify(answer)}`).toBe(200);
    return answer;
  }

  /** A mail is left where XMail takes it from its files; by the control port alone there is no such place. */
  async function notified() {
    await ok("master", "delegation.set", { person: "sato" }, { masterEmail: "help@example.com" });
    const letter = { subject: "お知らせ", text: "The server rests on Sunday." };
    if (mode === "tab") {
      const answer = await ok("master", "delegation.notify", { person: "sato" }, letter);
      return expect(answer).toEqual({ to: "sato@example.net", from: "help@example.com" });
    }
    asked.add("delegation.notify");
    const refused = await api("master", "POST", "/delegations/sato/notify", letter);
    expect(refused).toMatchObject({ status: 501, answer: { code: "STORAGE_UNSUPPORTED" } });
  }

  test("each is done as its route says", async () => {
    const sato = { person: "sato" };
    await ok("master", "administrator.add", {}, { name: "eyes", password: PASSWORD, role: "auditor" });
    await ok("master", "administrator.set", { person: "eyes" }, { fullName: "目" });
    await ok(
      "master",
      "delegation.add",
      {},
      {
        name: "sato",
        domains: ["example.com"],
        mostDomains: 2,
        rights: ["handOn"],
        email: "sato@example.net",
      },
    );
    await notified();
    await ok("master", "delegation.set", sato, { mostAccounts: 3 });
    expect((await ok("master", "delegation.list", {})).items).toMatchObject([
      { name: "sato", mostAccounts: 3 },
    ]);
    expect(
      await ok("sato", "delegation.addDomain", { domain: "example.com" }, { subdomain: "shop" }),
    ).toEqual({
      domain: "shop.example.com",
    });
    expect((await world.xmail.domain.list()).items.map(({ domain }) => domain)).toContain("shop.example.com");
    expect(await ok("sato", "delegation.get", {})).toMatchObject({ used: { domains: 2 } });
    await world.xmail.account.add({
      domain: "example.com",
      name: "news",
      kind: "list",
      password: "Long-enough-1",
    });
    await ok("sato", "listAdministrator.add", {}, { name: "ken", lists: ["news@example.com"] });
    await ok("sato", "listAdministrator.set", { person: "ken" }, { mostMembers: 2 });
    expect((await ok("sato", "person.list", {})).items.map(({ name }) => name)).toEqual(["ken", "sato"]);
    expect(await ok("sato", "person.get", { person: "ken" })).toMatchObject({ mostMembers: 2 });
    await ok("sato", "person.suspend", { person: "ken" }, {});
    await ok("sato", "person.resume", { person: "ken" }, {});
    await ok("sato", "person.endSessions", { person: "ken" }, {});
    await ok("sato", "person.setPassword", { person: "ken" }, { password: PASSWORD });
    await ok("sato", "person.resetPassword", { person: "ken" }, {});
    await ok("sato", "person.resetFactors", { person: "ken" }, {});
    const account = { domain: "example.com", name: "yui" };
    await world.xmail.account.add({ ...account, password: "Long-enough-1" });
    expect(await ok("sato", "account.factors", account)).toMatchObject({ totp: false, passkeys: 0 });
    await ok("sato", "account.resetFactors", account, {});
    const key = await ok("sato", "apiKey.add", {}, { name: "backup", allow: ["account.list"] });
    expect((await ok("sato", "apiKey.list", {})).items).toMatchObject([{ name: "backup" }]);
    await ok("sato", "apiKey.remove", { id: String(key["id"]) });
    await ok("master", "policy.set", {}, { secondFactorFor: [] });
    await ok("master", "policy.get", {});
    const content = "ken@example.com\texample.com\n";
    await ok("master", "delegation.import", {}, { kind: "domainAdmin", content });
    await ok("master", "person.remove", sato);
    expect((await ok("master", "person.list", {})).items.map(({ name }) => name)).toEqual(["eyes", "master"]);
    const all = ALL_OPERATIONS.map(({ name }) => name).filter(
      (name) => NOUNS.includes(name.split(".")[0] ?? "") || /^account\.\w*factors$/i.test(name),
    );
    expect([...asked].sort()).toEqual(all.sort());
  }, 120_000);

  test("an API key of a master does none of them", async () => {
    for (const { name, http } of ALL_OPERATIONS) {
      if (!NOUNS.includes(name.split(".")[0] ?? "") || !http) continue;
      const [method = "", path = ""] = http.split(" ");
      const body = method === "GET" || method === "DELETE" ? undefined : {};
      const response = await world.api(method, path.replace(/\{\w+\}/g, "ab"), body);
      expect([403, 422], name).toContain(response.status);
    }
    expect((await world.api("GET", "/people")).status).toBe(403);
  });
});
