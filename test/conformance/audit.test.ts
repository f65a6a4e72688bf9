import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { run } from "../../adapters/cli/run.ts";
import type { Actor } from "../../src/kernel/actor.ts";
import { MASTER_GRANT } from "../../src/kernel/actor.ts";
import type { AuditReading } from "../../src/kernel/audit.ts";
import { defineOperation } from "../../src/kernel/operation.ts";
import { Type } from "../../src/kernel/schema.ts";
import { accountTarget, domainTarget } from "../../src/kernel/target.ts";
import { openXMail } from "../../src/open.ts";
import { AccountKey, fields } from "../../src/operations/fields.ts";
import { createPanel } from "../../src/panel.ts";
import { definePlugin } from "../../src/plugins/plugin.ts";
import { writeMailRoot } from "../../src/simulator/mail-root.ts";
import { openAuditLog } from "../../src/state/audit-log.ts";
import { openState } from "../../src/state/state.ts";
import { local } from "../../src/storage/local.ts";
import { storagePath } from "../../src/storage/path.ts";
import { definePage, html } from "../../src/web-kit.ts";
import { fakeTerminal } from "../unit/cli/fake-terminal.ts";
import { endChildren, startChild } from "./child-process.ts";
import { ORIGIN, visitorOf } from "./panel-visitor.ts";

const folder = mkdtempSync(join(tmpdir(), "xmailcfg-audit-"));
const at = (...path: string[]) => join(folder, ...path);
afterAll(async () => {
  await endChildren();
  rmSync(folder, { recursive: true, force: true });
});

const readingIn = (place: string): AuditReading => {
  const { reading } = openAuditLog(local(place));
  if (!reading) throw new Error("no reading");
  return reading;
};

describe("several processes at one audit log", () => {
  test("their records are one chain, none lost and none twice", { timeout: 120_000 }, async () => {
    const children = ["a", "b", "c", "d"].map((name) =>
      startChild("audit-child.ts", at("parallel"), name, "15"),
    );
    await Promise.all(children.map((child) => child.says("done")));
    const reading = readingIn(at("parallel"));
    expect(await reading.verify()).toMatchObject({ faultCount: 0, records: 60, interrupted: 0 });
    const { lines } = await reading.export({ limit: 100 });
    const ids = lines
      .split("\n")
      .filter(Boolean)
      .map((line) => (JSON.parse(line) as { requestId: string }).requestId);
    expect(new Set(ids).size).toBe(60);
    // Each in its own order.
    for (const name of ["a", "b", "c", "d"]) {
      const own = ids.filter((id) => id.startsWith(name));
      expect(own).toEqual(Array.from({ length: 15 }, (_, index) => `${name}-${index + 1}`));
    }
  });

  test("killed ones break nothing, whenever it happens", { timeout: 180_000 }, async () => {
    for (const wait of [0, 3, 7, 12, 20, 33]) {
      const child = startChild("audit-child.ts", at("killed"), `k${wait}`);
      await child.says("ready");
      await new Promise((resolve) => setTimeout(resolve, wait));
      await child.kill();
    }
    const audit = openAuditLog(local(at("killed")));
    await audit.record({
      at: new Date(),
      requestId: "last",
      actor: "me",
      operation: "account.add",
      target: { kind: "server" },
      input: {},
      phase: "intent",
    });
    const verdict = await readingIn(at("killed")).verify();
    expect(verdict.faults).toEqual([]);
    expect(verdict.records).toBeGreaterThan(6);
    const { items } = await readingIn(at("killed")).find({ limit: 1, visible: (record) => record });
    expect(items[0]).toMatchObject({ requestId: "last", outcome: "begun", number: verdict.last?.number });
  });
});

const peek = defineOperation({
  name: "peek.get",
  summary: "Show a letter of somebody",
  effect: "read",
  opensMail: true,
  input: AccountKey,
  output: fields({ text: Type.String() }),
  errors: [],
  http: "GET /accounts/{domain}/{name}/letter",
  target: accountTarget,
  handler: async () => ({ text: "Dear Hana" }),
});

const peekPage = definePage<{ text: string }>({
  path: "/letters/:domain/:name",
  load: ({ run: runOne, params }) => runOne(peek, params),
  view: ({ text }) => ({ title: "Letter", body: html`<h1>Letter</h1><p>${text}</p>` }),
  back: ({ domain, name }) => `/accounts/${domain}/${name}`,
});

/** The same as a form: a letter sent on. */
const passOnPage = definePage({
  path: "/letters/:domain/:name/pass-on",
  view: () => ({ title: "Pass on", body: html`<h1>Pass on</h1>` }),
  async submit({ run: runOne, params, visit }) {
    await runOne(peek, params);
    return { to: "/", query: { sent: visit.form.get("to") } };
  },
});

const plugin = definePlugin({
  name: "letters",
  operations: { peek: { get: peek } },
  pages: [peekPage, passOnPage],
});

const PEOPLE: Readonly<Record<string, Actor>> = {
  sato: { id: "adm_sato", name: "sato", grants: [MASTER_GRANT] },
  kita: {
    id: "p_kita",
    name: "kita",
    grants: [{ allow: ["audit.list", "peek.get", "alias.*"], on: domainTarget("example.com") }],
  },
  hana: {
    id: "hana@example.com",
    name: "hana@example.com",
    grants: [
      {
        allow: ["audit.list", "account.get", "peek.get"],
        on: accountTarget({ domain: "example.com", name: "hana" }),
      },
    ],
  },
  ken: {
    id: "ken@example.org",
    name: "ken@example.org",
    grants: [{ allow: ["audit.list"], on: accountTarget({ domain: "example.org", name: "ken" }) }],
  },
};

describe("the audit log in panel, API and on the command line", () => {
  const LETTER = "/letters/example.com/hana";
  const ROUTE = "/accounts/example.com/hana/letter";
  const REASON = "ハナさんの依頼で確認";
  let panel: ReturnType<typeof createPanel>;
  let close: () => Promise<void>;

  beforeAll(async () => {
    await writeMailRoot(local(at("MailRoot")), { domain: "example.com" });
    const xmail = await openXMail({ storage: local(at("MailRoot")), offline: true });
    await xmail.account.add({ domain: "example.com", name: "hana", password: "tall-bridge-42" });
    const state = await openState(local(at("state")));
    panel = createPanel(xmail, {
      state,
      plugins: [plugin],
      authenticate: async (request) => {
        const who = request.headers.get("x-who") ?? "";
        const actor = PEOPLE[who];
        return actor ? { id: who, name: who, actor } : null;
      },
    });
    writeFileSync(
      at("xmailcfg.config.json"),
      JSON.stringify({ xmail: { mailRoot: at("MailRoot"), offline: true }, state: at("state") }),
    );
    close = async () => {
      await xmail.close();
      await state.close();
    };
  });
  afterAll(() => close());

  const as = (who: string) => visitorOf(panel, { "x-who": who });
  const api = (who: string, path: string, headers: Record<string, string> = {}) =>
    panel(new Request(`${ORIGIN}/api${path}`, { headers: { "x-who": who, ...headers } }));
  const list = async (who: string, query = "") =>
    (await (await api(who, `/audit${query}`)).json()) as {
      items: {
        record: string;
        operation: string;
        outcome: string;
        reason: string | null;
        from: string | null;
        actor: string;
        openedMail: boolean;
      }[];
      next: string | null;
    };

  async function xmailcfg(...line: string[]) {
    const terminal = {
      ...fakeTerminal({ input: "", env: { XMAILCFG_CONFIG: at("xmailcfg.config.json"), USER: "sato" } }),
      readFile: (path: string) => readFile(path, "utf8"),
    };
    const code = await run(line, terminal);
    return { code, out: terminal.printed.join(""), err: terminal.complaints.join("") };
  }

  test("a page that opens mail asks why first, and goes on with the reason, in both languages", async () => {
    const visitor = as("sato");
    const asked = await visitor.open(LETTER);
    expect(asked.status).toBe(200);
    expect(asked.text).toContain("privacy of correspondence");
    expect(asked.text).toContain("hana@example.com");
    expect(asked.html).not.toContain("Dear Hana");
    const japanese = await visitorOf(panel, { "x-who": "sato", "accept-language": "ja" }).open(LETTER);
    expect(japanese.text).toContain("通信の秘密");
    const blank = await visitor.send(LETTER, { step: "open", why: "  " });
    expect(blank.html).not.toContain("Dear Hana");
    const opened = await visitor.send(LETTER, { step: "open", why: REASON });
    expect([opened.status, opened.text.includes("Dear Hana")]).toEqual([200, true]);
    expect((await list("sato", "?openedMail=true")).items).toMatchObject([
      { operation: "peek.get", outcome: "done", reason: REASON, actor: "sato" },
    ]);
  });

  test("for ten minutes the reason stands for this mailbox and this person, and is recorded each time", async () => {
    expect((await as("sato").open(LETTER)).text).toContain("Dear Hana");
    expect((await list("sato", "?openedMail=true")).items.map(({ reason }) => reason)).toEqual([
      REASON,
      REASON,
    ]);
    expect((await as("kita").open(LETTER)).text).toContain("privacy of correspondence");
    expect((await as("sato").open("/letters/example.com/ken")).text).toContain("privacy of correspondence");
  });

  test("a form that opens mail comes through the question with what was typed", async () => {
    const path = "/letters/example.com/ken/pass-on";
    const visitor = as("sato");
    await visitor.open("/letters/example.com/ken");
    const asked = await visitor.send(path, { to: "aoi@example.com" });
    expect(asked.text).toContain("privacy of correspondence");
    const to = asked.tags.find(({ attributes }) => attributes.get("name") === "to");
    expect(to?.attributes.get("value")).toBe("aoi@example.com");
    const sent = await visitor.send(path, { to: "aoi@example.com", why: "complaint" });
    expect([sent.status, sent.headers.get("location")]).toEqual([303, "/?sent=aoi%40example.com"]);
  });

  test("the API wants X-Reason, and the owner none for his own", async () => {
    const refused = await api("kita", ROUTE);
    expect([refused.status, await refused.json()]).toMatchObject([422, { code: "REASON_NEEDED" }]);
    const opened = await api("kita", ROUTE, { "x-reason": encodeURIComponent(REASON) });
    expect(await opened.json()).toEqual({ text: "Dear Hana" });
    expect((await api("hana", ROUTE)).status).toBe(200);
    const document = (await (await api("sato", "/openapi.json")).json()) as {
      paths: Record<string, { get: { parameters: { name: string }[] } }>;
    };
    const { parameters } = document.paths["/accounts/{domain}/{name}/letter"]?.get ?? { parameters: [] };
    expect(parameters.map(({ name }) => name)).toContain("X-Reason");
  });

  test("the owner sees who opened his mailbox and why, and not from where", async () => {
    const { items } = await list("hana", "?openedMail=true");
    expect(items.map(({ actor, reason, from }) => [actor, reason, from])).toEqual([
      ["kita", REASON, null],
      ["sato", REASON, null],
      ["sato", REASON, null],
    ]);
    const page = await as("hana").open("/accounts/example.com/hana");
    expect(page.text).toContain("Who looked into this mailbox");
    expect(page.text).toContain(REASON);
    expect((await as("sato").open("/accounts/example.com/hana")).text).toContain(REASON);
    const details = await as("hana").open(`/audit/records/${items[0]?.record}`);
    expect([details.status, details.text.includes(REASON)]).toEqual([200, true]);
  });

  test("each sees what is his, and the rest does not exist", async () => {
    const visitor = as("sato");
    await visitor.open("/add-alias");
    const made = await visitor.send("/add-alias", { domain: "example.com", alias: "sales", target: "hana" });
    expect(made.status, made.text).toBe(303);
    const all = (await list("sato")).items;
    const alias = all.find(({ operation }) => operation === "alias.add");
    expect(alias).toMatchObject({ outcome: "done" });
    expect((await list("kita")).items.map(({ operation }) => operation)).toContain("alias.add");
    expect((await list("hana")).items.map(({ operation }) => operation)).not.toContain("alias.add");
    expect((await list("ken")).items).toEqual([]);
    expect((await list("hana", `?record=${alias?.record}`)).items).toEqual([]);
    expect((await as("hana").open(`/audit/records/${alias?.record}`)).status).toBe(404);
    expect((await as("hana").open("/audit/records/2020-01-01.0")).status).toBe(404);
    for (const path of ["/audit/verification", "/audit/export"]) {
      expect((await api("kita", path)).status).toBe(403);
      expect((await as("kita").open(path)).status).toBe(403);
    }
  });

  test("pages of the list follow each other, and an intent is told by its outcome", async () => {
    const whole = (await list("sato", "?limit=200")).items;
    expect(whole.filter(({ outcome }) => outcome === "begun")).toEqual([]);
    const found = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const page = await list("sato", `?limit=1${cursor === "" ? "" : `&cursor=${cursor}`}`);
      found.push(...page.items);
      cursor = page.next;
    }
    expect(found).toEqual(whole);
    const filtered = await as("sato").open("/audit?outcome=refused&actor=kita");
    expect(filtered.text).toContain("peek.");
    expect((await as("sato").open("/audit?actor=nobody-here")).text).toContain("No record matches");
    expect((await as("sato").open("/audit?since=yesterday")).status).toBe(422);
  });

  test("the command line exports all, and verifies", async () => {
    const { out, code } = await xmailcfg("audit", "export");
    expect(code).toBe(0);
    const records = out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { seq: number });
    expect(records.map(({ seq }) => seq)).toEqual(records.map((_, index) => index + 1));
    const file = await as("sato").open("/audit/export");
    expect(file.headers.get("content-disposition")).toContain("audit.jsonl");
    expect(file.html).toBe(out);
    const part = await xmailcfg("audit", "export", "--limit", "2");
    expect(part.out.trim().split("\n")).toHaveLength(2);
    const good = await xmailcfg("audit", "verify");
    expect([good.code, good.out]).toEqual([0, expect.stringContaining("whole: true")]);
    expect((await as("sato").open("/audit/verification")).text).toContain("The audit log is whole");
  });

  test("what was tampered with fails the command and is named on the page", async () => {
    const head = /hash: ([0-9a-f]{64})/.exec((await xmailcfg("audit", "verify")).out)?.[1] ?? "";
    expect((await xmailcfg("audit", "verify", "--head", head)).code).toBe(0);
    const storage = local(at("state"));
    const [name = ""] = (await storage.list(storagePath("audit")))
      .map((one) => one.name)
      .filter((one) => one.endsWith(".jsonl"));
    const path = storagePath("audit", name);
    const text = Buffer.from(await storage.read(path)).toString();
    await storage.write(path, Buffer.from(text.replace('"actorName":"sato"', '"actorName":"kita"')));
    const broken = await xmailcfg("audit", "verify");
    expect(broken.code).toBe(1);
    expect(broken.out).toMatch(/whole: false[\s\S]*faults:\n {2}changed {2}1 /);
    expect((await as("sato").open("/audit/verification")).text).toMatch(/1 fault was found.*Record 1 is not/);
    const json = await xmailcfg("audit", "verify", "--json");
    expect([json.code, (JSON.parse(json.out) as { whole: boolean }).whole]).toEqual([1, false]);
    expect((await xmailcfg("audit", "verify", "--after", "1")).code).toBe(0);
    expect((await xmailcfg("audit", "verify", "--head", "abc")).code).toBe(2);
    await storage.write(path, Buffer.from(text));
    expect((await xmailcfg("audit", "verify", "--head", "0".repeat(64))).code).toBe(1);
  });
});
