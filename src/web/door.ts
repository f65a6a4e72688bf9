import { createHash } from "node:crypto";
import type { Entrance, Site, Visit } from "../http/types.ts";
import { pictureIn } from "../kernel/picture.ts";
import type { Text } from "./text/en.ts";

/** How an entrance that is not the panel's own address shows itself. */
export interface DoorView {
  readonly kind: Exclude<Entrance["kind"], "master">;
  /** In place of the product's name. */
  readonly title: string;
  readonly text: string;
  /** Addresses below the entrance; `null` for none. */
  readonly logo: string | null;
  readonly style: string | null;
}

const LOGO = "/door-logo";
const STYLE = "/door-style";
const COLOUR = /^#[0-9a-f]{6}$/i;

/** `null` at the panel's own address. */
export function doorOf({ entrance, base }: Pick<Visit, "entrance" | "base">, t: Text): DoorView | null {
  const { kind, look } = entrance;
  if (kind === "master") return null;
  const { title = "", text = "", logo = "", colour = "" } = look ?? {};
  // The address changes with what is there, so that browsers may keep it.
  const at = (path: string, what: string) => `${base}${path}?v=${digestOf(what)}`;
  return {
    kind,
    title: title === "" ? t.door.title : title,
    text,
    logo: logo !== "" && pictureIn(logo) ? at(LOGO, logo) : null,
    style: COLOUR.test(colour) ? at(STYLE, colour) : null,
  };
}

/** Logo and colour of the entrance, as files of our own: the policy of the pages lets in nothing else. */
export const doorFiles: Site = async ({ entrance: { look }, path, method }) => {
  if (!look || method !== "GET" || (path !== LOGO && path !== STYLE)) return null;
  if (path === STYLE) {
    if (!COLOUR.test(look.colour)) return null;
    return kept("text/css; charset=utf-8", new TextEncoder().encode(styleOf(look.colour)));
  }
  const picture = pictureIn(look.logo);
  return picture && kept(picture.type, picture.bytes);
};

function kept(type: string, bytes: Uint8Array): Response {
  return new Response(bytes.slice(), {
    headers: { "content-type": type, "cache-control": "private, max-age=31536000, immutable" },
  });
}

/** The colour of buttons, and black or white on it, whichever is easier to read. */
function styleOf(colour: string): string {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  const light = 0.2126 * r + 0.7152 * g + 0.0722 * b;
  // WCAG: contrast to black is (L + 0.05) / 0.05, to white 1.05 / (L + 0.05).
  const text = (light + 0.05) ** 2 > 0.05 * 1.05 ? "#000000" : "#ffffff";
  return `:root:root { --fill: ${colour}; --fill-2: ${colour}; --on-fill: ${text}; --door: ${colour}; }\n`;
}

function digestOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
}
