import { en, type Text } from "./en.ts";
import { ja } from "./ja.ts";

export const LANGUAGES = {
  en,
  /** Asked for late: the CGI program reads these words only for whom they are. */
  get ja() {
    return ja;
  },
} as const satisfies Record<string, Text>;
export type Language = keyof typeof LANGUAGES;

/** Each in its own words. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: "English", ja: "日本語" };

/** What the browser remembers under these names; see `BrowserMemory.prefer`. */
export const LANGUAGE_COOKIE = "lang";
export const THEME_COOKIE = "theme";

export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

const DEFAULT_LANGUAGE: Language = "en";

/** The person's choice first, then the order of the browser's `Accept-Language`, then English. */
export function chooseLanguage(chosen: string | undefined, acceptLanguage: string | null): Language {
  if (chosen !== undefined && isLanguage(chosen)) return chosen;
  return wishes(acceptLanguage ?? "").find(isLanguage) ?? DEFAULT_LANGUAGE;
}

export function chooseTheme(chosen: string | undefined): Theme {
  return THEMES.find((theme) => theme === chosen) ?? "system";
}

export function isLanguage(name: string): name is Language {
  return Object.hasOwn(LANGUAGES, name);
}

/** Primary tags in the order of their weight; a weight of 0 means "not this". */
function wishes(header: string): string[] {
  return header
    .split(",")
    .map((entry, place) => {
      const [tag = "", ...rest] = entry.trim().toLowerCase().split(";");
      const q = rest.map((part) => /^\s*q=([\d.]+)\s*$/.exec(part)?.[1]).find((found) => found !== undefined);
      return { tag: tag.trim().split("-")[0] ?? "", weight: q === undefined ? 1 : Number(q), place };
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight || a.place - b.place)
    .map(({ tag }) => tag);
}
