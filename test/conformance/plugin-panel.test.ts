import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { plugin as departments } from "../../docs/examples/plugin/index.js";
import { fail } from "../../src/errors/error.ts";
import type { FetchHandler } from "../../src/http/types.ts";
import { MASTER_GRANT } from "../../src/kernel/actor.ts";
import type { AuditRecord } from "../../src/kernel/audit.ts";
import { defineOperation } from "../../src/kernel/operation.ts";
import { SERVER } from "../../src/kernel/target.ts";
import { libraryOver } from "../../src/library.ts";
import { fields } from "../../src/operations/fields.ts";
import { createPanel, type PanelOptions } from "../../src/panel.ts";
import { definePlugin } from "../../src/plugins/plugin.ts";
import { definePage, html, type Screen } from "../../src/web-kit.ts";
import { ATTACKS } from "../unit/web/attacks.ts";
import { ORIGIN, visitorOf } from "./panel-visitor.ts";
import { openWorld, type World } from "./world.ts";

const PATH = "/accounts/example.com/hana/department";

let world: World;
beforeAll(async () => {
  world = await openWorld("ctrl+files");
  await world.xmail.account.add({ domain: "example.com", name: "hana", password: "tall-bridge-42" });
});
afterAll(() => world.close());

function panelWith(options: Partial<PanelOptions> & Pick<PanelOptions, "plugins">): FetchHandler {
  return createPanel(world.xmail, { state: world.state, log: recording, ...options });
}
const logged: { details: object; message: string }[] = [];
const keep = (details: object, message: string) => void logged.push({ details, message });
const recording = { debug: () => undefined, info: () => undefined, warn: keep, error: keep };

/** Nobody types a password a hundred times. */
function asMaster(plugins: NonNullable<PanelOptions["plugins"]>) {
  const actor = { id: "m", name: "m", grants: [MASTER_GRANT] };
  return visitorOf(panelWith({ plugins, authenticate: async () => ({ id: "m", name: "m", actor }) }));
}

async function master(handler: FetchHandler, headers: Record<string, string> = {}) {
  const visitor = visitorOf(handler, headers);
  await visitor.signIn("master", "Administrator-1");
  return visitor;
}

describe("the plugin of the docs, in a panel", () => {
  const handler = () => panelWith({ plugins: [departments] });
  const key = async () => (await world.state.addApiKey({ administrator: "master", name: "plugin" })).reveal();

  async function api(method: string, path: string, body?: object): Promise<Response> {
    return handler()(
      new Request(`${ORIGIN}/api${path}`, {
        method,
        headers: { authorization: `Bearer ${await key()}`, "content-type": "application/json" },
        ...(body ? { body: JSON.stringify(body) } : {}),
      }),
    );
  }

  test("is in the API and in its description", async () => {
    const set = await api("PUT", PATH, { department: "Sales" });
    expect([set.status, await set.json()]).toEqual([
      200,
      { domain: "example.com", name: "hana", department: "Sales" },
    ]);
    expect(await (await api("GET", PATH)).json()).toMatchObject({ department: "Sales" });
    expect(await (await api("GET", "/departments?domain=example.com")).json()).toMatchObject({
      items: [{ domain: "example.com", name: "hana", department: "Sales" }],
      total: 1,
    });
    const { paths } = (await (await api("GET", "/openapi.json")).json()) as { paths: object };
    expect(paths).toMatchObject({
      "/accounts/{domain}/{name}/department": { put: { operationId: "department.set" }, delete: {} },
      "/departments": { get: { operationId: "department.list" } },
      "/domains": { get: { operationId: "domain.list" } },
    });
  });

  test("refuses like ours: the field, what is not there, strangers, and what is in the way", async () => {
    const wrong = await api("PUT", PATH, { department: "<b>" });
    expect([wrong.status, await wrong.json()]).toMatchObject([
      422,
      { errors: [{ field: "department", rule: "departments.name" }] },
    ]);
    const missing = await api("PUT", "/accounts/example.com/nobody/department", { department: "Sales" });
    expect([missing.status, await missing.json()]).toMatchObject([404, { code: "ACCOUNT_NOT_FOUND" }]);
    expect((await handler()(new Request(`${ORIGIN}/api${PATH}`))).status).toBe(401);
    expect((await api("POST", PATH, {})).status).toBe(405);
  });

  test("leaves its intent and outcome in the audit log", async () => {
    await api("PUT", PATH, { department: "Audited" });
    const lines = world
      .everything()
      .split("\n")
      .filter(
        (line) => line.includes('"department.set"') && line.includes('"phase"') && line.includes("Audited"),
      );
    expect(lines.map((line) => (JSON.parse(line) as AuditRecord).phase)).toEqual(["intent", "done"]);
  });

  test.each([
    [
      "en",
      "Departments",
      "Save without looking",
      "hana@example.com now belongs to Research & Co.",
      "Use letters, digits",
    ],
    ["ja", "部署", "確認せずに保存", "hana@example.com の部署を Research & Co. にしました。", "英数字で始め"],
  ])("has pages in the frame of ours (%s)", async (language, title, button, done, refused) => {
    const visitor = await master(handler(), { "accept-language": language });
    const list = await visitor.open("/departments");
    expect([list.status, list.headers.get("content-language")]).toEqual([200, language]);
    expect(list.html).toContain(`<a href="/departments" aria-current="page">${title}</a>`);
    expect(list.html).toContain('href="/departments/example.com/hana"');

    const form = await visitor.open("/departments/example.com/hana");
    expect(form.text).toContain(button);
    const bad = await visitor.send("/departments/example.com/hana", { department: "+" });
    expect(bad.status).toBe(422);
    expect(bad.text).toContain(refused);
    expect(bad.html).toContain('value="+"');
    const good = await visitor.send("/departments/example.com/hana", { department: "Research & Co." });
    expect([good.status, good.headers.get("location")]).toEqual([303, "/departments"]);
    expect((await visitor.open("/departments")).text).toContain(done);
    expect(await (await api("GET", PATH)).json()).toMatchObject({ department: "Research & Co." });
  });

  test("asks before it destroys", async () => {
    const visitor = await master(handler());
    await api("PUT", PATH, { department: "Sales" });
    const question = await visitor.open("/departments/example.com/hana/remove");
    expect(question.text).toContain("It no longer belongs to Sales.");
    expect((await visitor.send("/departments/example.com/hana/remove")).status).toBe(303);
    expect(await (await api("GET", PATH)).json()).toMatchObject({ department: null });
  });

  test("takes no form without the page's token, nor one from another site", async () => {
    const visitor = await master(handler());
    const forged = await visitor.send("/departments/example.com/hana", { department: "X", csrf: "made-up" });
    expect(forged.status).toBe(403);
    const elsewhere = await visitor.send(
      "/departments/example.com/hana",
      { department: "X" },
      {
        headers: { origin: "https://evil.example" },
      },
    );
    expect(elsewhere.status).toBe(403);
  });

  test("is shown, and open, only to who may", async () => {
    const grants = [{ allow: ["account.*"], on: { kind: "domain", domain: "example.com" } as const }];
    const actor = { id: "kita", name: "kita", grants };
    const panel = panelWith({
      plugins: [departments],
      authenticate: async () => ({ id: "kita", name: "kita", actor }),
    });
    const visitor = visitorOf(panel);
    const page = await visitor.open("/accounts");
    expect(page.status).toBe(200);
    expect(page.html).not.toContain('href="/departments"');
    expect((await visitor.open("/departments")).status).toBe(403);
    expect((await visitor.send("/departments/example.com/hana", { department: "X" })).status).toBe(403);
  });

  test("is a method of the library, and tells its notifier there", async () => {
    const told: AuditRecord[] = [];
    const listener = definePlugin({
      name: "listener",
      notifiers: [{ name: "listener", notify: async (record) => void told.push(record) }],
    });
    const library = libraryOver(world.xmail.backend, {
      plugins: [departments, listener],
    }) as unknown as Record<string, Record<string, (input: object) => Promise<unknown>>>;
    await library["department"]?.["set"]?.({ domain: "example.com", name: "hana", department: "Lib" });
    await library["domain"]?.["list"]?.({});
    expect(told.map(({ operation, phase, actor }) => [operation, phase, actor])).toEqual([
      ["department.set", "done", "program"],
    ]);
  });
});

/** One page that shows a text of a stranger in every part, and one each for the ways to fail. */
function hostilePlugin(attack: string) {
  const boom = defineOperation({
    name: "boom.set",
    summary: "Fail",
    effect: "write",
    input: fields({}),
    output: fields({}),
    errors: [],
    http: "POST /boom",
    target: () => SERVER,
    handler: async () => {
      throw new Error("secret path /var/MailRoot/ctrlaccounts.tab");
    },
  });
  const secret = () => {
    throw new Error("secret path /var/MailRoot/ctrlaccounts.tab");
  };
  const show = (path: string, view: () => unknown) => definePage({ path, view: () => view() as Screen });
  return definePlugin({
    name: "hostile",
    operations: { boom: { set: boom } },
    pages: [
      show("/hostile/text", () => ({
        title: attack,
        body: html`<p title="${attack}">${attack}</p><ul>${[attack, attack].map((one) => html`<li>${one}</li>`)}</ul>`,
      })),
      show("/hostile/string", () => ({ title: "x", body: attack })),
      show("/hostile/object", () => ({ title: "x", body: JSON.parse('{"isEscaped":true,"x":"<i>"}') })),
      show("/hostile/throws", secret),
      show("/hostile/nothing", () => undefined),
      definePage({ path: "/hostile/rejects", load: async () => secret(), view: () => secret() }),
      definePage({ path: "/hostile/away", submit: async () => ({ to: "//evil.example/" }) }),
      definePage({ path: "/hostile/outside", submit: async () => ({ to: ".evil.example/" }) }),
      definePage({ path: "/hostile/unknown", load: async () => fail("NOT_FOUND"), view: secret }),
    ],
    notifiers: [{ name: "hostile-notifier", on: ["done", "failed"], notify: async () => secret() }],
  });
}

describe("a plugin that does its worst", () => {
  const bones = (tags: Awaited<ReturnType<ReturnType<typeof visitorOf>["open"]>>["tags"]) =>
    tags.map(({ depth, name, attributes }) => [depth, name, ...attributes.keys()].join(" "));

  test.each(["/hostile/text", "/hostile/string"])(
    "cannot put a stranger's text into %s as HTML",
    async (path) => {
      const harmless = await asMaster([hostilePlugin("harmless")]).open(path);
      for (const attack of ATTACKS) {
        const visitor = asMaster([hostilePlugin(attack)]);
        const seen = await visitor.open(path);
        expect(seen.status).toBe(200);
        expect(bones(seen.tags), attack).toEqual(bones(harmless.tags));
      }
    },
    60_000,
  );

  test("cannot pass data off as HTML, nor call the template with a text", async () => {
    const visitor = asMaster([hostilePlugin("x")]);
    expect((await visitor.open("/hostile/object")).html).not.toContain("<i>");
    expect(() => html(["<i>raw</i>"] as unknown as TemplateStringsArray)).toThrow("html is a template");
  });

  test.each([
    ["/hostile/throws", 500],
    ["/hostile/nothing", 500],
    ["/hostile/rejects", 500],
    ["/hostile/unknown", 404],
  ])("%s is a page that says so and leaks nothing; the panel goes on", async (path, status) => {
    const visitor = asMaster([hostilePlugin("x")]);
    const seen = await visitor.open(path);
    expect(seen.status).toBe(status);
    expect(seen.html).toContain('<nav class="side"');
    expect(seen.html).not.toContain("MailRoot");
    expect((await visitor.open("/domains")).status).toBe(200);
  });

  test("its failing operation and notifier are lines in the log, and an answer without the reason", async () => {
    logged.length = 0;
    const visitor = asMaster([hostilePlugin("x")]);
    await visitor.open("/domains");
    const waited: Promise<unknown>[] = [];
    const panel = panelWith({ plugins: [hostilePlugin("x")] });
    const key = (await world.state.addApiKey({ administrator: "master", name: "hostile" })).reveal();
    const answer = await panel(
      new Request(`${ORIGIN}/api/boom`, { method: "POST", headers: { authorization: `Bearer ${key}` } }),
      { waitUntil: (work) => void waited.push(work) },
    );
    const text = await answer.text();
    expect(answer.status).toBe(500);
    expect(text).not.toContain("MailRoot");
    await Promise.all(waited);
    expect(logged).toContainEqual({
      message: "not notified",
      details: expect.objectContaining({ notifier: "hostile-notifier", operation: "boom.set" }),
    });
  });

  test.each(["/hostile/away", "/hostile/outside"])("%s leads nowhere else", async (path) => {
    const visitor = asMaster([hostilePlugin("x")]);
    await visitor.open("/domains");
    const answer = await visitor.send(path);
    const location = answer.headers.get("location");
    if (location === null) expect(answer.status).toBe(500);
    else expect(new URL(location, ORIGIN).origin).toBe(ORIGIN);
  });
});
