import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { visible } from "../../../src/web/parts/shown.ts";
import { ATTACKS, hostileGallery } from "./attacks.ts";
import { GALLERY } from "./gallery.ts";
import { render } from "./gallery-frame.ts";
import { readHtml, type Tag } from "./read-html.ts";

const WALL = { language: "en", theme: "system" } as const;
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/;

/** A text may be equal to one of the choices; that much it may decide. */
const CHOSEN = ["selected", "checked", "aria-sort", "aria-current"];

/** Elements and names of attributes: what a text from outside must never change. */
function bones(tags: readonly Tag[]): string {
  return tags
    .map(({ depth, name, attributes }) =>
      [depth, name, ...[...attributes.keys()].filter((one) => !CHOSEN.includes(one))].join(" "),
    )
    .join("\n");
}

async function allBones(text: string): Promise<string[]> {
  return Promise.all(hostileGallery(text).map(async (one) => bones(readHtml(await render(one, WALL)))));
}

test("a text from outside adds no element and no attribute to any page", async () => {
  const harmless = await allBones("harmless");
  for (const attack of ATTACKS) expect(await allBones(attack), attack).toEqual(harmless);
});

test("nor does any other text", async () => {
  const harmless = await allBones("harmless");
  const text = fc.stringMatching(/^[<>"'&={}/\\\w\s@*?;#-]{1,40}$/).filter((one) => one.trim() !== "");
  await fc.assert(
    fc.asyncProperty(text, async (letters) => {
      expect(await allBones(letters)).toEqual(harmless);
    }),
    { numRuns: 40 },
  );
});

/** Hundreds of screens are drawn and read for each attack. */
const SLOW = 120_000;

describe("every screen of the gallery, with a text from outside wherever one may stand", () => {
  const screens = GALLERY.filter(({ hostile }) => hostile);
  const tagsWith = async (text: string) =>
    (
      await Promise.all(screens.map(async (one) => readHtml(await render(one.hostile?.(text) ?? one, WALL))))
    ).flat();

  test("shows it on most of them", async () => {
    const pages = await Promise.all(screens.map(async (one) => render(one.hostile?.(MARK) ?? one, WALL)));
    expect(pages.filter((page) => page.includes(MARK)).length).toBeGreaterThan(screens.length / 2);
  });

  // A view may choose by what a text holds, as a link for an address: but only among what it makes itself.
  test.each([ATTACKS.join(" "), ...ATTACKS.slice(0, ALONE)])(
    "makes nothing that we do not make: %j",
    { timeout: SLOW },
    async (attack) => {
      const ours = await ownKinds();
      const found = await tagsWith(attack);
      expect([...new Set(found.flatMap(kindsOf))].filter((kind) => !ours.has(kind))).toEqual([]);
      for (const tag of found) {
        for (const name of ["href", "action", "src"]) {
          expect(tag.attributes.get(name) ?? "/").toMatch(INSIDE);
        }
      }
    },
  );

  test("would find a part that forgets to escape", async () => {
    const page = `<!doctype html>\n<html><body><p><img src="x" onerror="alert(1)"></p></body></html>`;
    const ours = await ownKinds();
    expect(
      readHtml(page)
        .flatMap(kindsOf)
        .filter((kind) => !ours.has(kind)),
    ).toEqual(["img", "img src", "img onerror"]);
  });

  let known: Promise<Set<string>> | undefined;
  /** What the gallery is made of, as people see it and with a harmless text. */
  function ownKinds(): Promise<Set<string>> {
    known ??= Promise.all([
      tagsWith(MARK),
      ...GALLERY.map(async (one) => readHtml(await render(one, WALL))),
    ]).then((all) => new Set(all.flat().flatMap(kindsOf)));
    return known;
  }
});

/** Of the attacks, those that are tried one by one on every screen; the others come together. */
const ALONE = 6;
const MARK = "marked-text";
const INSIDE = /^(?:\/(?![/\\])|#|mailto:[\w.+-]+@[\w.-]+(?:\?[\w=&%.~!*'()-]+)?$)/;

/** The element, and each of its attributes. */
function kindsOf({ name, attributes }: Tag): string[] {
  return [name, ...[...attributes.keys()].map((one) => `${name} ${one}`)];
}

describe.each(ATTACKS)("%j", (attack) => {
  test("stays text: it is on the page, cannot hide and leads nowhere else", async () => {
    for (const one of hostileGallery(attack)) {
      const page = await render(one, WALL);
      const tags = readHtml(page);
      const [html] = tags;
      expect(html?.text, one.name).not.toMatch(UNSEEN);
      if (one.name !== "overview" && one.name !== "sign-in")
        expect(html?.text, one.name).toContain(visible(attack));
      for (const tag of tags) {
        for (const name of ["href", "action"]) {
          const address = tag.attributes.get(name);
          if (address === undefined) continue;
          expect(address).toMatch(/^(?:\/(?![/\\])|#)/);
          expect(new URL(address, "http://127.0.0.1/").origin).toBe("http://127.0.0.1");
          expect(address).not.toMatch(/[\u0000-\u0020"<>\\^`{|}]/);
        }
      }
    }
  });
});

test("letters that nobody sees are written out", () => {
  expect(visible("a\u202eb\u0000c\u200d\ufeff")).toBe("a⟨U+202E⟩b⟨U+0000⟩c⟨U+200D⟩⟨U+FEFF⟩");
  expect(visible("花田 はな שלום é 👍")).toBe("花田 はな שלום é 👍");
});
