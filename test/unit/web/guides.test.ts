import { describe, expect, test } from "vitest";
import { emergencyPage } from "../../../src/web/pages/emergency.ts";
import { safeName } from "../../../src/web/pages/mailbox-message.ts";
import { malwarePage } from "../../../src/web/pages/malware.ts";
import { findPage } from "../../../src/web/router.ts";
import { PAGES } from "../../../src/web/routes.ts";
import { LANGUAGES } from "../../../src/web/text/language.ts";
import { exhibit, NEWCOMER, READER, render } from "./gallery-frame.ts";
import { readHtml } from "./read-html.ts";

async function linksOf(page: typeof emergencyPage, actor = undefined as typeof READER | undefined) {
  const screen = await render(exhibit("guide", page, null, actor ? { actor } : {}), {
    language: "en",
    theme: "system",
  });
  const main = screen.slice(screen.indexOf("<main"), screen.indexOf("</main>"));
  return [...main.matchAll(/ href="([^"]+)"/g)].map(([, href = ""]) => href.replaceAll("&amp;", "&"));
}

describe("the emergency and malware pages", () => {
  test.each([
    ["emergency", emergencyPage, 12],
    ["malware", malwarePage, 7],
  ] as const)("%s: each step leads to a page that there is", async (_, page, least) => {
    const links = (await linksOf(page)).filter((href) => !href.startsWith("#"));
    expect(links.length).toBeGreaterThanOrEqual(least);
    for (const href of links) expect(findPage(PAGES, href.split("?")[0] ?? ""), href).not.toBeNull();
  });

  test("lead nobody where he may not go", async () => {
    expect(await linksOf(emergencyPage, NEWCOMER)).toEqual([]);
    expect(new Set(await linksOf(emergencyPage, READER))).toEqual(new Set(["/accounts"]));
  });

  test("say the same in both languages, step by step", async () => {
    for (const page of [emergencyPage, malwarePage]) {
      const [en, ja] = await Promise.all(
        (["en", "ja"] as const).map(async (language) =>
          readHtml(await render(exhibit("guide", page, null), { language, theme: "system" })).map(
            ({ name }) => name,
          ),
        ),
      );
      expect(ja).toEqual(en);
    }
    for (const text of JSON.stringify(LANGUAGES.ja.emergency).matchAll(/"text":"([^"]+)"/g))
      expect(text[1]).toMatch(/。$/);
  });
});

describe("names of downloads", () => {
  test.each([
    ["report.pdf", "report.pdf"],
    ["../../etc/passwd", "passwd"],
    ["C:\\Windows\\evil.exe", "evil.exe"],
    ["請求書.pdf", "attachment-1.pdf"],
    ["請求書 2026.pdf", "2026.pdf"],
    ["", "attachment-1"],
    [".htaccess", "attachment-1.htaccess"],
    ['a"; filename="b.html', "a-filename-b.html"],
    ["a\r\nX-Evil: 1.txt", "a-X-Evil-1.txt"],
    ["..", "attachment-1"],
    ["x".repeat(300), "x".repeat(80)],
  ])("%j is kept as %s", (name, kept) => {
    expect(safeName(name, "attachment-1")).toBe(kept);
  });
});
