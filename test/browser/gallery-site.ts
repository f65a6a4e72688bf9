import { toNodeListener } from "../../adapters/node/node.ts";
import { serveAssets } from "../../src/http/assets.ts";
import { secured } from "../../src/http/security.ts";
import { ASSETS } from "../../src/web/assets.ts";
import type { Language, Theme } from "../../src/web/text/language.ts";
import { ATTACKS, hostileGallery } from "../unit/web/attacks.ts";
import { GALLERY } from "../unit/web/gallery.ts";
import { type Exhibit, render } from "../unit/web/gallery-frame.ts";
import { listen } from "./browser.ts";

const assets = serveAssets(ASSETS);

/** The gallery on a port of this machine, with the headers of the real panel: `/en/dark/accounts/many`. */
export async function openGallery(): Promise<{ origin: string; close(): Promise<void> }> {
  return listen(
    toNodeListener(async (request) => {
      const { origin, pathname } = new URL(request.url);
      return secured(await answer(pathname), "request", origin);
    }),
  );
}

/** Where the page stands that holds attack number `text`, `all` of them, or the word `harmless`. */
export function hostilePath(text: number | string, name: string): string {
  return `/hostile/${text}/${name}`;
}

/** A screen of the gallery with all attacks wherever text from outside may stand. */
export function poisonedPath(name: string): string {
  return `/poisoned/${name}`;
}

async function answer(path: string): Promise<Response> {
  const asset = await assetAt(path);
  if (asset) return asset;
  const [, language = "", theme = "", ...rest] = path.split("/");
  if (language === "poisoned") {
    const exhibit = GALLERY.find(({ name }) => name === [theme, ...rest].join("/"));
    return exhibit?.hostile ? show(exhibit.hostile(ATTACKS.join(" ")), "en", "system") : missing();
  }
  if (language === "hostile") {
    const exhibit = hostileGallery(attackAt(theme)).find(({ name }) => name === rest.join("/"));
    return exhibit ? show(exhibit, "en", "system") : missing();
  }
  const exhibit = GALLERY.find(({ name }) => name === rest.join("/"));
  return exhibit ? show(exhibit, language as Language, theme as Theme) : missing();
}

function attackAt(text: string): string {
  return text === "all" ? ATTACKS.join(" ") : (ATTACKS[Number(text)] ?? "harmless");
}

async function show(exhibit: Exhibit, language: Language, theme: Theme): Promise<Response> {
  const page = await render(exhibit, { language, theme, asset: (name) => assets.href("", name) });
  return new Response(page, { headers: { "content-type": "text/html; charset=utf-8" } });
}

async function assetAt(path: string): Promise<Response | null> {
  for (const { name, type, bytes } of ASSETS) {
    if (assets.href("", name) === path)
      return new Response(bytes.slice(), { headers: { "content-type": type } });
  }
  return null;
}

/** A browser that is told so stays where it is: a screen whose work goes on by itself can be looked at. */
function missing(): Response {
  return new Response(null, { status: 204 });
}
