import type { Words } from "./html.ts";
import type { Language, Theme } from "./text/language.ts";

/** What a header or footer of the host may know of the page it stands on. */
export interface HostView {
  readonly language: Language;
  readonly theme: Theme;
  /** Name of who is signed in. */
  readonly me: string | null;
  /** Prefix of the panel's own links: `""` or `/mail`. */
  readonly base: string;
  /** Path and query of the page, below `base`. */
  readonly here: string;
}

/** A link in the menu: to a page of the panel by `path`, or elsewhere by `href`. */
export interface MenuLink {
  readonly words: Readonly<Record<Language, string>>;
  readonly path?: string;
  readonly href?: string;
  /** Operation without which the item is not shown. */
  readonly needs?: string;
}

export interface MenuSection {
  /** `more` is our own word for what plugins add; `null` for items that need no heading. */
  readonly title: Readonly<Record<Language, string>> | "more" | null;
  readonly links: readonly MenuLink[];
}

/** What stands above or below a page; nothing for `null`. */
type Around = Words | null | Promise<Words | null>;

/** What hosts and plugins change around the pages, checked and ready; absent where nobody changes anything. */
export interface Look {
  /** In place of "xmailcfg". */
  readonly name?: string;
  /** Names of assets. */
  readonly logo?: string;
  readonly icon?: { readonly asset: string; readonly type: string };
  /** Assets that come after `app.css`. */
  readonly stylesheets: readonly string[];
  header(view: HostView): Around;
  footer(view: HostView): Around;
  /** Items of our own menu that are left out. */
  readonly hidden: ReadonlySet<string>;
  readonly sections: readonly MenuSection[];
  /** Where the host signs people out; `null` where it shows its own way out, absent where we do it. */
  readonly signOutUrl?: string | null;
}

export const OUR_NAME = "xmailcfg";
