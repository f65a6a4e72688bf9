import { beforeAll, describe, expect, test } from "vitest";
import { Secret } from "../../../src/errors/secret.ts";
import type { FetchHandler } from "../../../src/http/types.ts";
import { NO_AUDIT } from "../../../src/kernel/audit.ts";
import type { Delegation } from "../../../src/kernel/people.ts";
import type { XMail } from "../../../src/library.ts";
import { openXMail } from "../../../src/open.ts";
import { createPanel } from "../../../src/panel.ts";
import { seedDemo } from "../../../src/simulator/demo-root.ts";
import { writeMailRoot } from "../../../src/simulator/mail-root.ts";
import { startSimulator } from "../../../src/simulator/simulator.ts";
import { newPerson } from "../../../src/state/people-file.ts";
import { openState } from "../../../src/state/state.ts";
import { memory } from "../../../src/storage/memory.ts";
import { storagePath } from "../../../src/storage/path.ts";
import type { Storage } from "../../../src/storage/storage.ts";
import { readHtml } from "./read-html.ts";

const ORIGIN = "https://mail.example.com";
const BASE = "/mail";

/** The whole panel over a stopped XMail in memory. */
async function openPanel(storage: Storage) {
  return { handler: await panelOver(await openXMail({ storage, offline: true })), storage };
}

const PASSWORD = "correct horse battery";

/** The whole panel, below `/mail`, with a master, an auditor, a delegate of one domain and one of none. */
async function panelOver(xmail: XMail): Promise<FetchHandler> {
  const state = await openState(memory());
  const people = [
    { name: "sato" },
    { name: "mori", role: "auditor" },
    { name: "kita", role: "delegate", delegation: delegationOf("example.com") },
    { name: "niwa", role: "delegate", delegation: delegationOf() },
  ] as const;
  for (const person of people) await state.people.add(newPerson(person), new Secret(PASSWORD));
  return createPanel(xmail, { basePath: BASE, state: { ...state, audit: NO_AUDIT } });
}

function delegationOf(...domains: readonly string[]): Delegation {
  return {
    domains,
    most: {},
    rights: [],
    support: { postmaster: "", masterEmail: "", masterPhone: "", popServer: "", smtpServer: "" },
    door: { slug: "", host: "", title: "", text: "", logo: "", colour: "" },
  };
}

/** Keeps cookies and the token of the last page, as a browser without script does. */
class Visitor {
  readonly cookies = new Map<string, string>();
  token = "";
  html = "";
  status = 0;
  location: string | null = null;
  headers = new Headers();
  readonly #handler: FetchHandler;
  readonly base: string;

  constructor(handler: FetchHandler, base = BASE) {
    this.#handler = handler;
    this.base = base;
  }

  async open(path: string, init: RequestInit = {}): Promise<this> {
    const headers = new Headers({ accept: "text/html", "accept-language": "en", ...init.headers });
    headers.set("cookie", [...this.cookies].map((pair) => pair.join("=")).join("; "));
    const response = await this.#handler(new Request(ORIGIN + this.base + path, { ...init, headers }));
    for (const line of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/Max-Age=0/.test(line)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    this.html = await response.text();
    this.status = response.status;
    this.headers = response.headers;
    this.location = response.headers.get("location");
    this.token = /name="csrf" value="([^"]+)"/.exec(this.html)?.[1] ?? this.token;
    return this;
  }

  send(path: string, fields: Record<string, string> | URLSearchParams): Promise<this> {
    const body = new URLSearchParams(fields);
    if (!body.has("csrf")) body.append("csrf", this.token);
    return this.open(path, { method: "POST", body, headers: { origin: ORIGIN } });
  }

  async signIn(name: string, password = PASSWORD): Promise<this> {
    await this.open("/sign-in");
    return this.send("/sign-in", { name, password, next: "/accounts" });
  }

  get h1(): string {
    return readHtml(this.html).find(({ name }) => name === "h1")?.text ?? "";
  }
}

let storage: Storage;
let handler: FetchHandler;
const visitor = async (name: string) =>
  new Visitor(handler, ["kita", "niwa"].includes(name) ? `${BASE}/at/office` : BASE).signIn(name);
const file = async (path: string) => Buffer.from(await storage.read(storagePath(path))).toString();

beforeAll(async () => {
  storage = memory();
  await seedDemo(storage);
  ({ handler } = await openPanel(storage));
});

describe("signing in", () => {
  test("leads back inside, and a wrong password says nothing of which part was wrong", async () => {
    const stranger = await new Visitor(handler).open("/accounts?search=a");
    expect([stranger.status, stranger.location]).toEqual([
      303,
      "/mail/sign-in?next=%2Faccounts%3Fsearch%3Da",
    ]);
    const wrong = await new Visitor(handler).signIn("sato", "wrong");
    const unknown = await new Visitor(handler).signIn("nobody");
    expect([wrong.status, unknown.status]).toEqual([422, 422]);
    expect(wrong.html).toContain("Name or password is wrong.");
    const same = (one: Visitor) => one.html.replace(/value="[^"]*"/g, "");
    expect(same(unknown)).toBe(same(wrong));
    const right = await new Visitor(handler).signIn("sato");
    expect([right.status, right.location]).toEqual([303, "/mail/accounts"]);
  });

  test("never echoes a password, and leads nowhere else", async () => {
    const visitor = await new Visitor(handler).open("/sign-in?next=//evil.example");
    expect(visitor.html).toContain('name="next" value="/"');
    await visitor.send("/sign-in", { name: "sato", password: "wrong", next: "https://evil.example/" });
    expect(visitor.html).not.toContain('value="wrong"');
    await visitor.send("/sign-in", { name: "sato", password: PASSWORD, next: "//evil.example/" });
    expect(visitor.location).toBe("/mail/");
    await visitor.open("/sign-in?next=/domains");
    expect([visitor.status, visitor.location]).toEqual([303, "/mail/domains"]);
  });

  test("says so when there were too many tries", async () => {
    const { handler: other } = await openPanel(storage);
    const visitor = new Visitor(other);
    for (let times = 0; times < 5; times += 1) await visitor.signIn("sato", "wrong");
    expect(visitor.status).toBe(422);
    await visitor.signIn("sato");
    expect(visitor.status).toBe(429);
    expect(Number(visitor.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(visitor.html).toContain("Too many tries");
  });
});

test("every link and form of every page stays below the prefix", async () => {
  const master = await visitor("sato");
  const seen = new Set<string>();
  const waiting = ["/"];
  for (let path = waiting.pop(); path !== undefined && seen.size < 60; path = waiting.pop()) {
    seen.add(path);
    await master.open(path);
    expect(master.status, path).toBe(200);
    // A download holds no links.
    if (/\/export\b|\.csv\b/.test(path)) continue;
    for (const { attributes } of readHtml(master.html)) {
      for (const name of ["href", "action", "src"]) {
        const address = attributes.get(name);
        if (address === undefined || address.startsWith("#")) continue;
        expect(address, `${path}: ${address}`).toMatch(/^\/mail\//);
        const inside = address.slice(BASE.length);
        const leads = name === "href" && !inside.startsWith("/assets/") && !seen.has(inside);
        if (leads && !waiting.includes(inside)) waiting.push(inside);
      }
    }
  }
  expect(seen.size).toBeGreaterThan(50);
});

describe("a refused form", () => {
  test("is 422, changes nothing and keeps what was typed but passwords", async () => {
    const master = await visitor("sato");
    await master.open("/add-account");
    const before = await file("mailusers.tab");
    await master.send("/add-account", {
      domain: "example.com",
      name: "Bad Name",
      realName: "<b>Bold</b>",
      password: "a-secret-never-shown",
      passwordAgain: "a-secret-never-shown",
    });
    expect(master.status).toBe(422);
    expect(master.html).toContain('value="Bad Name"');
    expect(master.html).toContain("&lt;b&gt;Bold&lt;/b&gt;");
    expect(master.html).not.toContain("a-secret-never-shown");
    expect(master.html).toContain('href="#f-name"');
    expect(await file("mailusers.tab")).toBe(before);
  });

  test("blames the field for what XMail's tables hold already", async () => {
    const master = await visitor("sato");
    await master.open("/add-alias");
    await master.send("/add-alias", { domain: "example.com", alias: "alice", target: "bob" });
    expect(master.status).toBe(422);
    expect(master.html).toContain('id="f-alias-e"');
    await master.send("/add-alias", { domain: "example.com", alias: "newone", target: "nobody-here" });
    expect(master.html).toContain('id="f-target-e"');
  });

  test("about one variable blames its name or its value", async () => {
    const master = await visitor("sato");
    const path = "/accounts/example.com/alice/variables";
    await master.open(path);
    await master.send(path, { variable: "maxmbsize", value: "1" });
    expect([master.status, master.html.includes('id="f-variable-e"')]).toEqual([422, true]);
    expect(master.html).toContain("other capitals: MaxMBSize");
    await master.send(path, { variable: "Note", value: "ends in \\" });
    expect([master.status, master.html.includes('id="f-value-e"')]).toEqual([422, true]);
    expect(master.html).toContain("must not end in a backslash");
  });

  test("with a value too long for the line to XMail blames the value", async () => {
    const ctrl = { account: "admin", password: "ctrl-Secret-1" };
    const root = memory();
    await writeMailRoot(root, { domain: "example.com", ctrl });
    const simulator = await startSimulator({ storage: root });
    const xmail = await openXMail({ ctrl: { host: "127.0.0.1", port: simulator.port, ...ctrl } });
    await xmail.backend.accounts.add({
      domain: "example.com",
      name: "hana",
      kind: "user",
      password: new Secret("x1"),
    });
    const panel = await panelOver(xmail);
    const master = await new Visitor(panel).signIn("sato");
    const path = "/accounts/example.com/hana/variables";
    await master.open(path);
    await master.send(path, { variable: "Note", value: "😀".repeat(400) });
    expect([master.status, master.html.includes('id="f-value-e"')]).toEqual([422, true]);
    expect(master.html).toMatch(/control protocol cannot carry this value/);
    await xmail.close();
    await simulator.close();
  });

  test("without its token changes nothing", async () => {
    const master = await visitor("sato");
    await master.open("/add-domain");
    await master.send("/add-domain", { domain: "forged.example", csrf: "forged" });
    expect(master.status).toBe(403);
    expect(master.h1).toBe("This form is too old or came from another site");
    expect(await file("domains.tab")).not.toContain("forged");
  });

  test("leads back to a page that can be shown, not to an address that only takes forms", async () => {
    const master = await visitor("sato");
    const ways = (one: Visitor) =>
      readHtml(one.html)
        .filter(({ name, attributes }) => name === "a" && attributes.get("class") === "btn")
        .map(({ attributes, text }) => [attributes.get("href"), text])
        // Of the top bar, and on every page.
        .filter(([href]) => href !== "/mail/me");
    await master.send("/accounts/example.com/alice/resume", { csrf: "old" });
    expect([master.status, ways(master)]).toEqual([
      403,
      [
        ["/mail/accounts/example.com/alice", "Open the page again"],
        ["/mail/", "To the overview"],
      ],
    ]);
    await master.send("/sign-out", { csrf: "old" });
    expect(ways(master)).toEqual([["/mail/", "To the overview"]]);
  });

  test.each([
    ["/accounts/example.com/alice", "%2Faccounts%2Fexample.com%2Falice"],
    ["/accounts/example.com/alice/resume", "%2Faccounts%2Fexample.com%2Falice"],
  ])("of a session that is over leads from %s to sign-in and back", async (path, next) => {
    const master = await visitor("sato");
    await master.open("/accounts/example.com/alice");
    master.cookies.set("xmailcfg", "over");
    await master.send(path, {});
    expect([master.status, master.location]).toEqual([303, `/mail/sign-in?next=${next}`]);
  });
});

test("destroying takes the name, typed: another one removes nothing", async () => {
  const master = await visitor("sato");
  await master.open("/domains/example.net/remove");
  const before = await Promise.all(["domains.tab", "mailusers.tab"].map(file));
  for (const confirm of ["", "example.ne", "example.com"]) {
    await master.send("/domains/example.net/remove", { confirm });
    expect(master.status).toBe(422);
    expect(master.html).toContain('id="f-confirm-e"');
    await master.send("/accounts/example.net/office/remove", { confirm });
    expect(master.status).toBe(422);
  }
  expect(await Promise.all(["domains.tab", "mailusers.tab"].map(file))).toEqual(before);
  await master.send("/accounts/example.net/office/remove", { confirm: " OFFICE@example.net " });
  expect([master.status, master.location]).toEqual([303, "/mail/accounts?domain=example.net"]);
  expect(await file("mailusers.tab")).not.toContain('"example.net"\t"office"');
});

test("a form that was taken leads on with 303, and its message shows once", async () => {
  const master = await visitor("sato");
  await master.open("/add-domain");
  await master.send("/add-domain", { domain: "Once.Example" });
  expect([master.status, master.location]).toEqual([303, "/mail/domains/once.example"]);
  await master.open("/domains/once.example");
  expect(master.html).toContain("once.example</bdi> was added");
  await master.open("/domains/once.example");
  expect(master.html).not.toContain("was added");
});

test("a search that cannot be is 422 with the reason, not an error page", async () => {
  const master = await visitor("sato");
  await master.open("/accounts?cursor=bogus");
  expect(master.status).toBe(422);
  expect(master.html).toContain("This page of the list is gone");
  await master.open(`/accounts?search=${"x".repeat(201)}`);
  expect(master.html).toContain("May have 200 characters at most");
  await master.open("/mail-route?address=nobody");
  expect(master.html).toContain("Write a full mail address");
});

describe("failures are pages", () => {
  test.each([
    ["/no-such-page", 404, "There is nothing here"],
    ["/domains/missing.example", 404, "There is no such domain"],
    ["/accounts/example.com/missing", 404, "There is no such account"],
    ["/accounts/example.com/alice/resume", 405, "This address works differently"],
    ["/sign-out", 405, "This address works differently"],
  ])("%s is %i", async (path, status, title) => {
    const master = await visitor("sato");
    await master.open(path);
    expect([master.status, master.h1]).toEqual([status, title]);
  });

  test("405 says what would be taken", async () => {
    const master = await visitor("sato");
    expect((await master.open("/sign-out")).headers.get("allow")).toBe("POST");
    await master.open("/domains");
    expect((await master.send("/domains", {})).headers.get("allow")).toBe("GET, HEAD");
  });

  test("XMail out of reach is 502 on pages, and the overview still answers", async () => {
    const xmail = await openXMail({
      ctrl: { host: "127.0.0.1", port: 1, account: "a", password: "b" },
    });
    const alone = await panelOver(xmail);
    const master = await new Visitor(alone).signIn("sato");
    await master.open("/accounts");
    expect([master.status, master.h1]).toEqual([502, "XMail does not answer"]);
    await master.open("/");
    expect(master.status).toBe(200);
    expect(master.html).toContain("1 problem needs you");
    await master.open("/add-domain");
    await master.send("/add-domain", { domain: "typed.example" });
    expect(master.status).toBe(502);
    expect(master.html).toContain('value="typed.example"');
    expect(master.html).toContain("XMail does not answer");
    await xmail.close();
  });
});

describe("checking the connections", () => {
  test("shows what was found on the same page, without a redirect", async () => {
    const master = await visitor("sato");
    await master.open("/check");
    expect([master.status, master.h1]).toEqual([200, "Check connections"]);
    expect(master.html).not.toContain("verdict-line");
    await master.send("/check", {});
    expect([master.status, master.location]).toEqual([200, null]);
    for (const words of ["with all 256 byte values", "Look for XMail&#39;s files", "Check again"]) {
      expect(master.html).toContain(words);
    }
    expect(await storage.list(storagePath(".xmailcfg"))).not.toContainEqual(
      expect.objectContaining({ name: expect.stringMatching(/^check/) }),
    );
    await master.send("/check", { csrf: "forged" });
    expect(master.status).toBe(403);
  });

  test("is for those who may: others find no button, and a forged form does nothing", async () => {
    for (const name of ["mori", "kita", "niwa"]) {
      const other = await visitor(name);
      await other.open("/check");
      expect(other.html).toContain("You may not do this");
      expect(other.html).not.toContain("Check now");
      expect((await other.open("/")).html).not.toContain(`href="${other.base}/check"`);
      await other.send("/check", {});
      expect(other.status).toBe(403);
    }
  });
});

describe("what the person may not do", () => {
  test("a reader's forged forms are refused and change nothing", async () => {
    const reader = await visitor("mori");
    await reader.open("/accounts");
    const before = await Promise.all(["mailusers.tab", "aliases.tab", "domains.tab"].map(file));
    for (const [path, fields] of [
      ["/add-domain", { domain: "reader.example" }],
      ["/domains/example.com/remove", { confirm: "example.com" }],
      ["/accounts/example.com/alice/remove", { confirm: "alice@example.com" }],
      ["/accounts/example.com/alice/password", { password: "long-enough-1", passwordAgain: "long-enough-1" }],
      ["/accounts/example.com/alice", { shows: "realName", suspended: "0", realName: "Mallory" }],
      ["/accounts/example.com/alice/suspend", {}],
      ["/aliases/example.com/info/remove", {}],
    ] as const) {
      await reader.send(path, fields);
      expect([reader.status, reader.h1], path).toEqual([403, "You may not do this"]);
    }
    expect(await Promise.all(["mailusers.tab", "aliases.tab", "domains.tab"].map(file))).toEqual(before);
  });

  test("a keeper of one domain sees only that one", async () => {
    const keeper = await visitor("kita");
    await keeper.open("/");
    expect(keeper.html).toContain("Your domains");
    await keeper.open("/accounts");
    expect(keeper.html).toContain("alice@example.com");
    expect(keeper.html).not.toContain("example.jp");
    await keeper.open("/accounts/example.jp/hanako.sato");
    expect(keeper.status).toBe(403);
    expect(keeper.html).not.toContain("佐藤");
  });

  test("a newcomer gets an overview that says whom to ask", async () => {
    const newcomer = await visitor("niwa");
    await newcomer.open("/");
    expect(newcomer.html).toContain("Nothing is assigned to you yet");
  });
});

describe("a settings form that was open while the account was suspended or resumed elsewhere", () => {
  const path = "/accounts/example.com/bob";
  const vars = () => file("domains/example.com/bob/user.tab");

  /** The fields of the form on screen, as a browser sends them. */
  function formOn({ html }: Visitor): URLSearchParams {
    const fields = new URLSearchParams();
    let settings = false;
    for (const { name, attributes } of readHtml(html)) {
      if (name === "form") settings = attributes.get("action") === `${BASE}${path}`;
      const field = attributes.get("name");
      const off = ["checkbox", "radio"].includes(attributes.get("type") ?? "") && !attributes.has("checked");
      if (settings && name === "input" && field !== undefined && !off)
        fields.append(field, attributes.get("value") ?? "");
    }
    return fields;
  }

  test("changes nothing and shows the account as it is", async () => {
    const here = await visitor("sato");
    const elsewhere = await visitor("sato");
    await elsewhere.open(path);
    const active = await vars();

    await elsewhere.send(`${path}/suspend`, {});
    expect(await vars()).not.toBe(active);
    await here.open(path);
    const openedSuspended = formOn(here);
    expect(openedSuspended.has("receive")).toBe(false);
    openedSuspended.set("realName", "Stale");
    await elsewhere.send(`${path}/resume`, {});
    expect(await vars()).toBe(active);
    await here.send(path, openedSuspended);
    expect(here.status).toBe(409);
    expect(here.html).toContain("Somebody else changed this first");
    expect(await vars()).toBe(active);
    await here.open(path);
    const openedActive = formOn(here);
    expect(Object.fromEntries(openedActive)).toMatchObject({ suspended: "0", receive: "1", pop: "1" });
    expect(openedActive.get("realName")).not.toBe("Stale");

    await elsewhere.send(`${path}/suspend`, {});
    const suspended = await vars();
    openedActive.delete("receive");
    await here.send(path, openedActive);
    expect([here.status, await vars()]).toEqual([409, suspended]);
    await here.open(path);
    expect([formOn(here).get("suspended"), formOn(here).has("receive")]).toEqual(["1", false]);
    await elsewhere.send(`${path}/resume`, {});
    expect(await vars()).toBe(active);
  });

  test("an empty form changes nothing", async () => {
    const master = await visitor("sato");
    await master.open(path);
    const before = await vars();
    await master.send(path, {});
    expect([master.status, await vars()]).toEqual([422, before]);
  });
});

test("language and theme are remembered and read back", async () => {
  const master = await visitor("sato");
  await master.open("/domains");
  await master.send("/preferences", { lang: "ja", here: "/domains" });
  expect([master.status, master.location]).toEqual([303, "/mail/domains"]);
  await master.open("/domains");
  expect(master.h1).toBe("ドメイン");
  await master.send("/preferences", { theme: "dark", here: "/domains" });
  await master.send("/preferences", { lang: "tlh", theme: "neon", here: "//evil.example" });
  expect(master.location).toBe("/mail/");
  await master.open("/domains");
  expect(master.html).toContain('<html lang="ja">');
});
