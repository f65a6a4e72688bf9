import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { visible } from "../../../src/web/parts/shown.ts";
import { ATTACKS, hostileGallery } from "./attacks.ts";
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
