import { TOTP } from "otpauth";
import { beforeEach, describe, expect, test } from "vitest";
import { Secret } from "../../src/errors/secret.ts";
import type { FetchHandler } from "../../src/http/types.ts";
import { libraryOver, type XMail } from "../../src/library.ts";
import { createPanel } from "../../src/panel.ts";
import { newPerson } from "../../src/state/people-file.ts";
import { openState, type State } from "../../src/state/state.ts";
import { RULES } from "../../src/state/tries/rules.ts";
import { memory } from "../../src/storage/memory.ts";
import { openTabBackend } from "../../src/tab/backend.ts";
import { KEPT_PASSKEY } from "../support/passkey.ts";
import { testRoot } from "../unit/tab/mail-root.ts";
import { ORIGIN, visitorOf } from "./panel-visitor.ts";

const PASSWORD = "Quiet-river-1977";
const MAIL_PASSWORD = "Long-enough-1";

let state: State;
let xmail: XMail;
let panel: FetchHandler;
/** The panel's clock stands still. */
let stopped: Date;
beforeEach(async () => {
  const { storage } = await testRoot({}, { domain: "example.com" });
  state = await openState(memory());
  await state.people.add({ ...newPerson({ name: "master" }), alias: "headmaster" }, new Secret(PASSWORD));
  const { people, history, audit } = state;
  xmail = libraryOver(await openTabBackend({ storage }), { people, history, audit });
  await xmail.account.add({ domain: "example.com", name: "hana", password: MAIL_PASSWORD });
  stopped = new Date();
  panel = createPanel(xmail, { state, allowedHosts: ["panel.example"], now: () => stopped });
});

const wrong = (visitor: ReturnType<typeof visitorOf>, name: string) =>
  visitor.send("/sign-in", { name, password: "not this one" });

describe("tries to sign in", { timeout: 90_000 }, () => {
  test("by name and by alias of one person are counted together, and it is told how long to wait", async () => {
    const stranger = visitorOf(panel);
    await stranger.open("/sign-in");
    for (let count = 0; count < RULES.name.most; count += 1) {
      const answer = await wrong(stranger, count % 2 === 0 ? "master" : "HeadMaster");
      expect(answer.status).toBe(422);
    }
    for (const name of ["master", "headmaster"]) {
      const answer = await wrong(stranger, name);
      expect([answer.status, answer.headers.get("retry-after")]).toEqual([429, "900"]);
      expect(answer.text).toContain("Try again in 15 minutes.");
    }
    expect((await wrong(stranger, "somebody")).status).toBe(422);
    const japanese = visitorOf(panel, { "accept-language": "ja" });
    await japanese.open("/sign-in");
    expect((await wrong(japanese, "master")).text).toContain("15分後にもう一度お試しください。");
  });

  test("at one's own password are counted as those to sign in, by page and by API", async () => {
    const master = visitorOf(panel);
    await master.signIn("master", PASSWORD);
    await master.open("/me/password");
    const change = {
      currentPassword: "not this one",
      password: "Another-river-1",
      passwordAgain: "Another-river-1",
    };
    const answers: number[] = [];
    for (let count = 0; count < RULES.own.most + RULES.name.most + 1; count += 1) {
      answers.push((await master.send("/me/password", change)).status);
    }
    expect(answers.indexOf(429)).toBeGreaterThan(0);
    expect(answers.at(-1)).toBe(429);
    const right = { ...change, currentPassword: PASSWORD };
    expect((await master.send("/me/password", right)).status).toBe(429);
    expect(
      await state.people.isPassword((await state.people.named("master"))?.id ?? "", new Secret(PASSWORD)),
    ).toBe(true);
    const token = /name="csrf" value="([^"]+)"/.exec((await master.open("/me/password")).html)?.[1] ?? "";
    const byApi = await master.open("/api/me/password", {
      method: "PUT",
      body: JSON.stringify({ currentPassword: PASSWORD, password: "Another-river-1" }),
      headers: {
        "content-type": "application/json",
        "x-csrf-token": token,
        origin: ORIGIN,
        "sec-fetch-site": "same-origin",
      },
    });
    expect(byApi.status).toBe(429);
  });
});

describe("the owner of a mailbox", { timeout: 60_000 }, () => {
  const owner = async () => {
    const visitor = visitorOf(panel, {}, "", "/at/mailbox");
    await visitor.signIn("hana@example.com", MAIL_PASSWORD);
    return visitor;
  };

  test("who sets a new password stays signed in here, by another session, and nowhere else", async () => {
    const [here, there] = [await owner(), await owner()];
    const before = [...here.cookies.values()].join();
    await here.open("/accounts/example.com/hana/password");
    const answer = await here.send("/accounts/example.com/hana/password", {
      password: "Even-longer-2",
      passwordAgain: "Even-longer-2",
      step: "save",
    });
    expect([answer.status, answer.headers.get("location")]).toEqual([
      303,
      expect.stringContaining("/accounts/example.com/hana"),
    ]);
    expect((await here.open("/accounts/example.com/hana")).status).toBe(200);
    expect([...here.cookies.values()].join()).not.toBe(before);
    expect((await there.open("/accounts/example.com/hana")).status).toBe(303);
  });

  test("who sets up a second factor goes on here, and nowhere else", async () => {
    const [here, there] = [await owner(), await owner()];
    await here.open("/me/app");
    const begun = await here.send("/me/app");
    const secret = (/class="mono key">([A-Z2-7 ]+)</.exec(begun.html)?.[1] ?? "").replaceAll(" ", "");
    const kept = /name="kept" value="([^"]+)"/.exec(begun.html)?.[1] ?? "";
    const code = new TOTP({ secret }).generate({ timestamp: stopped.getTime() });
    expect((await there.open("/me")).status).toBe(200);
    expect((await here.send("/me/app/confirm", { kept, code })).status).toBe(200);
    expect((await there.open("/me")).status).toBe(303);
    expect((await here.open("/me")).text).toContain("10 codes are left.");
  });

  test.each<[string, () => Promise<unknown>]>([
    ["his account", () => xmail.account.remove({ domain: "example.com", name: "hana" })],
    ["his domain", () => xmail.domain.remove({ domain: "example.com" })],
  ])(
    "is signed out when %s is removed, and another of its name neither signed in nor asked for his second factor",
    async (_, remove) => {
      const visitor = await owner();
      const his = "owner:hana@example.com";
      await state.people.factors.addPasskey(his, KEPT_PASSKEY);
      expect((await visitor.open("/accounts/example.com/hana")).status).toBe(200);
      await remove();
      expect((await state.people.factors.of(his)).passkeys).toEqual([]);
      await xmail.domain.add({ domain: "example.com" }).catch(() => undefined);
      await xmail.account.add({ domain: "example.com", name: "hana", password: MAIL_PASSWORD });
      expect((await visitor.open("/accounts/example.com/hana")).status).toBe(303);
    },
  );
});

describe("a lost second factor of the owner of a mailbox", { timeout: 60_000 }, () => {
  test("is taken away by who looks after the domain, in the panel, and ends what is signed in", async () => {
    const owner = visitorOf(panel, {}, "", "/at/mailbox");
    await owner.signIn("hana@example.com", MAIL_PASSWORD);
    await xmail.delegation.add({ name: "kita", password: PASSWORD, domains: ["example.com"] });
    const kita = visitorOf(panel, {}, "", "/at/office");
    await kita.signIn("kita", PASSWORD);
    const here = "/accounts/example.com/hana";
    const none = await kita.open(here);
    expect(none.text).toContain("Second factornone");
    expect(none.html).not.toContain("/reset-factors");
    await state.people.factors.addPasskey("owner:hana@example.com", KEPT_PASSKEY);
    const some = await kita.open(here);
    expect(some.text).toContain("Second factor1 passkey");
    expect(some.html).toContain(`href="/at/office${here}/reset-factors"`);
    expect((await owner.open(here)).html).not.toContain("/reset-factors");
    expect((await owner.send(`${here}/reset-factors`, { step: "save" })).status).toBe(403);
    const question = await kita.open(`${here}/reset-factors`);
    expect(question.text).toContain("Remove the second factors of hana@example.com?");
    const done = await kita.send(`${here}/reset-factors`, { step: "save" });
    expect([done.status, done.headers.get("location")]).toEqual([303, `/at/office${here}`]);
    expect((await state.people.factors.of("owner:hana@example.com")).passkeys).toEqual([]);
    expect((await owner.open(here)).status).toBe(303);
    expect((await kita.open(here)).text).toContain("Second factornone");
    const again = visitorOf(panel, {}, "", "/at/mailbox");
    await again.signIn("hana@example.com", MAIL_PASSWORD);
    expect((await again.open(here)).status).toBe(200);
  });
});

describe("the picture of an entrance", { timeout: 60_000 }, () => {
  const PNG = Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    Buffer.alloc(300, 7),
  ]);

  test("is uploaded, served to strangers to be kept, and taken away again; SVG and what is too large are not taken", async () => {
    const master = visitorOf(panel);
    await master.signIn("master", PASSWORD);
    const { id } = await xmail.delegation.add({
      name: "kita",
      password: PASSWORD,
      domains: ["example.com"],
      doorSlug: "kita-office",
    });
    const upload = async (fields: Record<string, Blob | string>) => {
      const { html, tags } = await master.open(`/people/${id}/edit`);
      expect(tags.find(({ name }) => name === "form")).toBeDefined();
      expect(html).toContain('enctype="multipart/form-data"');
      const form = new FormData();
      form.append("csrf", /name="csrf" value="([^"]+)"/.exec(html)?.[1] ?? "");
      form.append("step", "save");
      for (const [name, value] of Object.entries({
        name: "kita",
        doorSlug: "kita-office",
        domains: "example.com",
        ...fields,
      })) {
        form.append(name, value);
      }
      return master.open(`/people/${id}/edit`, {
        method: "POST",
        body: form,
        headers: { origin: ORIGIN, "sec-fetch-site": "same-origin" },
      });
    };
    expect((await upload({ doorLogo: new Blob([PNG], { type: "image/svg+xml" }) })).status).toBe(303);
    const stranger = visitorOf(panel, {}, "", "/at/kita-office");
    const logo = async () => /src="([^"]*door-logo[^"]*)"/.exec((await stranger.open("/sign-in")).html)?.[1];
    const address = (await logo()) ?? "";
    const shown = await panel(new Request(ORIGIN + address));
    expect(Buffer.from(await shown.arrayBuffer()).equals(PNG)).toBe(true);
    expect(Object.fromEntries(shown.headers)).toMatchObject({
      "content-type": "image/png",
      "cache-control": expect.stringContaining("immutable"),
      "x-content-type-options": "nosniff",
      "content-security-policy": expect.stringContaining("default-src 'none'"),
    });

    const svg = new Blob(['<svg xmlns="http://www.w3.org/2000/svg"/>'], { type: "image/png" });
    expect((await upload({ doorLogo: svg })).status).toBe(422);
    const large = await upload({ doorLogo: new Blob([PNG, new Uint8Array(120_000)]) });
    expect([large.status, large.text]).toEqual([422, expect.stringContaining("too large")]);
    expect((await upload({ doorTitle: "Kita" })).status).toBe(303);
    expect(await logo()).toBe(address);
    expect((await upload({ removeLogo: "true" })).status).toBe(303);
    expect(await logo()).toBeUndefined();
  });
});

describe("who looks after a domain", { timeout: 60_000 }, () => {
  test("finds the changes in it in his panel, and takes one back", async () => {
    await xmail.domain.add({ domain: "example.org" });
    await xmail.delegation.add({ name: "kita", password: PASSWORD, domains: ["example.com"] });
    for (const domain of ["example.com", "example.org"]) {
      await xmail.account.add({ domain, name: "ken", password: MAIL_PASSWORD });
      await xmail.alias.add({ domain, alias: "info", target: "ken" });
    }
    const visitor = visitorOf(panel, {}, "", "/at/office");
    await visitor.signIn("kita", PASSWORD);
    const page = await visitor.open("/changes");
    expect([page.status, page.text]).toEqual([200, expect.stringContaining("info@example.com")]);
    expect(page.text).not.toContain("example.org");
    const { items } = await xmail.change.list({ operation: "alias.add" });
    const idOf = (domain: string) => items.find(({ about }) => about.includes(domain))?.change ?? "";
    const shown = await visitor.open(`/changes/${idOf("example.com")}`);
    expect([shown.status, shown.html]).toEqual([200, expect.stringContaining("/undo")]);
    expect((await visitor.open(`/changes/${idOf("example.org")}`)).status).toBe(404);
    await visitor.open(`/changes/${idOf("example.com")}`);
    const undone = await visitor.send(`/changes/${idOf("example.com")}/undo`, { step: "save" });
    expect(undone.status).toBe(303);
    const left = await xmail.alias.list({ domain: "example.com" });
    expect(left.items.map(({ alias }) => alias)).not.toContain("info");
    await visitor.send(`/changes/${idOf("example.org")}/undo`, { step: "save" });
    expect((await xmail.alias.list({ domain: "example.org" })).items).toHaveLength(1);
  });
});
