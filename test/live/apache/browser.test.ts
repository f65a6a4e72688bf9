import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBrowser, watch } from "../../browser/browser.ts";
import { openWorld, type World } from "../../conformance/world.ts";
import { apache, chromium, describeWith } from "../../peers.ts";
import { type ApacheServer, startApache } from "./server.ts";
import { configurationOf, copyPrograms, guideConf } from "./site.ts";

/** Where pictures go, if somebody wants to see them. */
const SHOTS = process.env["XMAILCFG_SHOTS"];

const WORDS = {
  en: { signIn: "Sign in", signOut: "Sign out", added: "was added" },
  ja: { signIn: "ログイン", signOut: "ログアウト", added: "追加しました" },
} as const;

describeWith("apache", apache(), "the panel as CGI under Apache", (where) =>
  describeWith("chromium", chromium(), "in Chromium", (engine) => suite(where, engine)),
);

function suite(where: string, engine: string): void {
  let world: World;
  let folder: string;
  let server: ApacheServer;
  let browser: Browser;

  beforeAll(async () => {
    world = await openWorld("ctrl+files");
    folder = copyPrograms(configurationOf(world));
    const conf = guideConf("cgi", { "/srv/xmailcfg": folder });
    server = await startApache(where, { modules: ["cgid", "alias", "env"], conf: () => conf });
    browser = await openBrowser(engine);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    await world?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const file = (path: string) => readFileSync(join(world.mailRoot, path), "latin1");

  test.each([
    ["en", true],
    ["en", false],
    ["ja", true],
    ["ja", false],
  ] as const)(
    "in %s, script %s: sign in, add a domain and an account, sign out",
    { timeout: 120_000 },
    async (locale, script) => {
      const words = WORDS[locale];
      const domain = `${locale}-${script ? "with" : "without"}.example`;
      const context = await browser.newContext({ locale, javaScriptEnabled: script });
      const page = await context.newPage();
      const seen = watch(page);
      const shot = async (name: string) => {
        if (SHOTS === undefined) return;
        mkdirSync(SHOTS, { recursive: true });
        await page.screenshot({ path: join(SHOTS, `${domain}-${name}.png`), fullPage: true });
      };
      const send = async (values: Record<string, string>) => {
        for (const [name, value] of Object.entries(values)) {
          const field = page.locator(`main [name="${name}"]`).first();
          if ((await field.evaluate((element) => element.tagName)) === "SELECT")
            await field.selectOption(value);
          else await field.fill(value);
        }
        await page.locator(".btn.primary").last().click();
        // A change is looked at before it is saved.
        const review = page.locator('main button[name="step"][value="save"]');
        if ((await review.count()) > 0) await review.first().click();
      };
      const flash = () => page.locator(".flash.is-ok").textContent();

      await page.goto(`${server.origin}/mail/`);
      expect(new URL(page.url()).pathname).toBe("/mail/sign-in");
      expect(await page.locator(".btn.primary").textContent()).toBe(words.signIn);
      await shot("1-sign-in");
      await send({ name: "master", password: "Administrator-1" });
      expect(new URL(page.url()).pathname).toBe("/mail/");

      await page.goto(`${server.origin}/mail/add-domain`);
      await send({ domain });
      expect(await flash()).toContain(words.added);
      expect(file("domains.tab")).toContain(`"${domain}"`);
      await shot("2-domain");

      await page.goto(`${server.origin}/mail/add-account?domain=${domain}`);
      const password = "a-long-new-password-1";
      await send({ name: "hana", domain, realName: "佐藤 花", password, passwordAgain: password });
      expect(await flash()).toContain(words.added);
      expect(file("mailusers.tab")).toContain(`"${domain}"\t"hana"`);
      expect(await page.locator(".page-head p").first().textContent()).toBe("佐藤 花");
      await shot("3-account");
      await page.goto(`${server.origin}/mail/accounts?domain=${domain}`);
      await shot("4-accounts");

      await page.locator("details.me summary").click();
      await page.getByRole("button", { name: words.signOut }).first().click();
      await page.goto(`${server.origin}/mail/accounts`);
      expect(new URL(page.url()).pathname).toBe("/mail/sign-in");
      expect(seen).toEqual([]);
      await context.close();
    },
  );
}
