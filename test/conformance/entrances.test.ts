import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Secret } from "../../src/errors/secret.ts";
import type { FetchHandler } from "../../src/http/types.ts";
import type { Delegation, Door, NewPerson, Person } from "../../src/kernel/people.ts";
import { createPanel, type PanelOptions } from "../../src/panel.ts";
import { newPerson } from "../../src/state/people-file.ts";
import { RULES } from "../../src/state/tries/rules.ts";
import { type PanelVisitor, visitorOf } from "./panel-visitor.ts";
import { openWorld, type World } from "./world.ts";

const PASSWORD = "correct horse battery";
const MAILBOX = { domain: "example.com", name: "hana" };
const MAIL_PASSWORD = "mailbox-password-1";
const LOGO =
  "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

let world: World;
const clock = { at: new Date() };

beforeEach(async () => {
  world = await openWorld("tab");
  await world.xmail.account.add({ ...MAILBOX, password: MAIL_PASSWORD });
  await world.xmail.account.add({
    domain: "example.com",
    name: "news",
    kind: "list",
    password: MAIL_PASSWORD,
  });
  clock.at = new Date();
});
afterEach(() => world.close());

const NO_DOOR: Door = { slug: "", host: "", title: "", text: "", logo: "", colour: "" };

function delegation(domains: readonly string[], door: Partial<Door> = {}): Delegation {
  return {
    domains,
    most: {},
    rights: ["handOn"],
    support: { postmaster: "", masterEmail: "", masterPhone: "", popServer: "", smtpServer: "" },
    door: { ...NO_DOOR, ...door },
  };
}

function add(person: Partial<NewPerson> & { readonly name: string }): Promise<Person> {
  return world.state.people.add(newPerson(person), new Secret(PASSWORD));
}

const delegate = (name: string, door: Partial<Door> = {}, more: Partial<NewPerson> = {}) =>
  add({ name, role: "delegate", delegation: delegation(["example.com"], door), ...more });

function panelWith(options: Partial<PanelOptions> = {}): FetchHandler {
  return createPanel(world.xmail, { state: world.state, now: () => clock.at, ...options });
}

function at(door: string, panel = panelWith(), more: Record<string, string> = {}): PanelVisitor {
  return visitorOf(panel, more, "", door);
}

async function statusOf(visitor: PanelVisitor, name: string, password = PASSWORD): Promise<number> {
  await visitor.open("/sign-in");
  return (await visitor.send("/sign-in", { name, password })).status;
}

describe("who comes in where", () => {
  test("each kind of people only at its own entrance, and the answer is the same for all reasons", async () => {
    await delegate("sato");
    await delegate("kato", { slug: "kato-office" });
    await delegate("mori", {}, { parent: (await world.state.people.named("kato"))?.id ?? "" });
    await add({
      name: "list-keeper",
      role: "listAdministrator",
      lists: [{ domain: "example.com", name: "news" }],
    });
    const doors = ["", "/at/office", "/at/kato-office", "/at/mailbox"];
    const came = async (name: string, password?: string) =>
      Promise.all(doors.map(async (door) => (await statusOf(at(door), name, password)) === 303));
    expect(await came("master", "Administrator-1")).toEqual([true, false, false, false]);
    expect(await came("sato")).toEqual([false, true, false, false]);
    expect(await came("kato")).toEqual([false, true, true, false]);
    expect(await came("mori")).toEqual([false, true, true, false]);
    expect(await came("list-keeper")).toEqual([false, true, false, false]);
    expect(await came("hana@example.com", MAIL_PASSWORD)).toEqual([false, false, false, true]);
  }, 60_000);

  test("a session of one entrance is none at any other, even under its cookie's name", async () => {
    await delegate("sato", { slug: "sato-office" });
    const panel = panelWith();
    const sessions: Record<string, string> = {};
    for (const [door, name, password] of [
      ["", "master", "Administrator-1"],
      ["/at/office", "sato", PASSWORD],
      ["/at/sato-office", "sato", PASSWORD],
      ["/at/mailbox", "hana@example.com", MAIL_PASSWORD],
    ] as const) {
      const visitor = at(door, panel);
      await visitor.signIn(name, password);
      const cookie = visitor.cookies.get(door === "" ? "__Host-xmailcfg" : "mail") ?? "";
      expect(cookie, door).not.toBe("");
      sessions[door] = cookie;
      expect((await visitor.open("/")).status, door).toBe(200);
    }
    for (const door of Object.keys(sessions)) {
      for (const [from, cookie] of Object.entries(sessions)) {
        const visitor = at(door, panel);
        visitor.cookies.set(door === "" ? "__Host-xmailcfg" : "mail", cookie);
        expect((await visitor.open("/")).status, `${from} at ${door}`).toBe(from === door ? 200 : 303);
      }
    }
  }, 60_000);

  test("nobody who is disabled, out of his days, elsewhere, or below such a person; sessions and keys end, too", async () => {
    const boss = await delegate("boss");
    const clerk = await delegate(
      "clerk",
      {},
      { parent: boss.id, networks: ["192.0.2.0/24", "2001:db8::/32"] },
    );
    const all = {
      allow: null,
      on: null,
      networks: ["198.51.100.7", "192.0.2.9"],
      validUntil: "",
      dryRunOnly: false,
    };
    const { secret } = await world.state.people.keys.add({ ...all, name: "k", person: clerk.id });
    const panel = panelWith();
    const from =
      (address: string): FetchHandler =>
      (request, peer) =>
        panel(request, { ...peer, address });
    const inside = at("/at/office", from("::ffff:192.0.2.9"));
    const key = async (address: string) =>
      (
        await at("/at/office", from(address)).open("/api/domains", {
          headers: { authorization: `Bearer ${secret.reveal()}` },
        })
      ).status;
    expect(await statusOf(at("/at/office", from("198.51.100.7")), "clerk")).toBe(422);
    await inside.signIn("clerk", PASSWORD);
    expect((await inside.open("/")).status).toBe(200);
    expect([await key("192.0.2.9"), await key("198.51.100.7"), await key("192.0.2.10")]).toEqual([
      200, 401, 401,
    ]);
    expect((await world.state.people.keys.list()).find(({ name }) => name === "k")?.lastUsedFrom).toBe(
      "192.0.2.9",
    );
    for (const change of [{ disabled: true }, { validUntil: "2001-01-01" }, { validFrom: "2999-01-01" }]) {
      await world.state.people.change(boss.id, (person) => ({ ...person, ...change }));
      expect((await inside.open("/")).status, JSON.stringify(change)).toBe(303);
      expect(await key("192.0.2.9")).toBe(401);
      expect(await statusOf(at("/at/office", from("192.0.2.9")), "clerk")).toBe(422);
      await world.state.people.change(boss.id, (person) => ({
        ...person,
        disabled: false,
        validUntil: "",
        validFrom: "",
      }));
      await inside.signIn("clerk", PASSWORD);
    }
  }, 60_000);

  test("a sign-in lasts as long as the person's says, and moves on with each request", async () => {
    await delegate("sato", {}, { sessionSeconds: 120 });
    const visitor = at("/at/office");
    await visitor.signIn("sato", PASSWORD);
    for (const seconds of [100, 100, 100]) {
      clock.at = new Date(clock.at.getTime() + seconds * 1000);
      expect((await visitor.open("/")).status).toBe(200);
    }
    clock.at = new Date(clock.at.getTime() + 121_000);
    expect((await visitor.open("/")).status).toBe(303);
  });
});

describe("an entrance", () => {
  test("says what its owner wants, names neither the product nor what it is for, and an unknown one is no page", async () => {
    await delegate("sato", {
      slug: "sato-office",
      title: "Sato Mail",
      text: "Welcome.\nCall 03.",
      logo: LOGO,
      colour: "#aa3300",
    });
    for (const language of ["en", "ja"]) {
      for (const door of ["/at/sato-office", "/at/office", "/at/mailbox"]) {
        const visitor = at(door, panelWith({ serverName: "mx1" }), { "accept-language": language });
        const page = await visitor.open("/sign-in");
        expect([door, page.status]).toEqual([door, 200]);
        const told = [page.html, [...page.headers].join()].join();
        expect(told.replace(/\/assets\/[^"]*/g, "")).not.toMatch(/xmail|admin|管理者|mx1/i);
        if (door !== "/at/sato-office") continue;
        for (const words of ["Sato Mail", "Welcome.", "Call 03."]) expect(page.text).toContain(words);
        const links = page.tags.flatMap(({ attributes }) => [attributes.get("src"), attributes.get("href")]);
        const logo = links.find((link) => link?.includes("door-logo")) ?? "";
        const style = links.find((link) => link?.includes("door-style")) ?? "";
        const picture = await visitor.open(logo.slice(door.length));
        expect([picture.status, picture.headers.get("content-type")]).toEqual([200, "image/png"]);
        expect((await visitor.open(style.slice(door.length))).html).toContain("#aa3300");
      }
    }
    const unknown = await at("/at/nobody").open("/sign-in");
    expect(unknown.status).toBe(404);
    expect((await at("/at/office", panelWith({ doors: { delegates: false } })).open("/sign-in")).status).toBe(
      404,
    );
    expect(
      (await at("/at/partners", panelWith({ doors: { delegates: "partners" } })).open("/sign-in")).status,
    ).toBe(200);
  });

  test("keeps links, cookies, redirects, assets and API below itself, and leads nowhere else", async () => {
    await delegate("sato");
    const visitor = at("/at/office");
    const page = await visitor.open("/domains");
    expect([page.status, page.headers.get("location")]).toEqual([303, "/at/office/sign-in?next=%2Fdomains"]);
    const form = await visitor.open("/sign-in");
    for (const { attributes } of form.tags) {
      for (const name of ["href", "src", "action"]) {
        const link = attributes.get(name);
        if (link !== undefined && !link.startsWith("#")) expect(link).toMatch(/^\/at\/office\//);
      }
    }
    for (const line of form.headers.getSetCookie()) expect(line).toMatch(/^mail.*; Path=\/at\/office;/);
    const css = form.tags.find(({ name }) => name === "link")?.attributes.get("href") ?? "";
    expect((await visitor.open(css.slice("/at/office".length))).status).toBe(200);
    const next = { name: "sato", password: PASSWORD, next: "//evil.example/" };
    expect((await visitor.send("/sign-in", next)).headers.get("location")).toBe("/at/office/");
    expect((await visitor.open("/api/domains")).status).toBe(200);
  });

  test("on a host of its own", async () => {
    await delegate("sato", { host: "post.example.net", title: "Sato Mail" });
    const panel = panelWith({ baseUrl: "https://panel.example" });
    const get = (url: string) => panel(new Request(url, { headers: { accept: "text/html" } }));
    const page = await get("https://post.example.net/sign-in");
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining("Sato Mail")]);
    expect((await get("https://other.example.net/sign-in")).status).toBe(404);
    expect((await (await get("https://panel.example/sign-in")).text()).includes("Sato Mail")).toBe(false);
  });
});

describe("where people land", () => {
  test.each([
    ["sato", "/at/office", PASSWORD, "Your domains"],
    ["keeper", "/at/office", PASSWORD, "Your mailing lists"],
    ["hana@example.com", "/at/mailbox", MAIL_PASSWORD, "Your mailbox"],
    ["revisor", "", PASSWORD, "Line to XMail"],
    ["guest", "", PASSWORD, "Line to XMail"],
  ])(
    "%s sees what is his, and every link leads somewhere",
    async (name, door, password, words) => {
      await delegate("sato");
      await add({
        name: "keeper",
        role: "listAdministrator",
        lists: [{ domain: "example.com", name: "news" }],
      });
      await add({ name: "revisor", role: "auditor" });
      await add({ name: "guest", role: "guest" });
      const visitor = at(door);
      await visitor.signIn(name, password);
      const page = await visitor.open("/");
      expect([page.status, page.text]).toEqual([200, expect.stringContaining(words)]);
      const links = page.tags.flatMap(({ name: tag, attributes }) =>
        tag === "a" ? (attributes.get("href") ?? []) : [],
      );
      for (const link of new Set(links)) {
        if (link.startsWith("#")) continue;
        const led = await visitor.open(link.slice(door.length));
        expect([link, led.status]).toEqual([link, 200]);
        expect(led.text, link).not.toContain("You may not do this");
      }
    },
    60_000,
  );
});

describe("the owner of a mailbox", () => {
  test("signs in as XMail would let him: alias and default domain, own password, not while POP3 is off", async () => {
    await world.xmail.domainAlias.add({ alias: "example.net", domain: "example.com" });
    const came = (name: string, password = MAIL_PASSWORD) => statusOf(at("/at/mailbox"), name, password);
    expect([await came("hana@example.net"), await came("HANA@Example.com"), await came("hana")]).toEqual([
      303, 303, 303,
    ]);
    expect([
      await came("hana@example.com", "wrong"),
      await came("hana@other.example"),
      await came("h*@example.com"),
      await came("news@example.com"),
    ]).toEqual([422, 422, 422, 422]);
    expect(world.everything()).not.toContain(MAIL_PASSWORD);
    const visitor = at("/at/mailbox");
    await visitor.signIn("hana@example.com", MAIL_PASSWORD);
    expect((await visitor.open("/accounts/example.com/postmaster")).status).toBe(403);
    await world.xmail.account.suspend(MAILBOX);
    expect((await visitor.open("/")).status).toBe(303);
    expect(await came("hana@example.com")).toBe(422);
  }, 60_000);

  test("has one set of tries for all spellings of his address, and so has who is not there", async () => {
    await world.xmail.domainAlias.add({ alias: "example.net", domain: "example.com" });
    const asked: string[] = [];
    const noting = <T extends object>(part: T, name: string): T =>
      new Proxy(part, {
        get(from, method) {
          const work = Reflect.get(from, method);
          if (typeof work !== "function") return work;
          return (...given: unknown[]) => {
            asked.push(`${name}.${String(method)}`);
            return Reflect.apply(work, from, given);
          };
        },
      });
    const { backend } = world.xmail;
    const { accounts, domainAliases } = backend;
    const noted = {
      ...backend,
      accounts: noting(accounts, "accounts"),
      domainAliases: noting(domainAliases, "domainAliases"),
    };
    const panel = createPanel(
      { ...world.xmail, backend: noted },
      { state: world.state, now: () => clock.at },
    );
    const known = at("/at/mailbox", panel);
    await known.signIn("hana@example.net", MAIL_PASSWORD);
    await known.open("/");
    await known.send("/sign-out");
    for (const who of ["hana", "nobody"]) {
      const spellings = [
        who,
        `${who}@example.com`,
        `${who.toUpperCase()}@Example.COM`,
        `${who}@EXAMPLE.net`,
        ` ${who}@example.net `,
      ];
      const stranger = at("/at/mailbox", panel);
      const answers: number[] = [];
      for (let count = 0; count < RULES.name.most; count += 1) {
        answers.push(await statusOf(stranger, spellings[count % spellings.length] ?? "", "wrong"));
      }
      expect(answers).toEqual(answers.map(() => 422));
      asked.length = 0;
      for (const name of spellings)
        expect([name, await statusOf(stranger, name, "wrong")]).toEqual([name, 429]);
      // Nothing about mailboxes is asked for one who must wait, and domains not each time.
      expect(asked).toEqual([]);
      expect(await statusOf(stranger, `${who}@example.org`, "wrong")).toBe(422);
    }
    // The browser he signed in with goes on, whatever spelling he used then.
    expect(await statusOf(known, "HANA", MAIL_PASSWORD)).toBe(303);
  }, 60_000);

  test("is signed out when his password is changed", async () => {
    const visitor = at("/at/mailbox");
    await visitor.signIn("hana@example.com", MAIL_PASSWORD);
    const answer = await world.api("PUT", "/domains/example.com/accounts/hana/password", {
      password: "another-password-2",
    });
    expect(answer.status).toBe(200);
    expect((await visitor.open("/")).status).toBe(303);
    expect(await statusOf(visitor, "hana@example.com", "another-password-2")).toBe(303);
  });
});

test("a copied cookie opens nothing after its owner signed out", async () => {
  const visitor = at("");
  await visitor.signIn("master", "Administrator-1");
  const copy = at("");
  for (const [name, value] of visitor.cookies) copy.cookies.set(name, value);
  expect((await copy.open("/")).status).toBe(200);
  await visitor.open("/");
  await visitor.send("/sign-out");
  expect((await copy.open("/")).status).toBe(303);
});

describe("a master who looks at the panel as somebody else", () => {
  test("sees what he sees, saves nothing, is told so, leaves his own name, and is himself after a quarter of an hour", async () => {
    const sato = await delegate("sato");
    const visitor = at("");
    await visitor.signIn("master", "Administrator-1");
    await visitor.open("/see-as");
    expect((await visitor.send("/see-as", { who: "sato", why: "" })).status).toBe(422);
    expect((await visitor.send("/see-as", { who: "master", why: "ticket 7" })).status).toBe(422);
    expect((await visitor.send("/see-as", { who: "sato", why: "ticket 7" })).status).toBe(303);
    const page = await visitor.open("/");
    expect(page.text).toContain("You see the panel as sato");
    expect(page.text).toContain("Your domains");
    expect((await visitor.open("/service")).status).toBe(403);
    const refused = await visitor.send("/domains/example.com", {}).then(() =>
      visitor.send("/accounts/example.com/hana/password", {
        password: "long-enough-pw-1",
        passwordAgain: "long-enough-pw-1",
      }),
    );
    expect(refused.text).toContain("You may look, and save nothing");
    const { accounts } = world.xmail.backend;
    expect(await accounts.checkPassword(MAILBOX, new Secret(MAIL_PASSWORD))).toBe(true);
    const found = await world.state.audit.reading?.find({ limit: 50, visible: (record) => record });
    const rows = found?.items ?? [];
    expect(rows.find(({ operation }) => operation === "session.seeAs")).toMatchObject({
      actorName: "master",
      reason: "ticket 7",
    });
    expect(rows.find(({ operation }) => operation === "account.setPassword")).toMatchObject({
      actor: sato.id,
      really: expect.stringMatching(/^adm_/),
      outcome: "refused",
    });
    await visitor.open("/");
    await visitor.send("/see-as/end");
    expect((await visitor.open("/")).text).toContain("Line to XMail");
    await visitor.send("/see-as", { who: "hana@example.com", why: "ticket 8" });
    expect((await visitor.open("/")).text).toContain("Your mailbox");
    clock.at = new Date(clock.at.getTime() + 15 * 60_000 + 1000);
    expect((await visitor.open("/")).text).toContain("Line to XMail");
  }, 60_000);

  test("is for masters alone", async () => {
    await delegate("sato");
    await add({ name: "guest", role: "guest" });
    for (const [name, door] of [
      ["guest", ""],
      ["sato", "/at/office"],
    ] as const) {
      const visitor = at(door);
      await visitor.signIn(name, PASSWORD);
      await visitor.open("/see-as");
      expect((await visitor.send("/see-as", { who: "hana@example.com", why: "ticket 7" })).status).toBe(422);
    }
  });
});

describe("the web server's own sign-in", () => {
  const as =
    (panel: FetchHandler, user?: string): FetchHandler =>
    (request, peer) =>
      panel(request, { ...peer, ...(user === undefined ? {} : { user }) });

  test("is believed when it is asked for, at the panel's own address only, by map or by name", async () => {
    await delegate("sato");
    const status = async (panel: FetchHandler, path = "/") => (await at("", panel).open(path)).status;
    expect(await status(as(panelWith(), "master"))).toBe(303);
    const byName = panelWith({ signInBy: { variable: "REMOTE_USER", stripDomain: true } });
    expect([
      await status(as(byName, "OFFICE\\master")),
      await status(as(byName)),
      await status(as(byName, "sato")),
    ]).toEqual([200, 303, 303]);
    const mapped = panelWith({
      signInBy: { variable: "AUTH_USER", users: [{ name: "OFFICE\\chief", person: "master" }] },
    });
    expect([await status(as(mapped, "office\\CHIEF")), await status(as(mapped, "master"))]).toEqual([
      200, 303,
    ]);
    expect((await at("", as(byName)).open("/sign-in")).text).not.toContain("Password");
    const door = at("/at/office", as(byName, "OFFICE\\master"));
    expect((await door.open("/")).status).toBe(303);
    await door.signIn("sato", PASSWORD);
    const own = at("", as(byName, "master"));
    expect((await own.open("/api/domains")).status).toBe(200);
    await own.open("/add-domain");
    expect((await own.send("/add-domain", { domain: "new.example", csrf: "forged" })).status).toBe(403);
    expect(
      (
        await own.send(
          "/add-domain",
          { domain: "new.example" },
          { headers: { origin: "https://evil.example" } },
        )
      ).status,
    ).toBe(403);
  }, 60_000);

  test("a header needs a trusted proxy", async () => {
    const signInBy = { header: "X-Remote-User" } as const;
    expect(() => panelWith({ signInBy })).toThrow(/trustProxy/);
    const panel = panelWith({ signInBy, trustProxy: true });
    expect((await at("", panel, { "x-remote-user": "master" }).open("/")).status).toBe(200);
    expect((await at("", panel, { "x-remote-user": "master, sato" }).open("/")).status).toBe(303);
    expect((await at("", panel).open("/")).status).toBe(303);
  });
});

test("too many wrong passwords are answered before anything is looked up, and a known browser goes on", async () => {
  const known = at("");
  await known.signIn("master", "Administrator-1");
  await known.open("/");
  await known.send("/sign-out");
  const stranger = at("");
  for (let times = 0; times < 5; times += 1) expect(await statusOf(stranger, "master", "wrong")).toBe(422);
  expect(await statusOf(stranger, "master", "Administrator-1")).toBe(429);
  expect(await statusOf(at(""), "nobody-here")).toBe(422);
  expect(await statusOf(known, "master", "Administrator-1")).toBe(303);
}, 60_000);
