import type { Browser, BrowserContext, CDPSession, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { toNodeListener } from "../../adapters/node/node.ts";
import { type Demo, openDemo } from "../../src/demo.ts";
import { chromium, describeWith } from "../peers.ts";
import { listen, openBrowser, watch } from "./browser.ts";

describeWith("chromium", chromium(), "passkeys, in Chromium with a virtual authenticator", (where) => {
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

  /** Browsers make passkeys for a name and not for an address. */
  const at = (path: string) => site.origin.replace("127.0.0.1", "localhost") + path;

  async function withAuthenticator(
    context: BrowserContext,
  ): Promise<{ page: Page; cdp: CDPSession; id: string }> {
    const page = await context.newPage();
    const cdp = await context.newCDPSession(page);
    await cdp.send("WebAuthn.enable");
    const { authenticatorId } = await cdp.send("WebAuthn.addVirtualAuthenticator", {
      options: {
        protocol: "ctap2",
        transport: "internal",
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    return { page, cdp, id: authenticatorId };
  }

  async function password(page: Page): Promise<void> {
    await page.goto(at("/sign-in"));
    await page.locator("#f-name").fill(demo.administrator);
    await page.locator("#f-password").fill(demo.password.reveal());
    await page.locator(".btn.primary").click();
  }

  const path = (page: Page) => new URL(page.url()).pathname;

  describe("a passkey", { timeout: 120_000 }, () => {
    test("is made, signs in, and is refused once it was copied or is not verified", async () => {
      const context = await browser.newContext({ locale: "en" });
      const { page, cdp, id } = await withAuthenticator(context);
      const seen = watch(page);
      await password(page);
      await page.goto(at("/me/passkeys"));
      await page.locator("#f-name").fill("Laptop");
      await page.locator("[data-passkey]").click();
      await page.waitForURL(/\/me$/);
      expect(await page.locator(".flash.is-ok").innerText()).toContain("The passkey Laptop was added.");
      const made = await cdp.send("WebAuthn.getCredentials", { authenticatorId: id });
      expect(made.credentials.map(({ rpId }) => rpId)).toEqual(["localhost"]);

      await context.clearCookies();
      await password(page);
      expect(path(page)).toBe("/sign-in/code");
      await page.goto(at("/domains"));
      expect(path(page)).toBe("/sign-in/code");
      await page.locator("[data-passkey]").click();
      await page.waitForURL(/\/domains$/);

      // One that is not unlocked by its owner is no second factor.
      await context.clearCookies();
      await cdp.send("WebAuthn.setUserVerified", { authenticatorId: id, isUserVerified: false });
      await password(page);
      await page.locator("[data-passkey]").click();
      await page.locator("[data-passkey-note][role=alert]").waitFor();
      expect(path(page)).toBe("/sign-in/code");

      // A copy whose counter stands behind.
      const [credential] = made.credentials;
      if (!credential) throw new Error("there is no passkey");
      await cdp.send("WebAuthn.setUserVerified", { authenticatorId: id, isUserVerified: true });
      await cdp.send("WebAuthn.removeCredential", {
        authenticatorId: id,
        credentialId: credential.credentialId,
      });
      await cdp.send("WebAuthn.addCredential", {
        authenticatorId: id,
        credential: { ...credential, signCount: 0 },
      });
      await password(page);
      await page.locator("[data-passkey]").click();
      await page.locator("[role=alert] >> text=The passkey was not accepted").waitFor();
      expect(path(page)).toBe("/sign-in/code");
      // The requests are ours, under the other name of this machine; the last answer was a refusal.
      const ours = /^request: http:\/\/localhost:|status of 422/;
      expect(seen.filter((line) => !ours.test(line))).toEqual([]);
      await context.close();
    });

    test("needs script, and the page says so and leads to an app", async () => {
      const fresh = await openDemo();
      const own = await listen(toNodeListener(fresh.panel));
      const named = own.origin.replace("127.0.0.1", "localhost");
      const context = await browser.newContext({ locale: "en", javaScriptEnabled: false });
      const page = await context.newPage();
      for (const origin of [named, own.origin]) {
        await page.goto(`${origin}/sign-in?next=/me/passkeys`);
        await page.locator("#f-name").fill(fresh.administrator);
        await page.locator("#f-password").fill(fresh.password.reveal());
        await page.locator(".btn.primary").click();
        if (origin === named) {
          expect(await page.locator("[data-passkey]").isDisabled()).toBe(true);
          expect(await page.locator("[data-passkey-note]").innerText()).toContain("need script");
        } else {
          expect(await page.locator("[data-passkey]").count()).toBe(0);
          expect(await page.locator("main").innerText()).toContain("not for an IP address");
        }
        expect(await page.locator('main a[href="/me/app"]').count()).toBe(1);
      }
      await context.close();
      await own.close();
      await fresh.close();
    });
  });
});
