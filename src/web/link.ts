import { fail } from "../errors/error.ts";
import { type Html, html, type Words } from "./html.ts";

/**
 * An address a page may lead to: `http:` or `https:`, or a path of the same host. `BAD_CONFIG` for anything else, above
 * all for `javascript:` and for `//host`, which only looks like a path.
 */
export function checkedHref(option: string, href: string): string {
  if (isHref(href)) return href;
  return fail(
    "BAD_CONFIG",
    `${option} must be an https address or a path like /billing, not ${String(href)}.`,
  );
}

/** A link whose address comes from outside; only the words, where it is no address a page may lead to. */
export function link(href: string, words: Words): Html {
  return isHref(href) ? html`<a href="${href}">${words}</a>` : html`${words}`;
}

function isHref(href: unknown): boolean {
  if (typeof href !== "string" || /[\u0000-\u0020\u007f\\]/.test(href)) return false;
  if (href.startsWith("/")) return !href.startsWith("//");
  return /^https?:\/\//i.test(href) && URL.canParse(href);
}
