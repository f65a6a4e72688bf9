import { describe, expect, test } from "vitest";
import { Secret } from "../../../src/errors/secret.ts";
import { browserLike, signedIn } from "./browser-like.ts";
import { notesPanel, ORIGIN } from "./panel-of-notes.ts";

const TLS = "https://panel.test";

describe("cookies", () => {
  test.each([
    ["TLS, whole host", TLS, "", "__Host-xmailcfg", "Path=/; HttpOnly; SameSite=Lax; Secure"],
    ["TLS, below a prefix", TLS, "/mail", "xmailcfg", "Path=/mail; HttpOnly; SameSite=Lax; Secure"],
    ["plain", ORIGIN, "", "xmailcfg", "Path=/; HttpOnly; SameSite=Lax"],
  ])("%s", async (_, origin, base, name, attributes) => {
    const panel = notesPanel({ basePath: base });
    const browser = browserLike(panel.handler, origin, base);
    const { csrf, base: seen } = await browser.page();
    expect(seen).toBe(base);
    const answer = await browser.submit("/sign-in", { u: "master", p: "correct horse battery", csrf });
    expect(answer.headers.get("location")).toBe(`${base}/form`);
    const cookies = answer.headers.getSetCookie();
    expect(cookies.map((line) => /^[^=]+/.exec(line)?.[0])).toEqual([
      name,
      `${name}-device`,
      `${name}-flash`,
    ]);
    expect(cookies[0]).toMatch(/^[^;]+; Max-Age=90000; /);
    for (const cookie of cookies) expect(cookie.endsWith(attributes), cookie).toBe(true);
  });
});

describe("sign-in", () => {
  test("needs the token of the form, which is bound to the stranger's browser", async () => {
    const panel = notesPanel();
    const one = browserLike(panel.handler, ORIGIN);
    const two = browserLike(panel.handler, ORIGIN);
    const { csrf } = await one.page();
    await two.page();
    const fields = { u: "master", p: "correct horse battery" };
    expect((await one.submit("/sign-in", fields)).status).toBe(403);
    expect((await two.submit("/sign-in", { ...fields, csrf })).status).toBe(403);
    expect((await one.submit("/sign-in", { ...fields, csrf })).status).toBe(303);
  });

  test("the token lasts over several pages, and a wrong password signs nobody in", async () => {
    const browser = browserLike(notesPanel().handler, ORIGIN);
    const { csrf } = await browser.page();
    expect((await browser.page()).csrf).toBe(csrf);
    expect((await browser.submit("/sign-in", { u: "master", p: "wrong", csrf })).status).toBe(401);
    expect(await browser.page()).toMatchObject({ name: null });
  });

  test("gives a new session and a new token each time", async () => {
    const panel = notesPanel();
    const browser = await signedIn(panel.handler, ORIGIN);
    const first = { cookie: browser.jar.get("xmailcfg"), csrf: (await browser.page()).csrf };
    await browser.submit("/sign-in", { u: "master", p: "correct horse battery", csrf: first.csrf });
    expect(browser.jar.get("xmailcfg")).not.toBe(first.cookie);
    expect((await browser.page()).csrf).not.toBe(first.csrf);
  });

  test("a message is shown once", async () => {
    const browser = await signedIn(notesPanel().handler, ORIGIN);
    await browser.go("/api/notes"); // not a page: nobody has seen it yet
    expect((await browser.page()).flash).toEqual({
      tone: "ok",
      text: "signedIn",
      values: { name: "master" },
    });
    expect((await browser.page()).flash).toBeNull();
  });
});

describe("a session ends", () => {
  test("an hour after the last request, which moves the end", async () => {
    const panel = notesPanel();
    const browser = await signedIn(panel.handler, ORIGIN);
    for (let hop = 0; hop < 3; hop += 1) {
      panel.clock.seconds += 3599;
      expect(await browser.page()).toMatchObject({ name: "master" });
    }
    panel.clock.seconds += 3600;
    expect(await browser.page()).toMatchObject({ name: null });
    expect(browser.jar.has("xmailcfg")).toBe(false);
  });

  test("twelve hours after the sign-in, however busy", async () => {
    const panel = notesPanel();
    const browser = await signedIn(panel.handler, ORIGIN);
    for (let minutes = 0; minutes < 12 * 60 - 30; minutes += 30) {
      panel.clock.seconds += 1800;
      expect(await browser.page()).toMatchObject({ name: "master" });
    }
    panel.clock.seconds += 1800;
    expect(await browser.page()).toMatchObject({ name: null });
  });

  test("at sign-out, and when its administrator is gone", async () => {
    const panel = notesPanel();
    const browser = await signedIn(panel.handler, ORIGIN);
    expect((await browser.submit("/sign-out", { csrf: (await browser.page()).csrf })).status).toBe(303);
    expect(await browser.page()).toMatchObject({ name: null });
    const other = await signedIn(panel.handler, ORIGIN);
    panel.principals.gone.add("p1");
    expect((await other.go("/api/notes")).status).toBe(401);
  });

  test("and a form sent after its end asks to sign in, rather than to have come from elsewhere", async () => {
    const panel = notesPanel();
    const browser = await signedIn(panel.handler, ORIGIN);
    const { csrf } = await browser.page();
    panel.clock.seconds += 3600;
    expect((await browser.submit("/sign-out", { csrf })).status).toBe(401);
    // The dead cookie is gone by now, and a stranger's form without its token is what it was.
    expect((await browser.submit("/sign-out", { csrf })).status).toBe(403);
  });

  test("after the seconds of the option", async () => {
    const panel = notesPanel({ sessionSeconds: 120 });
    const browser = await signedIn(panel.handler, ORIGIN);
    panel.clock.seconds += 119;
    expect(await browser.page()).toMatchObject({ name: "master" });
    panel.clock.seconds += 120;
    expect(await browser.page()).toMatchObject({ name: null });
  });
});

describe("no cookie passes that we did not write for this place", () => {
  async function nameWith(cookie: string, options = {}): Promise<string | null> {
    const response = await notesPanel(options).fetch("/form", { headers: { cookie: `xmailcfg=${cookie}` } });
    expect(response.status).toBe(200);
    return ((await response.json()) as { name: string | null }).name;
  }

  test("every changed byte, another key, another audience, another purpose", async () => {
    const browser = await signedIn(notesPanel().handler, ORIGIN);
    const good = browser.jar.get("xmailcfg") ?? "";
    expect(await nameWith(good)).toBe("master");
    for (let at = 0; at < good.length; at += 1) {
      const changed = good[at] === "A" ? "B" : "A";
      const forged = good.slice(0, at) + changed + good.slice(at + 1);
      // The last letter of base64 holds bits that say nothing; another spelling is still another text.
      expect(await nameWith(forged), `letter ${at}`).toBeNull();
    }
    for (const bad of ["", ".", "..", good.split(".")[0] ?? "", `${good}.`, `${good}.x`, "x.y", "{}"]) {
      expect(await nameWith(bad), bad).toBeNull();
    }
    expect(await nameWith(good, { sessionKey: async () => new Secret("other".repeat(9)) })).toBeNull();
    expect(await nameWith(good, { audience: "users" })).toBeNull();
    for (const purpose of ["xmailcfg-flash", "xmailcfg-visitor"]) {
      const fresh = await signedIn(notesPanel().handler, ORIGIN);
      expect(await nameWith(fresh.jar.get(purpose) ?? "missing"), purpose).toBeNull();
    }
  });
});

test("preferences are plain cookies with a name of their own", async () => {
  const panel = notesPanel({}, [
    async (visit) => {
      visit.browser.prefer("lang", "ja");
      return new Response(visit.cookies.get("lang") ?? "none");
    },
  ]);
  const browser = browserLike(panel.handler, TLS);
  const first = await browser.go("/any");
  expect(first.headers.getSetCookie()).toEqual([
    "lang=ja; Max-Age=31536000; Path=/; HttpOnly; SameSite=Lax; Secure",
  ]);
  expect(await (await browser.go("/any")).text()).toBe("ja");
});

test("a key that cannot be read is asked for again", async () => {
  let asked = 0;
  const panel = notesPanel({
    sessionKey: async () => {
      asked += 1;
      if (asked === 1) throw new Error("disk");
      return new Secret("k".repeat(43));
    },
  });
  expect((await panel.fetch("/form")).status).toBe(500);
  expect((await panel.fetch("/form")).status).toBe(200);
  expect((await panel.fetch("/form")).status).toBe(200);
  expect(asked).toBe(2);
});
