import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasCode } from "../../src/errors/error.ts";
import type { Authenticate, Principal } from "../../src/http/types.ts";
import type { Grant } from "../../src/kernel/actor.ts";
import { createPanel, type PanelOptions } from "../../src/panel.ts";
import { html, link } from "../../src/web-kit.ts";
import { ATTACKS } from "../unit/web/attacks.ts";
import { ORIGIN, visitorOf } from "./panel-visitor.ts";
import { openWorld, type World } from "./world.ts";

let world: World;
const logged: { details: object; message: string }[] = [];
const keep = (details: object, message: string) => void logged.push({ details, message });
const log = { debug: () => undefined, info: () => undefined, warn: keep, error: keep };

beforeAll(async () => {
  world = await openWorld("tab");
  await world.xmail.account.add({ domain: "example.com", name: "hana", password: "tall-bridge-42" });
  await world.xmail.domain.add({ domain: "other.test" });
  await world.xmail.account.add({ domain: "other.test", name: "ken", password: "tall-bridge-42" });
});
afterAll(() => world.close());

const panelOf = (options: Partial<PanelOptions>) =>
  createPanel(world.xmail, { state: world.state, log, ...options });

const KEEPER: Grant = { allow: ["account.*", "alias.list"], on: { kind: "domain", domain: "example.com" } };
const MASTER: Grant = { allow: ["*"], on: { kind: "server" } };

function principal(name: string, grants: readonly Grant[]): Principal {
  return { id: `session-of-${name}`, name, actor: { id: name, name, grants } };
}

/** The host's sign-in: a cookie `host=name`. */
const PEOPLE = new Map([
  ["kita", principal("kita", [KEEPER])],
  ["sato", principal("sato", [MASTER])],
  ["niwa", principal("niwa", [])],
]);
const byCookie: Authenticate = async (request) => {
  const [, name = ""] = /\bhost=(\w+)/.exec(request.headers.get("cookie") ?? "") ?? [];
  return PEOPLE.get(name) ?? null;
};
const visitorAs = (name: string, options: Partial<PanelOptions> = {}, base = "") =>
  visitorOf(panelOf({ authenticate: byCookie, ...options }), { cookie: `host=${name}` }, base);

describe("the host's own sign-in", () => {
  test("is who the panel shows, and what it obeys on pages and in the API", async () => {
    const kita = visitorAs("kita");
    const page = await kita.open("/accounts");
    expect(page.status).toBe(200);
    expect(page.text).toContain("kita");
    expect(page.text).toContain("hana@example.com");
    expect(page.text).not.toContain("other.test");
    expect(page.html).not.toContain('href="/domains"');
    expect((await kita.open("/domains")).status).toBe(403);
    expect((await kita.open("/accounts/other.test/ken")).status).toBe(403);
    const list = await kita.open("/api/accounts", { headers: { accept: "application/json" } });
    expect(JSON.parse(list.html)).toMatchObject({ total: 1, items: [{ domain: "example.com" }] });
    expect((await kita.open("/api/domains", { headers: { accept: "application/json" } })).status).toBe(403);
    expect((await visitorAs("niwa").open("/accounts")).status).toBe(403);
    expect((await visitorAs("sato").open("/accounts/other.test/ken")).status).toBe(200);
  });

  test("changes need the page's token, bound to the browser and to who signed in", async () => {
    const kita = visitorAs("kita");
    const fields = {
      name: "mika",
      domain: "example.com",
      password: "tall-bridge-42",
      passwordAgain: "tall-bridge-42",
    };
    await kita.open("/add-account");
    expect((await kita.send("/add-account", { ...fields, csrf: "" })).status).toBe(403);
    const own = await kita.open("/add-account");
    const token = /name="csrf" value="([^"]+)"/.exec(own.html)?.[1] ?? "";

    const another = visitorAs("kita");
    await another.open("/add-account");
    expect((await another.send("/add-account", { ...fields, csrf: token })).status).toBe(403);

    // The same browser, but somebody else signed in to the host meanwhile.
    const sato = visitorAs("sato");
    for (const pair of kita.cookies) sato.cookies.set(...pair);
    expect((await sato.send("/add-account", { ...fields, csrf: token })).status).toBe(403);

    await kita.open("/add-account");
    expect((await kita.send("/add-account", fields)).status).toBe(303);
    expect((await world.xmail.account.get({ domain: "example.com", name: "mika" })).kind).toBe("user");
    expect(
      (await kita.send("/add-account", fields, { headers: { origin: "https://evil.example" } })).status,
    ).toBe(403);
  });

  test("guards the API against other sites, too", async () => {
    const kita = visitorAs("kita");
    const change = (headers: Record<string, string>) =>
      kita.open("/api/accounts/example.com/mika/password", {
        method: "PUT",
        body: '{"password":"another-bridge-1"}',
        headers: { "content-type": "application/json", accept: "application/json", ...headers },
      });
    expect((await change({})).status).toBe(403);
    const page = await kita.open("/accounts");
    const token = /name="csrf" value="([^"]+)"/.exec(page.html)?.[1] ?? "";
    expect((await change({ "x-csrf-token": token, origin: "https://evil.example" })).status).toBe(403);
    expect((await change({ "x-csrf-token": token, origin: ORIGIN })).status).not.toBe(403);
  });

  test("whom the host does not know is a stranger: 401 in the API, the host's sign-in on pages", async () => {
    const options = { signInUrl: "https://id.example/login?to={next}" };
    const nobody = visitorAs("nobody", options, "/mail");
    const api = await nobody.open("/api/accounts", { headers: { accept: "application/json" } });
    expect(api.status).toBe(401);
    const page = await nobody.open("/accounts?search=a%26b");
    expect([page.status, page.headers.get("location")]).toEqual([
      303,
      `https://id.example/login?to=${encodeURIComponent("/mail/accounts?search=a%26b")}`,
    ]);
    const ours = await nobody.open("/sign-in?next=//evil.example");
    expect(ours.headers.get("location")).toBe(`https://id.example/login?to=${encodeURIComponent("/mail/")}`);
  });

  test("without its address, our page tells what to do and takes no password", async () => {
    const nobody = visitorAs("nobody");
    expect((await nobody.open("/accounts")).headers.get("location")).toBe("/sign-in?next=%2Faccounts");
    const page = await nobody.open("/sign-in");
    expect(page.text).toContain("Sign in to the control panel that this page belongs to");
    expect(page.html).not.toContain('type="password"');
    const tried = await nobody.send("/sign-in", { name: "master", password: "Administrator-1" });
    expect(tried.status).toBe(405);
  });

  test("our own sessions count for nothing", async () => {
    const ours = visitorOf(panelOf({}));
    await ours.signIn("master", "Administrator-1");
    const hosted = visitorAs("nobody");
    for (const pair of ours.cookies) hosted.cookies.set(...pair);
    expect((await hosted.open("/domains")).status).toBe(303);
  });

  test("the way out is the host's, or none", async () => {
    const here = await visitorAs("sato", { signOutUrl: "/logout" }).open("/");
    expect(here.html).toContain('<a class="btn" href="/logout">Sign out</a>');
    expect(here.html).not.toContain("/sign-out");
    const none = await visitorAs("sato").open("/");
    expect(none.text).not.toContain("Sign out");
    const sato = visitorAs("sato", { signOutUrl: "/logout" });
    await sato.open("/");
    expect((await sato.send("/sign-out")).headers.get("location")).toBe("/logout");
  });

  test.each<[string, () => unknown]>([
    [
      "throws",
      () => {
        throw new Error("select * from customers where token = 'abc'");
      },
    ],
    ["rejects", () => Promise.reject(new Error("select * from customers where token = 'abc'"))],
    ["resolves nothing", () => undefined],
    ["says true", () => true],
    ["gives a name", () => "root"],
    ["gives a list", () => [principal("x", [MASTER])]],
    ["gives no actor", () => ({ id: "x", name: "x" })],
    ["gives an empty id", () => ({ ...principal("x", [MASTER]), id: "" })],
    [
      "gives grants that are a text",
      () => ({ ...principal("x", []), actor: { id: "x", name: "x", grants: "*" } }),
    ],
    [
      "gives allow as a text",
      () => principal("x", [{ allow: "*", on: { kind: "server" } } as unknown as Grant]),
    ],
    [
      "gives a target that is none",
      () => principal("x", [{ allow: ["*"], on: { kind: "all" } } as unknown as Grant]),
    ],
    [
      "gives a domain without a name",
      () => principal("x", [{ allow: ["*"], on: { kind: "domain" } } as unknown as Grant]),
    ],
    [
      "gives numbers as patterns",
      () => principal("x", [{ allow: [1], on: { kind: "server" } } as unknown as Grant]),
    ],
  ])("that %s lets nobody in: a page that says so, the reason only in the log", async (_, give) => {
    logged.length = 0;
    const visitor = visitorOf(panelOf({ authenticate: (async () => give()) as unknown as Authenticate }));
    const page = await visitor.open("/domains");
    expect(page.status).toBe(500);
    expect(page.html).toContain("<h1>Something went wrong in the panel</h1>");
    expect(page.html).not.toMatch(/customers|authenticate|Principal|example\.com/);
    const api = await visitor.open("/api/domains", { headers: { accept: "application/json" } });
    expect([api.status, JSON.parse(api.html).code]).toEqual([500, "INTERNAL"]);
    expect(api.html).not.toMatch(/customers|authenticate|Principal/);
    expect(JSON.stringify(logged)).toContain("authenticate");
  });

  test("what it gave cannot grow afterwards, and it cannot take the body away", async () => {
    const given = principal("kita", [KEEPER]);
    const panel = panelOf({
      async authenticate(request) {
        await request.text();
        setTimeout(() => Object.assign(given.actor, { grants: [MASTER] }), 0);
        return given;
      },
    });
    const visitor = visitorOf(panel);
    await visitor.open("/add-account");
    Object.assign(given.actor, { grants: [KEEPER] });
    const fields = {
      name: "rin",
      domain: "other.test",
      password: "tall-bridge-42",
      passwordAgain: "tall-bridge-42",
    };
    expect((await visitor.send("/add-account", fields)).status).toBe(403);
  });

  test("API keys stay what they are", async () => {
    const key = (await world.state.addApiKey({ administrator: "master", name: "embedding" })).reveal();
    const visitor = visitorAs("niwa");
    const answer = await visitor.open("/api/domains", { headers: { authorization: `Bearer ${key}` } });
    expect(answer.status).toBe(200);
  });
});

describe("the host's look", () => {
  const asMaster = (look: PanelOptions["look"], more: Partial<PanelOptions> = {}) =>
    visitorAs("sato", { ...(look ? { look } : {}), ...more });

  test("name, logo, icon, header, footer, colours, stylesheet and menu are there, under the strict policy", async () => {
    const svg = new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"/>');
    const visitor = asMaster({
      name: "Hoshi <Mail>",
      logo: { type: "image/svg+xml", bytes: svg },
      icon: { type: "image/png", bytes: svg },
      header: ({ me, language, here, base }) =>
        html`<nav aria-label="Hoshi">${me} ${language} ${here} ${base}</nav>`,
      footer: "5 < 6",
      colours: { accent: { light: "#0b6b53", dark: "#7fdcc0" }, line: "#abc" },
      stylesheet: ".x { color: red }",
      menu: {
        hide: ["domains"],
        title: "Hosting",
        add: [{ words: { en: "Bills", ja: "請求" }, href: "/bills?a=1&b=2" }],
      },
    });
    const page = await visitor.open("/accounts");
    expect(page.status).toBe(200);
    expect(page.html).toContain("<title>Accounts · Hoshi &lt;Mail&gt;</title>");
    expect(page.html).toContain(
      '<header class="host-top"><nav aria-label="Hoshi">sato en /accounts </nav></header>',
    );
    expect(page.html).toContain('<footer class="host-end">5 &lt; 6</footer>');
    expect(page.html).toContain('<a href="/bills?a=1&amp;b=2">Bills</a>');
    expect(page.html).not.toContain('href="/domains"');
    expect(page.html).not.toContain("xmailcfg<");
    const policy = page.headers.get("content-security-policy") ?? "";
    expect(policy).toContain("style-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain("unsafe");
    const served = async (name: string) => {
      const [, path = ""] =
        new RegExp(`(?:href|src)="(/assets/${name}\\.[0-9a-f]+\\.\\w+)"`).exec(page.html) ?? [];
      return visitor.open(path);
    };
    expect((await served("host")).html).toBe(".x { color: red }");
    const colours = await served("colours");
    expect(colours.html).toContain("--accent: light-dark(#0b6b53, #7fdcc0); --line: light-dark(#abc, #abc);");
    expect(colours.headers.get("content-type")).toBe("text/css; charset=utf-8");
    expect((await served("logo")).headers.get("content-type")).toBe("image/svg+xml");
    expect((await served("own-icon")).headers.get("content-type")).toBe("image/png");
    expect((await visitor.open("/domains")).status).toBe(200);
  });

  test.each([false, true])(
    "a header that fails (in its own time: %s) costs the header, not the page",
    async (later) => {
      logged.length = 0;
      const broken = () => {
        throw new Error("no menu today");
      };
      const visitor = asMaster({
        header: later ? async () => broken() : broken,
        footer: async () => html`<i>fine</i>`,
      });
      const page = await visitor.open("/accounts");
      expect(page.status).toBe(200);
      expect(page.html).not.toContain("host-top");
      expect(page.html).toContain('<header class="topbar">');
      expect(page.html).toContain('<footer class="host-end"><i>fine</i></footer>');
      expect(logged).toContainEqual({
        message: "not shown",
        details: expect.objectContaining({ part: "look.header" }),
      });
    },
  );

  test("texts of strangers in the host's header stay text, and its links lead nowhere unwanted", async () => {
    const bones = async (text: string) => {
      const visitor = asMaster({
        header: () => html`<p title="${text}">${text}</p>${link(`x:${text}`, "x")}`,
        footer: text,
      });
      const page = await visitor.open("/accounts");
      return page.tags.map(({ depth, name, attributes }) => [depth, name, ...attributes.keys()].join(" "));
    };
    const harmless = await bones("harmless");
    for (const attack of ATTACKS) expect(await bones(attack), attack).toEqual(harmless);
  });

  const refusal = (options: object): string => {
    try {
      panelOf(options as Partial<PanelOptions>);
    } catch (error) {
      if (hasCode(error, "BAD_CONFIG")) return error.message;
      throw error;
    }
    return "nothing was refused";
  };

  test.each<[string, object, string]>([
    ["an unknown colour", { colours: { shadow: "#fff" } }, "there is no shadow"],
    ["a colour by name", { colours: { accent: "red" } }, "look.colours.accent must be like"],
    ["a colour that ends the rule", { colours: { accent: "#fff; } body { display: none" } }, "must be like"],
    ["a colour that fetches", { colours: { accent: "url(//evil.example/x)" } }, "must be like"],
    ["a colour with a line end", { colours: { accent: "#fff\n" } }, "must be like"],
    ["half a pair of colours", { colours: { accent: { light: "#fff" } } }, "must be like"],
    ["a colour that is a number", { colours: { accent: 7 } }, "must be like"],
    ["a property of every object", { colours: JSON.parse('{"__proto__":"#fff"}') }, "there is no __proto__"],
    ["an unknown menu item", { menu: { hide: ["everything"] } }, "there is no everything. Known: overview, "],
    [
      "a javascript: link",
      { menu: { add: [{ words: "x", href: "javascript:alert(1)" }] } },
      "must be an https address",
    ],
    [
      "a hidden javascript: link",
      { menu: { add: [{ words: "x", href: "java\tscript:alert(1)" }] } },
      "must be an https",
    ],
    [
      "a data: link",
      { menu: { add: [{ words: "x", href: "data:text/html,x" }] } },
      "must be an https address",
    ],
    [
      "a link to another host that looks like a path",
      { menu: { add: [{ words: "x", href: "//evil.example" }] } },
      "must be",
    ],
    [
      "the same with a backslash",
      { menu: { add: [{ words: "x", href: "/\\evil.example" }] } },
      "must be an https",
    ],
    ["a link without words", { menu: { add: [{ words: { en: "x" }, href: "/x" }] } }, "words must be a text"],
    ["a name that is too long", { name: "x".repeat(65) }, "look.name must be"],
    ["an empty name", { name: " " }, "look.name must be"],
    [
      "a logo of another type",
      { logo: { type: "text/html", bytes: new Uint8Array() } },
      "look.logo needs bytes",
    ],
    ["a logo that is an address", { logo: "https://x.example/logo.png" }, "look.logo needs bytes"],
    ["a stylesheet that is none", { stylesheet: { color: "red" } }, "look.stylesheet must be"],
  ])("%s is refused by name", (_, look, words) => {
    expect(refusal({ look })).toContain(words);
  });

  test.each<[string, object, string]>([
    ["signInUrl without authenticate", { signInUrl: "/login" }, "give authenticate, too"],
    [
      "a javascript: signInUrl",
      { authenticate: byCookie, signInUrl: "javascript:alert(1)" },
      "signInUrl must be",
    ],
    ["a signOutUrl that is no path", { authenticate: byCookie, signOutUrl: "logout" }, "signOutUrl must be"],
    ["authenticate that is none", { authenticate: {} }, "authenticate must be a function"],
    ["a wildcard that may frame", { frameAncestors: ["*"] }, "* is no origin"],
    ["a scheme that may frame", { frameAncestors: ["https:"] }, "https: is no origin"],
    ["a header in frameAncestors", { frameAncestors: ["https://a.example; script-src *"] }, "is no origin"],
  ])("%s is refused", (_, options, words) => {
    expect(refusal(options)).toContain(words);
  });

  test("colours that cannot be read well are a warning", () => {
    logged.length = 0;
    panelOf({ look: { colours: { accent: { light: "#777777", dark: "#a3b8ff" }, button: "#ffff00" } } });
    expect(logged.map(({ details }) => (details as { pair: string }).pair)).toEqual([
      "accent on background has a contrast of 4.4 in the light theme, not 4.5",
      "accent on accentSurface has a contrast of 3.9 in the light theme, not 4.5",
      "buttonText on button has a contrast of 1.0 in the light theme, not 4.5",
      "buttonText on button has a contrast of 1.0 in the dark theme, not 4.5",
    ]);
  });

  test("a form that is sent too late may lead to the host's sign-in on another host, and nowhere else", async () => {
    const options = { signInUrl: "https://id.example/login?to={next}", signOutUrl: "https://id.example/out" };
    const page = await asMaster(undefined, options).open("/");
    expect(page.headers.get("content-security-policy")).toContain("form-action 'self' https://id.example;");
    const usual = await asMaster(undefined).open("/");
    expect(usual.headers.get("content-security-policy")).toContain("form-action 'self';");
  });

  test("only who is named may frame it", async () => {
    const page = await asMaster(undefined, { frameAncestors: ["self", "https://panel.example:8443"] }).open(
      "/",
    );
    expect(page.headers.get("content-security-policy")).toContain(
      "frame-ancestors 'self' https://panel.example:8443;",
    );
    expect(page.headers.get("x-frame-options")).toBeNull();
    const usual = await asMaster(undefined).open("/");
    expect(usual.headers.get("x-frame-options")).toBe("DENY");
  });
});

test.each([
  ...ATTACKS,
  "JaVaScRiPt:alert(1)",
  " javascript:alert(1)",
  "//evil.example",
  "/\\evil.example",
  "https:evil",
])("link() makes no link of %j that leaves by anything but https", (attack) => {
  const [, href] = /href="([^"]*)"/.exec(String(link(attack, "words"))) ?? [];
  if (href !== undefined) expect(href).toMatch(/^\/(?![/\\])/);
  expect(String(link(attack, "words"))).toContain("words");
});

test("link() makes links of what may be one", () => {
  expect(String(link("/billing?a=1&b=2", "Bills"))).toBe('<a href="/billing?a=1&amp;b=2">Bills</a>');
  expect(String(link("https://hoshi.example/", html`<b>Help</b>`))).toBe(
    '<a href="https://hoshi.example/"><b>Help</b></a>',
  );
});
