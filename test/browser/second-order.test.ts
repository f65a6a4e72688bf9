import type { Browser, BrowserContext } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { FetchHandler } from "../../src/http/types.ts";
import { PAGES } from "../../src/web/routes.ts";
import { chromium, describeWith } from "../peers.ts";
import { ATTACKS } from "../unit/web/attacks.ts";
import { openBrowser, watch } from "./browser.ts";
import { crawl, pagesOf, visit } from "./crawl.ts";
import { DELEGATE, DOOR, type HostileWorld, MASTER, OWNER, openHostileWorld } from "./hostile-world.ts";

const SLOW = 900_000;

/** Addresses to which no link leads from the first things of each kind. */
const MORE = [
  "/accounts/example.com/news/members",
  "/accounts/example.com/hana/reset-factors",
  "/domains/example.com/command-aliases/orders/steps",
  "/mailboxes/example.com/hana",
  ...["notify", "reset-factors", "resume"].map((step) => `/people/${DELEGATE.name}/${step}`),
];

/** Faults that are planted under the address of a page: the stored text comes out as it went in. */
const PLANTED: Readonly<Record<string, (answer: Response) => Promise<Response>>> = {
  "/planted/unescaped": async (answer) => new Response(unescaped(await answer.text()), answer),
  "/planted/no-policy": async (answer) => {
    const headers = new Headers(answer.headers);
    headers.delete("content-security-policy");
    return new Response(unescaped(await answer.text()), { status: 200, headers });
  },
};

function unescaped(html: string): string {
  return html
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'");
}

function withFaults(panel: FetchHandler): FetchHandler {
  return async (request, peer) => {
    const url = new URL(request.url);
    const plant = PLANTED[url.pathname];
    if (!plant) return panel(request, peer);
    return plant(await panel(new Request(new URL("/aliases", url), request), peer));
  };
}

describeWith(
  "chromium",
  chromium(),
  "hostile text in XMail's files and in the state, in Chromium",
  (where) => {
    let browser: Browser;
    let world: HostileWorld;

    beforeAll(async () => {
      world = await openHostileWorld(withFaults);
      browser = await openBrowser(where);
    }, SLOW);
    afterAll(async () => {
      await browser?.close();
      await world?.close();
    });

    async function signedIn(who: { name: string; password: string }, door = ""): Promise<BrowserContext> {
      const context = await browser.newContext({ locale: "en" });
      // What the policy forbids is told also where the browser only counts it.
      await context.addInitScript(() =>
        document.addEventListener("securitypolicyviolation", (event) =>
          console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`),
        ),
      );
      const page = await context.newPage();
      await page.goto(`${world.origin}${door}/sign-in`);
      await page.locator("#f-name").fill(who.name);
      await page.locator("#f-password").fill(who.password);
      await page.locator(".btn.primary").click();
      expect(new URL(page.url()).pathname).toBe(`${door}/`);
      await page.close();
      return context;
    }

    /** Whoever opens other people's mail says why; it stands for ten minutes. */
    async function givesReason(context: BrowserContext): Promise<void> {
      const page = await context.newPage();
      await page.goto(`${world.origin}/mailboxes/example.com/hana`);
      await page.locator("main form input:not([type=hidden])").fill("asked by the owner");
      await page.locator(".btn.primary").click();
      await page.close();
    }

    test("every page over it: nothing runs, nothing breaks the policy, nobody else is asked", {
      timeout: SLOW,
    }, async () => {
      const context = await signedIn(MASTER);
      await givesReason(context);
      await world.hasPasskey(true);
      const found = await crawl(context, world.origin, { texts: ATTACKS, more: MORE });
      const { wrong, routes, opened, shown } = found;
      await world.hasPasskey(false);
      await context.close();
      expect(wrong).toEqual({});
      const missing = pagesOf(PAGES).filter((path) => !routes.has(path));
      expect(missing).toEqual([]);
      expect(opened.length).toBeGreaterThan(150);
      // That proves something: the texts stood there, and were read as texts.
      expect(shown.size).toBeGreaterThan(15);
    });

    describe.each([
      ["a delegated administrator, at a door with hostile words", DELEGATE, `/at/${DOOR}`, 20],
      ["the owner of an account", OWNER, "/at/mailbox", 5],
    ])("for %s", (_, who, door, least) => {
      test("nor do his pages", { timeout: SLOW }, async () => {
        const context = await signedIn(who, door);
        const { wrong, opened } = await crawl(context, world.origin, { door });
        await context.close();
        expect(wrong).toEqual({});
        expect(opened.length).toBeGreaterThan(least);
      });
    });

    test.each([
      ["/planted/unescaped", /policy: script-src/],
      ["/planted/no-policy", /dialog: 1|request: /],
    ])("a fault that is planted is reported: %s", { timeout: SLOW }, async (path, says) => {
      const context = await signedIn(MASTER);
      const page = await context.newPage();
      const seen = watch(page);
      const { faults } = await visit(page, world.origin + path);
      await page.waitForTimeout(500);
      await context.close();
      expect(faults.join("\n")).toMatch(/ on\w+=|SCRIPT|script/);
      expect(seen.join("\n")).toMatch(says);
    });
  },
);
