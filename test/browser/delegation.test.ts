import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { toNodeListener } from "../../adapters/node/node.ts";
import { type Demo, openDemo } from "../../src/demo.ts";
import { chromium, describeWith } from "../peers.ts";
import { listen, openBrowser, watch } from "./browser.ts";

const SLOW = 120_000;
const PASSWORD = "Nine-lives-of-a-cat";

describeWith("chromium", chromium(), "a delegation from set-up to stop, in Chromium", (where) => {
  let browser: Browser;
  let demo: Demo;
  let site: { origin: string; close(): Promise<void> };

  beforeAll(async () => {
    demo = await openDemo();
    site = await listen(toNodeListener(demo.panel));
    browser = await openBrowser(where);
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
    await demo?.close();
  });

  const text = async (page: Page, selector: string) =>
    (await page.locator(selector).first().innerText()).trim();
  const go = (page: Page, path: string) => page.goto(`${site.origin}${path}`);

  async function signIn(page: Page, door: string, name: string, password: string): Promise<void> {
    await go(page, `${door}/sign-in`);
    await page.locator("#f-name").fill(name);
    await page.locator("#f-password").fill(password);
    await page.locator("form .btn.primary").click();
  }

  /** Fills the form of the page, looks at what will change, and saves. */
  async function save(page: Page, values: Record<string, string>): Promise<void> {
    for (const [name, value] of Object.entries(values))
      await page.locator(`main [name="${name}"]`).first().fill(value);
    await page.locator("main form .btn.primary").last().click();
    const confirmed = page.locator('.btn.primary[name="step"][value="save"]');
    if ((await confirmed.count()) === 1) await confirmed.click();
  }

  describe.each([
    ["with script", true],
    ["without script", false],
  ])("%s", (_, javaScriptEnabled) => {
    const who = javaScriptEnabled ? "kita" : "nishi";
    let context: BrowserContext;
    let master: Page;
    let his: Page;
    let seen: string[];

    beforeAll(async () => {
      context = await browser.newContext({ javaScriptEnabled, locale: "en" });
      master = await context.newPage();
      his = await (await browser.newContext({ javaScriptEnabled, locale: "en" })).newPage();
      seen = [watch(master), watch(his)].flat();
      await signIn(master, "", demo.administrator, demo.password.reveal());
    });
    afterAll(async () => {
      await his?.context().close();
      await context?.close();
    });

    test("a master sets it up, and he signs in at the entrance of delegates and nowhere else", {
      timeout: SLOW,
    }, async () => {
      await go(master, "/add-delegation");
      await master.locator('main [name="domains"][value="example.com"]').check();
      const accounts = Number(await accountsOf("example.com"));
      await save(master, {
        name: who,
        password: PASSWORD,
        passwordAgain: PASSWORD,
        mostAccounts: String(accounts + 1),
      });
      expect(await text(master, ".flash.is-ok")).toContain(`${who} may sign in now.`);
      expect(await text(master, "h1")).toBe(who);

      await signIn(his, "", who, PASSWORD);
      expect(await text(his, "[role=alert]")).toBe("Name or password is wrong.");
      await signIn(his, "/at/office", who, PASSWORD);
      expect(new URL(his.url()).pathname).toMatch(/^\/at\/office/);
      expect(await his.locator("nav.side").innerText()).not.toContain("Relay");
    });

    test("he sees his domain alone, and adds accounts as far as his limit", { timeout: SLOW }, async () => {
      await go(his, "/at/office/domains");
      expect(await his.locator("tbody tr").count()).toBe(1);
      const foreign = await go(his, "/at/office/domains/example.jp");
      expect(foreign?.status()).toBe(403);

      const add = (name: string) =>
        save(his, { name, password: "Long-enough-1", passwordAgain: "Long-enough-1" });
      await go(his, "/at/office/add-account?domain=example.com");
      await add(`${who}-one`);
      expect(await text(his, ".flash.is-ok")).toContain(`${who}-one@example.com`);
      await go(his, "/at/office/add-account?domain=example.com");
      await add(`${who}-two`);
      expect(await text(his, "[role=alert]")).toContain("limit");
      expect(await exists(`${who}-two`)).toBe(false);
    });

    test("he is stopped, and his open page is over", { timeout: SLOW }, async () => {
      await go(master, "/people");
      await master.getByRole("link", { name: who, exact: true }).click();
      await master.getByRole("link", { name: "Suspend" }).click();
      await save(master, {});
      expect(await text(master, ".flash.is-ok")).toContain(`${who} cannot sign in any more.`);
      await go(his, "/at/office/domains");
      expect(new URL(his.url()).pathname).toBe("/at/office/sign-in");
      await signIn(his, "/at/office", who, PASSWORD);
      expect(await text(his, "[role=alert]")).toBe("Name or password is wrong.");
      expect(seen).toEqual([]);
    });
  });

  async function accountsOf(domain: string): Promise<number> {
    return (await demo.xmail.account.list({ domain, kind: "user" })).total;
  }

  async function exists(name: string): Promise<boolean> {
    const found = await demo.xmail.account.list({ domain: "example.com", search: name });
    return found.total > 0;
  }
});
