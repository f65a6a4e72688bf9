import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, BrowserContext, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { toNodeListener } from "../../adapters/node/node.ts";
import { type Demo, openDemo } from "../../src/demo.ts";
import { chromium, describeWith } from "../peers.ts";
import { listen, openBrowser, watch } from "./browser.ts";

describeWith("chromium", chromium(), "the panel over a simulated XMail, in Chromium", (where) => {
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

  /** A file of the MailRoot as it stands on the disk now. */
  const file = (path: string) => readFileSync(join(demo.mailRoot, path), "latin1");
  const headline = (page: Page) => text(page.locator("h1"));
  const flash = (page: Page) => text(page.locator(".flash.is-ok"));

  async function signIn(context: BrowserContext): Promise<{ page: Page; seen: string[] }> {
    const page = await context.newPage();
    const seen = watch(page);
    await page.goto(`${site.origin}/`);
    await page.locator("#f-name").fill(demo.administrator);
    await page.locator("#f-password").fill(demo.password.reveal());
    await page.locator(".btn.primary").click();
    return { page, seen };
  }

  async function fill(page: Page, values: Record<string, string>): Promise<void> {
    for (const [name, value] of Object.entries(values)) {
      const field = page.locator(`main [name="${name}"]`).first();
      if ((await field.evaluate((element) => element.tagName)) === "SELECT") await field.selectOption(value);
      else await field.fill(value);
    }
  }

  async function send(page: Page, values: Record<string, string> = {}): Promise<void> {
    await fill(page, values);
    await page.locator(":is(.btn.primary, .btn.destroy)").last().click();
    await saveWhatIsShown(page);
  }

  /** The page that shows what will change, where there is one. */
  async function saveWhatIsShown(page: Page): Promise<void> {
    const save = page.locator('.btn.primary[name="step"][value="save"]');
    if ((await save.count()) === 1) await save.click();
  }

  test("a stranger is asked to sign in and comes back to where he wanted to go", async () => {
    const page = await (await browser.newContext({ locale: "en" })).newPage();
    await page.goto(`${site.origin}/accounts?search=hanako`);
    expect(new URL(page.url()).pathname).toBe("/sign-in");

    await send(page, { name: demo.administrator, password: "wrong password" });
    expect(await text(page.locator("[role=alert]"))).toBe("Name or password is wrong.");
    expect(await page.locator("#f-name").inputValue()).toBe(demo.administrator);
    expect(await page.locator("#f-password").inputValue()).toBe("");

    await send(page, { password: demo.password.reveal() });
    expect(page.url()).toBe(`${site.origin}/accounts?search=hanako`);
    await page.context().close();
  });

  describe.each([
    ["with script", true],
    ["without script", false],
  ])("%s", (_, javaScriptEnabled) => {
    const domain = javaScriptEnabled ? "with.example" : "without.example";
    const account = `mika@${domain}`;
    let context: BrowserContext;
    let page: Page;
    let seen: string[];

    beforeAll(async () => {
      context = await browser.newContext({ javaScriptEnabled, locale: "en" });
      ({ page, seen } = await signIn(context));
    });
    afterAll(async () => {
      await context?.close();
    });

    test("the overview says that XMail answers", async () => {
      expect(await text(page.locator(".verdict h2"))).toBe("XMail answers. Nothing needs you.");
      expect(Number(await text(page.locator(".stat-num").first()))).toBeGreaterThanOrEqual(4);
    });

    test("a domain is added; the same again is refused at its field and changes nothing", async () => {
      await page
        .getByRole("navigation", { name: "Main" })
        .getByRole("link", { name: "Domains", exact: true })
        .click();
      await page.getByRole("link", { name: "Add domain" }).click();
      await send(page, { domain });
      expect(await flash(page)).toContain(`${domain} was added`);
      expect(await headline(page)).toBe(domain);
      expect(file("domains.tab")).toContain(`"${domain}"`);

      const before = file("domains.tab");
      await page.goto(`${site.origin}/add-domain`);
      const answer = page.waitForResponse((response) => response.request().method() === "POST");
      await send(page, { domain: domain.toUpperCase() });
      expect((await answer).status()).toBe(422);
      expect(await text(page.locator("#f-domain-e"))).toContain("This domain exists already");
      expect(await page.locator("#f-domain").inputValue()).toBe(domain.toUpperCase());
      expect(await page.title()).toMatch(/^Error: /);
      expect(file("domains.tab")).toBe(before);
    });

    test("an account is added; bad passwords are refused at the field", async () => {
      await page.goto(`${site.origin}/domains/${domain}`);
      await page.getByRole("link", { name: "Add account" }).click();
      await send(page, { name: "mika", realName: "三浦 美香", password: domain, passwordAgain: domain });
      expect(await text(page.locator("#f-password-e"))).toContain("Do not use the name");
      expect(await page.locator("#f-name").inputValue()).toBe("mika");
      expect(await page.locator("#f-realName").inputValue()).toBe("三浦 美香");
      expect(await page.locator("#f-domain").inputValue()).toBe(domain);
      expect(await page.locator("#f-password").inputValue()).toBe("");
      expect(file("mailusers.tab")).not.toContain(domain);

      await send(page, {
        password: "a-long-new-password-1",
        passwordAgain: "another-password",
      });
      expect(await text(page.locator("#f-passwordAgain-e"))).toContain("not the same");

      await send(page, { password: "a-long-new-password-1", passwordAgain: "a-long-new-password-1" });
      expect(await flash(page)).toContain(`${account} was added`);
      expect(await headline(page)).toBe(account);
      expect(await text(page.locator(".page-head p"))).toBe("三浦 美香");
      expect(file("mailusers.tab")).toContain(`"${domain}"\t"mika"`);
      expect(await page.content()).not.toContain("a-long-new-password-1");
    });

    test("settings are saved to user.tab, and only those that were changed", async () => {
      await page.goto(`${site.origin}/accounts/${domain}/mika`);
      const settings = () => file(`domains/${domain}/mika/user.tab`);
      await send(page, { mailboxLimit: "2", mailboxLimitUnit: "GB" });
      expect(await flash(page)).toContain("were saved");
      expect(settings()).toContain('"MaxMBSize"\t"2097152"');
      expect(await page.locator("#f-mailboxLimit").inputValue()).toBe("2");

      await page.getByLabel("Only these:").check();
      await page.getByLabel("Send to this server (M)").check();
      await page.getByLabel("No size limit (Z)").check();
      await send(page);
      expect(settings()).toMatch(/"SmtpPerms"\t"M[A-Z]*Z"/);

      const before = settings();
      await send(page);
      expect(await headline(page)).toBe("What will change");
      expect(await text(page.locator("main"))).toContain("Nothing would change");
      await page.getByRole("button", { name: "Back to the form" }).click();
      await send(page, { mailboxLimit: "lots" });
      expect(await text(page.locator("#f-mailboxLimit-e"))).toContain("whole number of kB");
      expect(settings()).toBe(before);
    });

    test("a variable is set and deleted", async () => {
      await page.goto(`${site.origin}/accounts/${domain}/mika/variables`);
      await send(page, { variable: "Telephone", value: "03-0000-0000" });
      expect(file(`domains/${domain}/mika/user.tab`)).toContain('"Telephone"\t"03-0000-0000"');
      await page.getByRole("button", { name: "Delete Telephone" }).click();
      await saveWhatIsShown(page);
      expect(await flash(page)).toContain("Telephone was deleted");
      expect(file(`domains/${domain}/mika/user.tab`)).not.toContain("Telephone");
    });

    test("an account is suspended and works again as before", async () => {
      await page.goto(`${site.origin}/accounts/${domain}/mika`);
      const before = file(`domains/${domain}/mika/user.tab`);
      await page.getByRole("link", { name: "Suspend…" }).first().click();
      await send(page);
      expect(await text(page.locator(".flash.is-warn"))).toContain("This account is suspended");
      expect(file(`domains/${domain}/mika/user.tab`)).toContain('"ReceiveEnable"\t"0"');

      // Somebody else, or the same person in another window, was quicker.
      const late = await context.newPage();
      await late.goto(`${site.origin}/accounts/${domain}/mika`);
      await page.getByRole("button", { name: "Resume" }).click();
      await saveWhatIsShown(page);
      expect(await flash(page)).toContain("works again");
      await late.getByRole("button", { name: "Resume" }).click();
      expect(await text(late.locator("[role=alert]"))).toContain("This account is not suspended");
      await late.close();
      expect(lines(file(`domains/${domain}/mika/user.tab`))).toEqual(lines(before));
    });

    test("a new password is set and never shown", async () => {
      const before = file("mailusers.tab");
      await page.goto(`${site.origin}/accounts/${domain}/mika`);
      await page.getByRole("link", { name: "Password" }).click();
      await send(page, { password: "quite-another-password", passwordAgain: "quite-another-password" });
      expect(await flash(page)).toContain("has a new password");
      expect(file("mailusers.tab")).not.toBe(before);
      expect(await page.content()).not.toContain("quite-another-password");
    });

    test("a change is looked at, saved, found in the history and undone, by keyboard", async () => {
      const before = file("aliases.tab");
      await page.goto(`${site.origin}/add-alias?domain=${domain}&target=mika`);
      await page.locator("#f-alias").focus();
      await page.keyboard.type("looked");
      await page.keyboard.press("Enter");
      // A key is pressed and nothing waits for the page that follows.
      await page.getByRole("heading", { level: 1, name: "What will change" }).waitFor();
      expect(await text(page.locator(".diff ins").first())).toContain("looked");
      expect(file("aliases.tab")).toBe(before);
      await page.locator("#f-why").focus();
      await page.keyboard.type("to see it");
      await page.keyboard.press("Enter");
      expect(await flash(page)).toContain("now delivers to");
      expect(file("aliases.tab")).toContain('"looked"');
      await page.goto(`${site.origin}/changes?object=looked@${domain}`);
      expect(await text(page.locator("tbody"))).toContain("to see it");
      await page.locator("tbody a").first().focus();
      await page.keyboard.press("Enter");
      await page.getByRole("button", { name: "Undo this change" }).focus();
      await page.keyboard.press("Enter");
      // A key is pressed and nothing waits for the page that follows.
      await page.getByRole("heading", { level: 1, name: "What will change" }).waitFor();
      await page.getByRole("button", { name: "Save", exact: true }).focus();
      await page.keyboard.press("Enter");
      expect(await flash(page)).toContain("The change was undone.");
      expect(lines(file("aliases.tab"))).toEqual(lines(before));
    });

    test("a row of a table is added and switched off", async () => {
      const pattern = `*@spam.${domain}`;
      const row = () => lines(file("spam-address.tab")).find((line) => line.includes(pattern));
      await page.goto(`${site.origin}/banned-senders/add`);
      await send(page, { pattern });
      expect(await flash(page)).toContain("added");
      expect(row()).toMatch(/^"/);
      await page.getByRole("button", { name: `Switch off ${pattern}` }).click();
      await saveWhatIsShown(page);
      expect(await flash(page)).toContain("is off");
      expect(row()).toMatch(/^#/);
    });

    test("an alias is added, followed and removed", async () => {
      await page.goto(`${site.origin}/accounts/${domain}/mika`);
      await page.getByRole("link", { name: "Add alias" }).click();
      await send(page, { alias: "inf*", target: "nobody-there" });
      expect(await text(page.locator("#f-target-e"))).toContain("There is no such account");
      expect(file("aliases.tab")).not.toContain(domain);
      await send(page, { target: "mika" });
      expect(await flash(page)).toContain(`inf*@${domain} now delivers to ${account}`);
      expect(file("aliases.tab")).toContain(`"${domain}"\t"inf*"`);

      await page.goto(`${site.origin}/mail-route`);
      await send(page, { address: `info@${domain}` });
      expect(await text(page.locator(".verdict h2"))).toBe(`Mail to info@${domain} reaches ${account}`);
      expect(await text(page.locator(".steps"))).toContain(`The alias inf*@${domain} matches`);

      await page.goto(`${site.origin}/aliases?domain=${domain}`);
      await page.getByRole("link", { name: `Remove alias inf*@${domain}` }).click();
      expect(await text(page.locator(".confirm"))).toContain(account);
      await page.getByRole("link", { name: "Keep it" }).click();
      expect(file("aliases.tab")).toContain(domain);
      await page.getByRole("link", { name: `Remove alias inf*@${domain}` }).click();
      await send(page);
      expect(await flash(page)).toContain("was removed");
      expect(file("aliases.tab")).not.toContain(domain);
    });

    test("a domain alias is added and removed", async () => {
      await page.goto(`${site.origin}/domain-aliases`);
      await page.getByRole("link", { name: "Add domain alias" }).click();
      await send(page, { alias: `also-${domain}`, domain });
      expect(await flash(page)).toContain(`also-${domain} now leads to ${domain}`);
      expect(file("aliasdomain.tab")).toContain(`"also-${domain}"\t"${domain}"`);
      await page.getByRole("link", { name: `Remove domain alias also-${domain}` }).click();
      await send(page);
      expect(file("aliasdomain.tab")).not.toContain(domain);
    });

    test("removing an account takes its name, typed right", async () => {
      await page.goto(`${site.origin}/accounts/${domain}/mika`);
      await page.getByRole("link", { name: "Remove account…" }).click();
      await fill(page, { confirm: "mika" });
      const button = page.locator(".btn.destroy");
      if (javaScriptEnabled) expect(await button.isDisabled()).toBe(true);
      else {
        await button.click();
        expect(await text(page.locator("#f-confirm-e"))).toContain(account);
        expect(file("mailusers.tab")).toContain(domain);
      }
      await send(page, { confirm: account });
      expect(await flash(page)).toContain(`${account} was removed`);
      expect(file("mailusers.tab")).not.toContain(domain);
    });

    test("removing a domain says what goes with it", async () => {
      await page.goto(`${site.origin}/domains/${domain}`);
      await page.getByRole("link", { name: "Remove domain…" }).click();
      expect(await text(page.locator(".losses"))).toContain("it is empty");
      await send(page, { confirm: domain });
      expect(file("domains.tab")).not.toContain(domain);
      const gone = await page.goto(`${site.origin}/domains/${domain}`);
      expect(gone?.status()).toBe(404);
      expect(await headline(page)).toBe("There is no such domain");
    });

    test("a list is searched, turned round and leafed through", async () => {
      await page.goto(`${site.origin}/accounts`);
      const first = () => text(page.locator("tbody th").first());
      const total = Number(/of ([\d,]+)$/.exec(await text(page.locator(".pager p")))?.[1]);
      expect(total).toBeGreaterThan(100);
      expect(await page.locator("tbody tr").count()).toBe(50);
      const start = await first();
      await page.getByRole("link", { name: "Next →" }).click();
      expect(await text(page.locator(".pager p"))).toBe(`51 to 100 of ${total}`);
      expect(await first()).not.toBe(start);
      await page.getByRole("link", { name: "← Previous" }).click();
      expect(await first()).toBe(start);

      await page.locator("thead").getByRole("link", { name: "Address" }).click();
      expect(await page.locator("thead [aria-sort]").getAttribute("aria-sort")).toBe("descending");
      expect(await first()).not.toBe(start);

      await page.locator("main").getByLabel("Address contains").fill("SATO");
      await page.getByRole("button", { name: "Search" }).click();
      const found = await page.locator("tbody th").allTextContents();
      expect(found.length).toBeGreaterThan(0);
      for (const address of found) expect(address).toContain("sato");

      await page.locator(".chip").click();
      expect(await page.locator(".chip").count()).toBe(0);
      await page.goto(`${site.origin}/accounts?domain=no+such+domain`);
      expect(await text(page.locator("main"))).toContain("as the list of domains shows it");
    });

    test("nothing broke the policy on the way, and no page but ours was asked", () => {
      const expected = /the server responded with a status of (?:422|404)/;
      expect(seen.filter((line) => !expected.test(line))).toEqual([]);
    });

    test("signing out ends it", async () => {
      await page.goto(`${site.origin}/`);
      await page.locator(".me > summary").click();
      await page.getByRole("button", { name: "Sign out" }).click();
      expect(await flash(page)).toBe("You are signed out.");
      await page.goto(`${site.origin}/accounts`);
      expect(new URL(page.url()).pathname).toBe("/sign-in");
    });
  });

  test("Japanese by the browser's wish, English and dark by choice", async () => {
    const context = await browser.newContext({ locale: "ja-JP", colorScheme: "light" });
    const { page } = await signIn(context);
    expect(await page.locator("html").getAttribute("lang")).toBe("ja");
    await page.goto(`${site.origin}/add-account`);
    expect(await headline(page)).toBe("アカウントの追加");
    await send(page, {
      name: "taro.suzuki",
      domain: "example.jp",
      password: "nagai-nagai-pasuwaado",
      passwordAgain: "nagai-nagai-pasuwaado",
    });
    expect(await text(page.locator("#f-name-e"))).toContain("このアドレスは使われています");

    await page.locator(".me > summary").click();
    await page.locator("#theme").selectOption("dark");
    await page.getByRole("button", { name: "適用" }).click();
    expect(await page.locator("html").getAttribute("data-theme")).toBe("dark");
    expect(await headline(page)).toBe("アカウントの追加");

    await page.locator(".me > summary").click();
    await page.getByRole("button", { name: "English" }).click();
    expect(await headline(page)).toBe("Add account");
    expect(await page.locator("html").getAttribute("data-theme")).toBe("dark");
    await context.close();
  });

  test("a wrong address is a page that leads on", async () => {
    const context = await browser.newContext({ locale: "en" });
    const { page } = await signIn(context);
    const answer = await page.goto(`${site.origin}/no-such-page`);
    expect(answer?.status()).toBe(404);
    expect(await headline(page)).toBe("There is nothing here");
    await page.locator("main").getByRole("link", { name: "To the overview" }).click();
    expect(await headline(page)).toBe("Overview");
    await context.close();
  });
});

function lines(text: string): string[] {
  return text.trim().split("\n").sort();
}

async function text(locator: Locator): Promise<string> {
  return ((await locator.textContent()) ?? "").trim();
}
