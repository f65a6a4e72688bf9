import { cpSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import axe from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { newReader, type Reader, type Started } from "../docs/reader.ts";
import { TOP } from "../gates/tree-copy.ts";
import { chromium, describeWith } from "../peers.ts";
import { openBrowser, watch } from "./browser.ts";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const SLOW = 120_000;
/** Set to see what the tests see. */
const PICTURES = process.env["PICTURES"];

describeWith(
  "chromium",
  chromium(),
  "the embedded example with the plugin of the docs, in Chromium",
  (where) => {
    let reader: Reader;
    let server: Started;
    let browser: Browser;
    let origin: string;

    beforeAll(async () => {
      reader = await newReader("example.com");
      await reader.xmail.account.add({ domain: "example.com", name: "hana", password: "tall-bridge-42" });
      await reader.xmail.domain.add({ domain: "other.test" });
      cpSync(join(TOP, "docs/examples/plugin"), join(reader.home, "departments"), { recursive: true });
      const text = readFileSync(join(TOP, "docs/examples/embedded.ts"), "utf8");
      const withPlugin = `import { plugin } from "./departments/index.js";\n${text}`
        .replace("  state,\n", "  state,\n  plugins: [plugin],\n")
        .replace('"alias.*"]', '"alias.*", "department.*"]');
      expect(withPlugin).toContain("plugins: [plugin]");
      reader.write("embedded.mjs", reader.fitted(withPlugin));
      server = await reader.start("embedded.mjs", "http://");
      origin = `http://127.0.0.1:${reader.port}`;
      browser = await openBrowser(where);
    });
    afterAll(async () => {
      await browser?.close();
      await server?.stop();
      await reader?.leave();
    });

    async function signedIn(options: Parameters<Browser["newPage"]>[0] = {}) {
      const page = await browser.newPage({
        locale: "en",
        viewport: { width: 1280, height: 800 },
        ...options,
      });
      await page.goto(`${origin}/mail/accounts?domain=example.com`);
      expect(new URL(page.url()).pathname).toBe("/login");
      await page.locator("[name=name]").fill("hoshino");
      await page.locator("[name=password]").fill("quiet-river-1977");
      await page.getByRole("button").click();
      expect(page.url()).toBe(`${origin}/mail/accounts?domain=example.com`);
      return page;
    }

    async function picture(page: Page, name: string): Promise<void> {
      if (PICTURES === undefined) return;
      mkdirSync(PICTURES, { recursive: true });
      await page.screenshot({ path: join(PICTURES, `${name}.png`) });
    }

    test("who signed in to the control panel is signed in here, sees its frame and only his domain", async () => {
      const page = await signedIn();
      const seen = watch(page);
      await page.goto(`${origin}/mail/accounts`);
      expect(await page.title()).toBe("Accounts · Hoshi Mail");
      expect(await page.getByRole("banner").textContent()).toContain("Hoshi Hosting");
      expect(await page.getByRole("contentinfo").textContent()).toContain("Help");
      const menu = page.locator("#nav");
      expect(await menu.getByRole("link").allTextContents()).toEqual([
        "Overview",
        "Domains",
        "Accounts",
        "Aliases",
        "Departments",
        "Back to the control panel",
      ]);
      const accent = await page
        .locator("tbody a")
        .first()
        .evaluate(() => getComputedStyle(document.documentElement).getPropertyValue("--accent"));
      expect(accent).toContain("#0b6b53");
      expect(await page.locator(".hoshi").evaluate((element) => getComputedStyle(element).display)).toBe(
        "flex",
      );
      expect(await page.locator("tbody").textContent()).toContain("hana@example.com");
      expect((await page.goto(`${origin}/mail/domains/other.test`))?.status()).toBe(403);
      expect(seen.filter((line) => !line.includes("403"))).toEqual([]);
      await page.close();
    });

    test("a form of the plugin is filled in, refused and taken", async () => {
      const page = await signedIn();
      await page.goto(`${origin}/mail/departments`);
      await page.getByRole("link", { name: "hana@example.com" }).click();
      const field = page.getByLabel("Department");
      await field.fill("Research & Co.");
      await page.getByRole("button", { name: "Save without looking" }).click();
      expect(await page.locator(".flash.is-ok").textContent()).toContain("now belongs to Research & Co.");
      await page.getByRole("link", { name: "hana@example.com" }).click();
      expect(await field.inputValue()).toBe("Research & Co.");
      await field.evaluate((input) => input.removeAttribute("pattern"));
      await field.fill("<script>alert(1)</script>");
      await page.getByRole("button", { name: "Save without looking" }).click();
      expect(await page.locator("#f-department-e").textContent()).toContain("Use letters, digits");
      await picture(page, "refused");
      await page.close();
    });

    test.each([
      ["en", "light", 1280],
      ["ja", "dark", 1280],
      ["en", "dark", 320],
      ["ja", "light", 320],
    ] as const)(
      "axe finds nothing and nothing is too wide: %s, %s, %i pixels",
      { timeout: SLOW },
      async (...look) => {
        const [locale, colorScheme, width] = look;
        const page = await signedIn({ locale, colorScheme, viewport: { width, height: 800 } });
        const seen = watch(page);
        const paths = [
          "/accounts",
          "/departments",
          "/departments/example.com/hana",
          "/accounts/example.com/hana",
        ];
        for (const path of [...paths, "/departments/example.com/hana/remove"]) {
          await page.goto(`${origin}/mail${path}`);
          await page.evaluate(axe.source);
          expect(await judge(page), path).toEqual([]);
          const beyond = await page.evaluate(() => ({
            wide: document.documentElement.scrollWidth - window.innerWidth,
            high: document.documentElement.scrollHeight - window.innerHeight,
          }));
          expect(beyond.wide, path).toBeLessThanOrEqual(0);
          // A short page with its footer is as high as the window, not higher.
          if (path === "/departments") expect(beyond.high).toBeLessThanOrEqual(0);
          await picture(page, `${locale}-${colorScheme}-${width}${path.replaceAll("/", "-")}`);
        }
        if (width < 400) {
          await page.locator(".menu-btn").click();
          expect(await judge(page)).toEqual([]);
          await picture(page, `${locale}-${colorScheme}-menu`);
        }
        expect(seen).toEqual([]);
        await page.close();
      },
    );

    test("the way out is that of the control panel", async () => {
      const page = await signedIn();
      await page.locator(".me > summary").click();
      await picture(page, "me");
      await page.getByRole("link", { name: "Sign out" }).click();
      expect(new URL(page.url()).pathname).toBe("/login");
      await page.goto(`${origin}/mail/accounts`);
      expect(new URL(page.url()).pathname).toBe("/login");
      await page.close();
    });
  },
);

async function judge(page: Page): Promise<unknown[]> {
  return page.evaluate(async (tags) => {
    const found = await (window as unknown as { axe: typeof axe }).axe.run(document, {
      runOnly: { type: "tag", values: tags },
    });
    return found.violations.map(({ id, nodes }) => ({
      id,
      where: nodes.map(({ target, failureSummary }) => `${target.join(" ")}: ${failureSummary}`).slice(0, 3),
    }));
  }, RULES);
}
