import { describe, expect, test } from "vitest";
import { PAGES } from "../../../src/web/routes.ts";
import { GALLERY } from "./gallery.ts";
import { type Exhibit, render } from "./gallery-frame.ts";
import { readHtml, type Tag } from "./read-html.ts";

const LANGUAGES = ["en", "ja"] as const;

async function tagsOf(exhibit: Exhibit, language: "en" | "ja"): Promise<Tag[]> {
  return readHtml(await render(exhibit, { language, theme: "system" }));
}

function of(tags: readonly Tag[], name: string): Tag[] {
  return tags.filter((tag) => tag.name === name);
}

function has(tag: Tag, className: string): boolean {
  return tag.attributes.get("class")?.split(" ").includes(className) ?? false;
}

test("the gallery shows every page that has a view", async () => {
  const shownPaths = new Set(GALLERY.map(({ name }) => name.split("/")[0]));
  const expected = PAGES.filter((page) => page.view).length;
  for (const noPageOfTheList of ["failure", "review", "conflict"]) {
    expect(shownPaths.delete(noPageOfTheList)).toBe(true);
  }
  expect(shownPaths.size).toBe(expected);
  expect(new Set(GALLERY.map(({ name }) => name)).size).toBe(GALLERY.length);
  expect(GALLERY.length).toBeGreaterThan(80);
});

describe.each(LANGUAGES)("in %s", (language) => {
  test.each(GALLERY.map((exhibit) => [exhibit.name, exhibit] as const))("%s", async (_, exhibit) => {
    const tags = await tagsOf(exhibit, language);
    const ids = tags.flatMap((tag) => tag.attributes.get("id") ?? []);

    expect(of(tags, "html")[0]?.attributes.get("lang")).toBe(language);
    // Other entrances do not name the product.
    expect(of(tags, "title")[0]?.text).toMatch(/\S · (?:xmailcfg|メール設定|Sato Mail 佐藤メール)$/);
    expect(of(tags, "h1")).toHaveLength(1);
    expect(of(tags, "main")).toHaveLength(1);
    expect(ids).toEqual([...new Set(ids)]);
    expect(tags.filter((tag) => has(tag, "primary") || has(tag, "destroy")).length).toBeLessThanOrEqual(1);

    for (const tag of tags) {
      for (const name of tag.attributes.keys()) {
        expect(name).not.toBe("style");
        expect(name).not.toMatch(/^on/);
      }
      for (const name of ["href", "action", "src"]) {
        const address = tag.attributes.get(name);
        if (address !== undefined)
          expect(address).toMatch(/^(?:\/(?!\/)|#|mailto:[\w.+-]+@[\w.-]+(?:\?[\w=&%.~!*'()-]+)?$)/);
      }
      for (const name of ["for", "aria-describedby", "aria-labelledby", "popovertarget", "list"]) {
        for (const id of tag.attributes.get(name)?.split(" ") ?? []) expect(ids).toContain(id);
      }
    }
    expect(of(tags, "script").map((tag) => tag.text)).toEqual([""]);
    expect(of(tags, "style")).toEqual([]);
  });

  test("headings never leave out a level", async () => {
    for (const exhibit of GALLERY) {
      const levels = (await tagsOf(exhibit, language))
        // The menu's heading stands beside the page, not in it.
        .filter((tag) => /^h[1-6]$/.test(tag.name))
        .map((tag) => Number(tag.name[1]));
      const own = levels.slice(levels.indexOf(1));
      for (const [i, level] of own.entries()) expect(level - (own[i - 1] ?? 0)).toBeLessThanOrEqual(1);
    }
  });

  test("every field has a label and says which words help", async () => {
    for (const exhibit of GALLERY) {
      const tags = await tagsOf(exhibit, language);
      const labelled = new Set(of(tags, "label").flatMap((tag) => tag.attributes.get("for") ?? []));
      for (const [i, tag] of tags.entries()) {
        if (!["input", "select", "textarea"].includes(tag.name)) continue;
        if (tag.attributes.get("type") === "hidden") continue;
        const inLabel = tags[i - 1]?.name === "label" && (tags[i - 1]?.depth ?? 99) < tag.depth;
        const named = labelled.has(tag.attributes.get("id") ?? "") || tag.attributes.has("aria-label");
        expect(inLabel || named, `${exhibit.name}: ${[...tag.attributes].join(" ")}`).toBe(true);
      }
    }
  });

  test("every form that changes something carries the token", async () => {
    for (const exhibit of GALLERY) {
      const page = await render(exhibit, { language, theme: "system" });
      const forms = page.match(/<form .*?<\/form>/gs) ?? [];
      for (const form of forms) {
        const changes = /^<form [^>]*method="post"/.test(form);
        expect(form.includes('name="csrf" value="token-of-this-form"'), form).toBe(changes);
      }
    }
  });

  test("no sentence keeps a hole, no value shows as code", async () => {
    for (const exhibit of GALLERY) {
      const body = of(await tagsOf(exhibit, language), "html")[0]?.text ?? "";
      expect(body, exhibit.name).not.toMatch(/\{[a-z]+\}|undefined|\[object|NaN|=>/);
    }
  });
});

test("a refused form names each field above and at the field, and keeps what was typed", async () => {
  const exhibit = GALLERY.find(({ name }) => name === "account-add/refused");
  if (!exhibit) throw new Error("gone");
  const tags = await tagsOf(exhibit, "en");
  const links = tags.filter((tag) => tag.attributes.get("href")?.startsWith("#f-"));
  expect(links.map((tag) => tag.attributes.get("href"))).toEqual(["#f-name", "#f-password"]);
  const field = (id: string) => tags.find((tag) => tag.attributes.get("id") === id);
  expect(field("f-name")?.attributes.get("aria-invalid")).toBe("true");
  expect(field("f-name")?.attributes.get("aria-describedby")).toBe("f-name-e f-name-h");
  expect(field("f-name")?.attributes.get("value")).toBe("hana hanada");
  expect(field("f-name-e")?.text).toContain("Use letters");
  expect(field("f-password-e")?.text).toBe("Needs 8 characters or more.");
  expect(field("f-password")?.attributes.has("value")).toBe(false);
  expect(field("f-realName")?.attributes.get("value")).toBe("花田 はな");
});

test("attributes of fields come from the schema", async () => {
  const exhibit = GALLERY.find(({ name }) => name === "account-add/typed-domain");
  if (!exhibit) throw new Error("gone");
  const inputs = new Map(
    (await tagsOf(exhibit, "en")).map((tag) => [tag.attributes.get("name"), tag.attributes]),
  );
  const password = inputs.get("password");
  expect(password?.get("type")).toBe("password");
  expect(password?.get("minlength")).toBe("8");
  expect(password?.get("maxlength")).toBe("200");
  expect(password?.get("autocomplete")).toBe("new-password");
  expect(password?.get("pattern")).toBe("[!#-;=?-~]+");
  expect(password?.has("required")).toBe(true);
  expect(inputs.get("name")?.get("maxlength")).toBe("64");
  expect(inputs.get("realName")?.has("required")).toBe(false);
  for (const [, attributes] of inputs) {
    const pattern = attributes.get("pattern");
    if (pattern !== undefined) expect(() => new RegExp(pattern, "v")).not.toThrow();
  }
});

describe("what the person may not do is not there", () => {
  const words = async (name: string) => {
    const exhibit = GALLERY.find((one) => one.name === name);
    if (!exhibit) throw new Error("gone");
    return render(exhibit, { language: "en", theme: "system" });
  };

  test.each([
    ["domains/no-permission", "/add-domain"],
    ["domain/no-permission", "/remove"],
    ["accounts/no-permission", "/add-account"],
    ["account/no-permission", "/suspend"],
    ["account/no-permission", "/remove"],
    ["account/no-permission", "Save changes"],
    ["account-variables/no-permission", "Set variable"],
    ["aliases/no-permission", "/remove"],
    ["domain-aliases/no-permission", "/remove"],
  ])("%s has no %s", async (name, absent) => {
    expect(await words(name)).not.toContain(absent);
    const open = name.replace("no-permission", name.startsWith("account/") ? "active" : "many");
    const shown = GALLERY.some((one) => one.name === open) ? open : name.replace("no-permission", "full");
    const other = GALLERY.some((one) => one.name === shown) ? shown : name.replace("no-permission", "some");
    expect(await words(other)).toContain(absent);
  });

  test("a newcomer's menu holds the overview only", async () => {
    const page = await words("overview/no-permission");
    expect(page).not.toContain('href="/domains"');
    expect(page).not.toContain('id="find"');
  });
});
