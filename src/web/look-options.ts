import { fail } from "../errors/error.ts";
import type { Asset } from "../http/types.ts";
import type { Logger } from "../kernel/context.ts";
import { type Colours, coloursSheet, faintPairs } from "./colours.ts";
import type { Words } from "./html.ts";
import { checkedHref } from "./link.ts";
import type { HostView, Look, MenuSection } from "./look.ts";
import { MENU_NAMES, type MenuName } from "./parts/side.ts";
import type { Language } from "./text/language.ts";

/** A picture of the host's. Served by the panel, since the policy lets in nothing from elsewhere. */
export interface Picture {
  readonly type: "image/svg+xml" | "image/png" | "image/webp" | "image/jpeg";
  readonly bytes: Uint8Array;
}

/** Text, escaped, or `Html` made by the template of `xmailcfg/web`; or a function that gives one for the page. */
export type Around = Words | ((view: HostView) => Words | null | Promise<Words | null>);

export interface HostLink {
  /** One text, or one for each language. */
  readonly words: string | Readonly<Record<Language, string>>;
  /** `https://…`, or a path of this host, like `/billing`. */
  readonly href: string;
}

/** How a host shows the panel as a part of itself. */
export interface LookOptions {
  /** In place of "xmailcfg". */
  readonly name?: string;
  readonly logo?: Picture;
  /** In the browser's tab. */
  readonly icon?: Picture;
  /** Above every page. */
  readonly header?: Around;
  /** Below every page. */
  readonly footer?: Around;
  readonly colours?: Colours;
  /** CSS, after ours and after the colours. Its `url()` reach this host only. */
  readonly stylesheet?: string;
  readonly menu?: {
    /** Items of ours that are left out. Their pages stay: what a person may do is a matter of grants. */
    readonly hide?: readonly MenuName[];
    /** A section of the host's own, after ours. */
    readonly title?: string | Readonly<Record<Language, string>>;
    readonly add?: readonly HostLink[];
  };
}

/** The look and the files it needs. `BAD_CONFIG` names what cannot be. */
export function lookOf(
  options: LookOptions,
  plugins: readonly MenuSection[],
  log: Logger,
): { readonly look: Look; readonly assets: readonly Asset[] } {
  const { name, logo, icon, header, footer, menu = {} } = options;
  if (name !== undefined && (typeof name !== "string" || name.trim() === "" || name.length > 64)) {
    fail("BAD_CONFIG", "look.name must be a text of 64 characters at most.");
  }
  const sheets = sheetsOf(options, log);
  const pictures = [pictureOf("logo", logo), pictureOf("icon", icon)].flat();
  const assetOf = (kind: string) => pictures.find((asset) => asset.name.startsWith(kind));
  const [logoAsset, iconAsset] = [assetOf("logo"), assetOf("own-icon")];
  return {
    assets: [...sheets, ...pictures],
    look: {
      ...(name === undefined ? {} : { name }),
      ...(logoAsset ? { logo: logoAsset.name } : {}),
      ...(iconAsset ? { icon: { asset: iconAsset.name, type: iconAsset.type } } : {}),
      stylesheets: sheets.map((sheet) => sheet.name),
      header: (view) => shownAround("header", header, view, log),
      footer: (view) => shownAround("footer", footer, view, log),
      hidden: new Set((menu.hide ?? []).map(knownName)),
      sections: [...plugins, ...ownSection(menu)],
    },
  };
}

/** A host's mistake costs its header, not the page. */
function shownAround(part: string, around: Around | undefined, view: HostView, log: Logger) {
  const report = (error: unknown) => {
    log.error({ error, part: `look.${part}` }, "not shown");
    return null;
  };
  try {
    const words = typeof around === "function" ? around(view) : (around ?? null);
    return words instanceof Promise ? words.catch(report) : words;
  } catch (error) {
    return report(error);
  }
}

function sheetsOf({ colours, stylesheet }: LookOptions, log: Logger): Asset[] {
  const sheet = (name: string, text: string): Asset => ({
    name,
    type: "text/css; charset=utf-8",
    bytes: new TextEncoder().encode(text),
  });
  if (stylesheet !== undefined && typeof stylesheet !== "string") {
    fail("BAD_CONFIG", "look.stylesheet must be the text of a stylesheet.");
  }
  for (const pair of colours ? faintPairs(colours) : []) log.warn({ pair }, "look.colours are hard to read");
  return [
    ...(colours ? [sheet("colours.css", coloursSheet(colours))] : []),
    ...(stylesheet === undefined ? [] : [sheet("host.css", stylesheet)]),
  ];
}

const ENDINGS: Readonly<Record<string, string>> = {
  "image/svg+xml": "svg",
  "image/png": "png",
  "image/webp": "webp",
  "image/jpeg": "jpg",
};

function pictureOf(part: "logo" | "icon", picture: Picture | undefined): Asset[] {
  if (!picture) return [];
  const ending = ENDINGS[picture.type];
  if (ending === undefined || !(picture.bytes instanceof Uint8Array)) {
    fail("BAD_CONFIG", `look.${part} needs bytes and one of the types ${Object.keys(ENDINGS).join(", ")}.`);
  }
  const name = part === "icon" ? "own-icon" : part;
  return [{ name: `${name}.${ending}`, type: picture.type, bytes: picture.bytes }];
}

function knownName(name: string): string {
  if (MENU_NAMES.some((known) => known === name)) return name;
  return fail("BAD_CONFIG", `look.menu.hide: there is no ${name}. Known: ${MENU_NAMES.join(", ")}.`);
}

function ownSection({ title, add = [] }: NonNullable<LookOptions["menu"]>): MenuSection[] {
  if (add.length === 0) return [];
  const links = add.map(({ words, href }) => ({
    words: bilingual("look.menu.add", words),
    href: checkedHref("look.menu.add", href),
  }));
  return [{ title: title === undefined ? null : bilingual("look.menu.title", title), links }];
}

function bilingual(option: string, words: unknown): Readonly<Record<Language, string>> {
  const both = typeof words === "string" ? { en: words, ja: words } : words;
  const { en, ja } = (both ?? {}) as Partial<Record<Language, unknown>>;
  if (typeof en === "string" && typeof ja === "string") return { en, ja };
  return fail("BAD_CONFIG", `${option}: words must be a text, or { en, ja }.`);
}
