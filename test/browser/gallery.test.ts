import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type axe from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { chromium, describeWith } from "../peers.ts";
import { hostileGallery } from "../unit/web/attacks.ts";
import { GALLERY } from "../unit/web/gallery.ts";
import { openBrowser, watch } from "./browser.ts";
import { hostilePath, openGallery, poisonedPath } from "./gallery-site.ts";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const LOOKS = [
  ["en", "light", 1440],
  ["ja", "dark", 390],
] as const;
/** Some 700 screens, on a machine that does other things too. */
const SLOW = 1_200_000;
/** Pages open at the same time: while one is drawn, another is looked at. */
const PAGES = 3;

describeWith("chromium", chromium(), "every screen in Chromium", (where) => {
  let browser: Browser;
  let gallery: { origin: string; close(): Promise<void> };

  beforeAll(async () => {
    gallery = await openGallery();
    browser = await openBrowser(where);
  });
  afterAll(async () => {
    await browser?.close();
    await gallery?.close();
  });

  async function at(
    width: number,
    visit: (page: Page, open: (path: string) => Promise<void>) => Promise<void>,
    javaScriptEnabled = true,
  ) {
    const page = await browser.newPage({ viewport: { width, height: 900 }, javaScriptEnabled });
    // Compiled once for all screens; handed to each by itself it takes longer than what it looks at.
    await page.addInitScript(AXE);
    try {
      await visit(page, async (path) => {
        const look = () => page.goto(gallery.origin + path);
        // The screen before may just have been going on by itself, which ends this one's way or takes its answer.
        const answer = (await look().catch(() => null)) ?? (await look());
        expect(answer?.status(), path).toBe(200);
      });
    } finally {
      await page.close();
    }
  }

  /**
   * Visits them all, several at once, and resolves what was wrong with which: every one, not the first.
   * What no page may do, as `watch` tells it, is wrong everywhere.
   */
  async function wrongWith(
    width: number,
    names: readonly string[],
    visit: (page: Page, name: string, open: (path: string) => Promise<void>) => Promise<unknown>,
    javaScriptEnabled = true,
  ): Promise<Record<string, unknown>> {
    const left = [...names];
    const wrong: Record<string, unknown> = {};
    const walk = () =>
      at(
        width,
        async (page, open) => {
          const seen = watch(page);
          for (let name = left.shift(); name !== undefined; name = left.shift()) {
            // One that cannot be looked at keeps nobody from the others.
            const looked = await visit(page, name, open).catch((error: unknown) => String(error));
            const found = [looked, ...seen.splice(0)].flat();
            if (found.length > 0) wrong[name] = found;
          }
        },
        javaScriptEnabled,
      );
    await Promise.all(Array.from({ length: PAGES }, walk));
    return wrong;
  }

  const NAMES = GALLERY.map(({ name }) => name);

  describe.each(LOOKS)("%s, %s, %i pixels", (language, theme, width) => {
    // One look at each screen for all of it: most of the time goes into drawing them.
    test("axe finds nothing, nothing is wider than the window, no policy is broken", {
      timeout: SLOW,
    }, async () => {
      const wrong = await wrongWith(width, NAMES, async (page, name, open) => {
        await open(`/${language}/${theme}/${name}`);
        const tooWide = await widerThanTheWindow(page);
        await page.setViewportSize({ width, height: 900 });
        return [...tooWide, ...(await judge(page))];
      });
      expect(wrong).toEqual({});
    });

    test("axe finds nothing in the open menus", async () => {
      await at(390, async (page, open) => {
        await open(`/${language}/${theme}/accounts/one`);
        await page.locator(".me > summary").click();
        expect(await judge(page)).toEqual([]);
        await page.keyboard.press("Escape");
        expect(await page.locator(".me").getAttribute("open")).toBeNull();
        await page.locator(".menu-btn").click();
        expect(await judge(page)).toEqual([]);
      });
    });
  });

  // The unit test reads every attack alone; here a browser meets them all at once, and some alone.
  test.each([true, false])(
    "hostile text stays text; script: %s",
    { timeout: SLOW },
    async (javaScriptEnabled) => {
      const names = hostileGallery("x").map(({ name }) => name);
      const texts = ["all", ...(javaScriptEnabled ? [0, 2, 5, 6, 16] : [])];
      const wrong = await wrongWith(
        1280,
        names,
        async (page, name, open) => {
          const elements = async (text: string | number) => {
            await open(hostilePath(text, name));
            return page.locator("body *").count();
          };
          const harmless = await elements("harmless");
          const grown: string[] = [];
          for (const text of texts) {
            const found = await elements(text);
            if (found !== harmless) grown.push(`${text}: ${found} elements instead of ${harmless}`);
          }
          return grown;
        },
        javaScriptEnabled,
      );
      expect(wrong).toEqual({});
    },
  );

  test("no screen with hostile text everywhere executes, breaks the policy or asks anybody", {
    timeout: SLOW,
  }, async () => {
    const screens = GALLERY.filter(({ hostile }) => hostile).map(({ name }) => name);
    const wrong = await wrongWith(1440, screens, async (_, name, open) => {
      await open(poisonedPath(name));
      return [];
    });
    expect(wrong).toEqual({});
  });

  test("the keyboard reaches everything, in the order of the page", async () => {
    await at(1440, async (page, open) => {
      for (const name of ["accounts/many", "account/active", "domain-remove/full", "mail-route/alias"]) {
        await open(`/en/light/${name}`);
        await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
        const expected = await focusable(page);
        const reached: string[] = [];
        for (let i = 0; i < expected.length; i++) {
          await page.keyboard.press("Tab");
          reached.push(
            await page.evaluate(() => (document.activeElement as HTMLElement).outerHTML.slice(0, 120)),
          );
        }
        expect(reached, name).toEqual(expected);
      }
    });
  });

  test("the skip link leads past the menu, and Ctrl-K to the search", async () => {
    await at(1440, async (page, open) => {
      await open("/en/light/accounts/many");
      await page.keyboard.press("Tab");
      expect(await page.evaluate(() => document.activeElement?.className)).toBe("skip");
      await page.keyboard.press("Enter");
      expect(await page.evaluate(() => document.activeElement?.id)).toBe("main");
      await page.keyboard.press("Control+k");
      expect(await page.evaluate(() => document.activeElement?.id)).toBe("find");
    });
  });

  test("the menu opens on a phone without script", async () => {
    const page = await browser.newPage({ javaScriptEnabled: false, viewport: { width: 390, height: 800 } });
    await page.goto(`${gallery.origin}/en/light/overview/fine`);
    expect(await page.locator("#nav").isVisible()).toBe(false);
    await page.locator(".menu-btn").click();
    expect(await page.locator("#nav").isVisible()).toBe(true);
    await page.locator(".me > summary").click({ force: true });
    await page.close();
  });

  test("what was refused has the focus, and the button of a typed confirmation waits for the name", async () => {
    await at(1440, async (page, open) => {
      await open("/en/light/domain-remove/wrong-name");
      expect(await page.evaluate(() => document.activeElement?.id)).toBe("refusal");
      const button = page.locator(".btn.destroy");
      expect(await button.isDisabled()).toBe(true);
      await page.locator("#f-confirm").fill("EXAMPLE.com ");
      expect(await button.isDisabled()).toBe(false);
      await page.locator("#f-confirm").fill("example.co");
      expect(await button.isDisabled()).toBe(true);
    });
  });

  test("a suggested password fills both fields, fits the rule and can be hidden again", async () => {
    await at(1440, async (page, open) => {
      await open("/en/light/account-password/new");
      await page.getByRole("button", { name: "Suggest one" }).click();
      const first = page.locator("#f-password");
      const text = await first.inputValue();
      expect(text).toMatch(/^[A-Za-z2-9]{20}$/);
      expect(await page.locator("#f-passwordAgain").inputValue()).toBe(text);
      expect(await first.getAttribute("type")).toBe("text");
      expect(await first.evaluate((input: HTMLInputElement) => input.checkValidity())).toBe(true);
      await page.getByRole("button", { name: "Hide" }).click();
      expect(await first.getAttribute("type")).toBe("password");
    });
  });

  test("the theme wish wins over the system's", async () => {
    const dark = await browser.newPage({ colorScheme: "dark" });
    const ground = () => dark.evaluate(() => getComputedStyle(document.body).backgroundColor);
    await dark.goto(`${gallery.origin}/en/system/overview/fine`);
    expect(await ground()).toBe("rgb(17, 19, 24)");
    await dark.goto(`${gallery.origin}/en/light/overview/fine`);
    expect(await ground()).toBe("rgb(255, 255, 255)");
    await dark.close();
  });
});

/** How many pixels of it stand outside, at the widths where the layout changes. */
async function widerThanTheWindow(page: Page): Promise<string[]> {
  const tooWide: string[] = [];
  for (const size of [320, 600, 768, 1100, 1280]) {
    await page.setViewportSize({ width: size, height: 900 });
    const more = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    if (more > 0) tooWide.push(`${more} at ${size}`);
  }
  return tooWide;
}

async function judge(page: Page): Promise<unknown[]> {
  return page.evaluate(async (tags) => {
    const found = await (window as unknown as { axe: typeof axe }).axe.run(document, {
      runOnly: { type: "tag", values: tags },
      // What is right need not be told: half of its time went into that.
      resultTypes: ["violations"],
    });
    return found.violations.map(({ id, help, nodes }) => ({
      id,
      help,
      where: nodes.map(({ target, failureSummary }) => `${target.join(" ")}: ${failureSummary}`).slice(0, 3),
    }));
  }, RULES);
}

/** What Tab should reach, as it stands in the page; a group of radios is one stop. */
async function focusable(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const groups = new Set<string>();
    return [
      ...document.querySelectorAll<HTMLElement>("a[href], button, input, select, summary, [tabindex='0']"),
    ]
      .filter((element) => {
        if (element instanceof HTMLInputElement && element.type === "hidden") return false;
        if ((element as HTMLButtonElement).disabled) return false;
        // Closed menus are left out; the skip link is off the page until it has the focus.
        if (!element.classList.contains("skip") && !element.checkVisibility()) return false;
        if (!(element instanceof HTMLInputElement) || element.type !== "radio") return true;
        const group = [...document.querySelectorAll<HTMLInputElement>(`input[name="${element.name}"]`)];
        if (group.some((one) => one.checked)) return element.checked;
        return !groups.has(element.name) && groups.add(element.name);
      })
      .map((element) => element.outerHTML.slice(0, 120));
  });
}
