import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openDemo } from "../../src/demo.ts";
import { Secret } from "../../src/errors/secret.ts";
import { NOBODY_YET } from "../../src/kernel/people.ts";
import { seedStorm } from "../../src/simulator/demo-storm.ts";
import { local } from "../../src/storage/local.ts";
import { type PanelVisitor, visitorOf } from "./panel-visitor.ts";
import { openWorld, type World } from "./world.ts";

const STORM = { seed: 9, account: "carol@example.com", spam: 120, innocent: 6, others: 10 } as const;
/** What of all answers is looked at here. */
interface Answer {
  readonly items: readonly { readonly name: string; readonly messages: number }[];
  readonly incident: string;
  readonly mail: string;
  readonly held: string;
  readonly heldSpam: string;
}
const ALL = STORM.spam + STORM.innocent + STORM.others;

/** Message names by where they stand. */
function standing({ mailRoot }: World) {
  const found = { queue: [] as string[], held: [] as string[], bin: [] as string[] };
  for (const entry of readdirSync(mailRoot, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name).slice(mailRoot.length + 1);
    if (!entry.isFile() || !/\/(?:mess|rsnd|froz)\/[^/]+\.mx1$/.test(path)) continue;
    const where = path.startsWith("spool/") ? "queue" : path.includes("/spool/held/") ? "held" : "bin";
    found[where].push(entry.name);
  }
  return found;
}

describe.each(["ctrl+files", "tab"] as const)("a stolen account, %s", (mode) => {
  let world: World;
  let spam: Set<string>;
  let all: string[];
  beforeEach(async () => {
    world = await openWorld(mode);
    const added = await world.api("POST", "/domains/example.com/accounts", {
      ...{ name: "carol", kind: "user", password: "Guessed-once-1" },
    });
    expect(added.status).toBe(200);
    const now = new Date(Date.now() - 60_000);
    const messages = await seedStorm(local(world.mailRoot), { ...STORM, now });
    const nameOf = (id: string) => id.replace(/^\d+_\d+_/, "");
    spam = new Set(messages.filter(({ whose }) => whose === "spam").map(({ id }) => nameOf(id)));
    all = messages.map(({ id }) => nameOf(id)).sort();
  });
  afterEach(() => world.close());

  function stands(queue: number, held: number, bin: number): void {
    const found = standing(world);
    expect([found.queue.length, found.held.length, found.bin.length]).toEqual([queue, held, bin]);
    expect([...found.queue, ...found.held, ...found.bin].sort()).toEqual(all);
    // The line is where it was drawn: nothing but spam in the bin.
    expect(found.bin.every((name) => spam.has(name))).toBe(true);
  }

  test("by the API: found, stopped, sorted out, told", async () => {
    const ask = async (method: string, path: string, body?: unknown) => {
      const answer = await world.api(method, path, body);
      const text = await answer.text();
      expect([answer.status, text]).toEqual([200, text]);
      return JSON.parse(text) as Answer;
    };
    const { items } = await ask("GET", "/incident-suspects");
    expect(items.map(({ name, messages }) => [name, messages])).toEqual([["carol", 126]]);
    const opened = await ask("POST", "/incidents", { domain: "example.com", name: "carol" });
    const { incident, mail } = opened;
    await ask("POST", "/domains/example.com/accounts/carol/suspend");
    await ask("POST", "/spool/hold", { filter: mail });
    stands(10, 126, 0);
    const { held, heldSpam } = await ask("PUT", `/incidents/${incident}`, { spam: "ip:^203.0.113." });
    const seen = (await ask(
      "GET",
      `/spool/explain?${new URLSearchParams({ action: "remove", filter: heldSpam, among: held })}`,
    )) as unknown as { caught: { messages: number }; left: { messages: number } };
    expect([seen.caught.messages, seen.left.messages]).toEqual([120, 6]);
    await ask("POST", "/spool/remove", { filter: heldSpam });
    stands(10, 6, 120);
    await ask("POST", "/spool/release", { filter: held });
    stands(16, 0, 120);
    await ask("PUT", "/domains/example.com/accounts/carol/password", { password: "Quiet-river-1977" });
    await ask("POST", `/incidents/${incident}/close`);
    const report = await ask("GET", `/incidents/${incident}`);
    expect(report).toMatchObject({
      next: null,
      suspended: true,
      openedBy: "master",
      pattern: { messages: 126 },
      totals: { held: 126, removed: 120, putBack: 0, released: 6 },
    });
  });

  test("in the panel without script, each step undone once, and gone on with in another browser", async () => {
    let visitor: PanelVisitor = visitorOf(world.panel);
    await visitor.signIn("master", "Administrator-1");
    const list = await visitor.open("/rescue");
    expect(list.text).toContain("carol@example.com");
    expect(list.text).toContain("126 messages in the queue");
    const begun = await visitor.send("/rescue", { address: "carol@example.com" });
    const path = begun.headers.get("location") ?? "";
    expect(path).toMatch(/^\/rescue\/\d{8}T/);
    const press = async (act: string, fields: Record<string, string> | URLSearchParams = {}) => {
      const form = new URLSearchParams(fields);
      form.set("act", act);
      await visitor.open(path);
      const answer = await visitor.send(path, form);
      expect([answer.status, answer.text], act).toEqual([303, answer.text]);
      return visitor.open(answer.headers.get("location") ?? "");
    };
    expect((await visitor.open(path)).text).toContain("1. Stop the account");
    await press("suspend");
    expect((await press("undo-suspend")).text).toContain("1. Stop the account");
    expect((await press("suspend")).text).toContain("Hold 126 messages");
    await press("hold");
    stands(10, 126, 0);
    await press("undo-hold");
    stands(ALL, 0, 0);
    await press("hold");

    // Another browser, another day.
    visitor = visitorOf(world.panel);
    await visitor.signIn("master", "Administrator-1");
    const sorting = await visitor.open(`${path}?step=remove&by=ip`);
    expect(sorting.text).toContain("3. Spam to the bin");
    const parts = sorting.tags
      .filter(({ attributes }) => attributes.get("name") === "part")
      .map(({ attributes }) => attributes.get("value") ?? "")
      .filter((part) => part.includes("203.0.113."));
    const form = new URLSearchParams({ by: "ip", spam: "" });
    for (const part of parts) form.append("part", part);
    const seen = await press("spam", form);
    expect(seen.text).toContain("Move 120 to the bin");
    const samples = seen.text.slice(seen.text.indexOf("Samples of what stays"));
    expect(samples).toContain("carol@example.com");
    expect(samples).not.toContain("parcel");
    await press("remove");
    stands(10, 6, 120);
    await press("undo-remove");
    stands(10, 126, 0);
    await press("remove");
    expect((await visitor.open(path)).text).toContain("Release 6 messages");
    await press("release");
    stands(16, 0, 120);
    await press("undo-release");
    stands(10, 6, 120);
    await press("release");

    const twice = { password: "Quiet-river-1977", passwordAgain: "Quiet-river-1978" };
    await visitor.open(path);
    const refused = await visitor.send(path, { act: "password", ...twice });
    expect([refused.status, refused.text]).toEqual([422, expect.stringContaining("5. New password")]);
    await press("password", { ...twice, passwordAgain: twice.password });
    await press("undo-password");
    await press("password", { ...twice, passwordAgain: twice.password });
    await press("note", { note: "Told by telephone" });
    expect((await press("resume")).text).toContain("Report and end");
    await press("close");
    const report = await visitor.open(`${path}/report`);
    expect(report.text).toContain("120 messages moved to the bin");
    expect(report.text).toContain("Told by telephone");
    const json = await visitor.open(`${path}/report.json`);
    expect(json.headers.get("content-disposition")).toContain("attachment");
    const told = JSON.parse(json.html) as {
      closed: string;
      totals: object;
      events: { what: string; by: string }[];
    };
    expect(told.totals).toEqual({ held: 258, removed: 120, putBack: 120, released: 138 });
    expect(told.closed).not.toBeNull();
    expect(told.events.every(({ by }) => by === "master")).toBe(true);
    stands(16, 0, 120);
  });
});

test("a message of the queue is a file that is never a page, and only with a reason", async () => {
  const world = await openWorld("tab");
  try {
    const [message] = await seedStorm(local(world.mailRoot), {
      ...{ ...STORM, spam: 1, innocent: 0, others: 0 },
      now: new Date(),
    });
    const visitor = visitorOf(world.panel);
    await visitor.signIn("master", "Administrator-1");
    const path = `/queue/messages/${message?.id}/mail.eml`;
    const asked = await visitor.open(path);
    expect(asked.html).not.toContain("This message was made up");
    const given = asked.tags.filter(({ name }) => name === "input");
    const form = new URLSearchParams(
      given.map(({ attributes }) => [attributes.get("name") ?? "", attributes.get("value") ?? ""]),
    );
    form.set("why", "a complaint");
    const file = await visitor.send(path, form);
    expect([file.status, file.headers.get("content-type")]).toEqual([200, "message/rfc822"]);
    expect(file.headers.get("content-disposition")).toBe('attachment; filename="message.eml"');
    expect(file.html).toContain("This message was made up to practise on.");
    const list = await visitor.open("/queue/jobs");
    expect([list.status, list.text]).toEqual([200, expect.stringContaining("Nothing was done")]);
  } finally {
    await world.close();
  }
});

test("the demo with a storm has an account to practise on", async () => {
  const demo = await openDemo({ storm: true });
  try {
    const { items } = await demo.xmail.incident.detect({});
    expect(items.map(({ name, messages }) => [name, messages])).toEqual([["billing", 2421]]);
  } finally {
    await demo.close();
  }
});

test("who looks at everything and changes nothing sees the rescue and has none of its buttons", async () => {
  const world = await openWorld("tab");
  try {
    const looker = { ...NOBODY_YET, name: "looker", role: "auditor" } as const;
    await world.state.people.add(looker, new Secret("Administrator-2"));
    await world.api("POST", "/domains/example.com/accounts", {
      ...{ name: "carol", kind: "user", password: "Guessed-once-1" },
    });
    const opened = await world.api("POST", "/incidents", { domain: "example.com", name: "carol" });
    const { incident } = (await opened.json()) as { incident: string };
    const visitor = visitorOf(world.panel);
    await visitor.signIn("looker", "Administrator-2");
    const page = await visitor.open(`/rescue/${incident}`);
    expect([page.status, page.text]).toEqual([200, expect.stringContaining("1. Stop the account")]);
    expect(page.html).not.toContain('value="suspend"');
    expect((await visitor.send(`/rescue/${incident}`, { act: "suspend" })).status).toBe(403);
  } finally {
    await world.close();
  }
});
