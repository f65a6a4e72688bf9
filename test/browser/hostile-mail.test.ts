import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { toNodeListener } from "../../adapters/node/node.ts";
import { type Demo, openDemo } from "../../src/demo.ts";
import { chromium, describeWith } from "../peers.ts";
import { listen, openBrowser, watch } from "./browser.ts";

/** The newest of the mailbox: times of arrival are in the names. */
const NAME = "1895500100.1.host";
const MAIL = [
  "From: x@y.test",
  "Subject: <script>alert(1)</script>",
  "MIME-Version: 1.0",
  "Content-Type: multipart/mixed; boundary=b",
  "",
  "--b",
  "Content-Type: text/html; charset=utf-8",
  "",
  '<meta http-equiv=refresh content="0;url=https://evil.example/"><h1>Hello</h1><script>alert(2)</script>',
  '<img src="https://evil.example/p.png" onerror="alert(3)"><style>@import "https://evil.example/x.css"</style>',
  '<p style="background:url(https://evil.example/b)">text <a href="https://evil.example/" target=_top>link</a></p>',
  '<form action="https://evil.example/"><button>go</button></form><iframe src="https://evil.example/"></iframe>',
  "--b",
  "Content-Type: text/html",
  'Content-Disposition: attachment; filename="../../evil.html"',
  "",
  "<script>alert(4)</script>",
  "--b--",
  "",
].join("\r\n");

describeWith("chromium", chromium(), "a hostile mail in the panel, in Chromium", (where) => {
  let browser: Browser;
  let demo: Demo;
  let site: { origin: string; close(): Promise<void> };
  let path: string;

  beforeAll(async () => {
    browser = await openBrowser(where);
  });
  afterAll(() => browser?.close());
  // Each its own: a reason stands for ten minutes.
  beforeEach(async () => {
    demo = await openDemo();
    const { items } = await demo.xmail.account.list({ domain: "example.com", kind: "user", limit: 1 });
    const { domain = "", name = "" } = items[0] ?? {};
    await writeFile(join(demo.mailRoot, "domains", domain, name, "Maildir/new", NAME), MAIL);
    path = `/mailboxes/${domain}/${name}`;
    site = await listen(toNodeListener(demo.panel));
  });
  afterEach(async () => {
    await site?.close();
    await demo?.close();
  });

  describe.each([true, false])("with script: %s", (javaScriptEnabled) => {
    test("is read after a reason; nothing of it runs, asks anybody or leads away", {
      timeout: 90_000,
    }, async () => {
      const page = await browser.newPage({ javaScriptEnabled });
      const seen = watch(page);
      await page.goto(`${site.origin}/`);
      await page.locator("#f-name").fill(demo.administrator);
      await page.locator("#f-password").fill(demo.password.reveal());
      await page.locator(".btn.primary").click();
      await page.goto(site.origin + path);
      expect(await page.locator("main").innerText()).not.toContain("alert(1)");
      await page.locator("main form input:not([type=hidden])").fill("asked by the owner");
      await page.locator(".btn.primary").click();
      await page.getByText("<script>alert(1)</script>").click();

      const frame = page.frameLocator("main iframe");
      expect(await frame.locator("h1").innerText()).toBe("Hello");
      expect(
        await frame.locator("script, style, img, a, form, button, iframe, meta[http-equiv=refresh]").count(),
      ).toBe(0);
      expect(await page.locator("main iframe").getAttribute("sandbox")).toBe("");
      expect(await page.locator("main").innerText()).toContain("https://evil.example/");
      const downloading = page.waitForEvent("download");
      await page.locator("main .table .btn").click();
      const download = await downloading;
      expect(download.suggestedFilename()).toBe("evil.html");
      expect(await readFile(await download.path(), "utf8")).toContain("alert(4)");
      expect(page.url()).toBe(`${site.origin}${path}/new_${NAME}`);
      expect(seen).toEqual([]);
      await page.close();
    });
  });
});
