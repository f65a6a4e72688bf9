import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openWatch } from "../../src/open-watch.ts";
import { createPanel } from "../../src/panel.ts";
import { MODES, openWorld, type World } from "./world.ts";

describe.each(MODES)("watching, over %s", (mode) => {
  let world: World;
  let get: (path: string, key?: string) => Promise<Response>;
  beforeEach(async () => {
    world = await openWorld(mode);
    const { xmail, state } = world;
    const watch = openWatch(
      {},
      { memory: state.watch, post: xmail.backend.post, serverName: "mx1", now: () => new Date() },
    );
    const panel = createPanel(xmail, { state, watch });
    const master = (await state.addApiKey({ administrator: "master", name: "scrape" })).reveal();
    get = (path, key = master) =>
      panel(
        new Request(`http://127.0.0.1${path}`, {
          headers: key === "" ? {} : { authorization: `Bearer ${key}` },
        }),
      );
  });
  afterEach(() => world.close());

  test("numbers for Prometheus: what is known, and no name of anybody", async () => {
    const response = await get("/metrics");
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
    const text = await response.text();
    // Every line is one of the format's own.
    for (const line of text.trimEnd().split("\n")) {
      expect(line).toMatch(
        /^(?:# (?:HELP|TYPE) xmailcfg_\w+ .+|xmailcfg_\w+(?:\{\w+="\w+"(?:,\w+="\w+")*\})? -?\d+)$/,
      );
    }
    expect(text).toContain("\nxmailcfg_domains 1\n");
    if (mode === "ctrl") expect(text).toContain('xmailcfg_unknown{part="logs"} 1');
    else expect(text).toContain("\nxmailcfg_queue_messages 0\n");
    expect(text).not.toContain("example.com");
  });

  test("nobody without a key reads them, and nobody with a key that may not look", async () => {
    expect((await get("/metrics", "")).status).toBe(401);
    expect((await get("/metrics", "xcfg_nobody")).status).toBe(401);
    const { people } = world.state;
    const master = await people.named("master");
    const { secret } = await people.keys.add({
      name: "lists",
      person: master?.id ?? "",
      allow: ["account.list"],
      on: null,
      networks: [],
      validUntil: "",
      dryRunOnly: false,
    });
    expect((await get("/metrics", secret.reveal())).status).toBe(403);
  });

  test("a scrape keeps nothing, and takes the look that was kept while it is fresh", async () => {
    await get("/metrics");
    const { watch } = world.state;
    expect((await watch.read()).look).toBeNull();
    const run = await get("/api/watch");
    expect(await run.json()).toEqual({ look: null, ways: [] });
    await watch.keep((kept) => ({
      ...kept,
      look: {
        at: new Date().toISOString(),
        problems: [{ code: "queueOld", about: "", value: 30, bound: 24 }],
        numbers: { ...NONE, domains: 77 },
        unknown: [],
      },
    }));
    expect(await (await get("/metrics")).text()).toContain("\nxmailcfg_domains 77\n");
    await watch.keep((kept) => ({
      ...kept,
      look: kept.look && { ...kept.look, at: new Date(Date.now() - 3_600_000).toISOString() },
    }));
    expect(await (await get("/metrics")).text()).toContain("\nxmailcfg_domains 1\n");
  });
});

const NONE = {
  domains: null,
  accounts: null,
  lists: null,
  aliases: null,
  queueMessages: null,
  queueBytes: null,
  queueOldestSeconds: null,
  frozenMessages: null,
  mailToday: null,
  mailBytesToday: null,
  mailLastWeek: null,
  mailBytesLastWeek: null,
  refusedToday: null,
  mailboxesFull: null,
  mailboxesNearlyFull: null,
  certificateDays: null,
};
