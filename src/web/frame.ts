import type { Visit } from "../http/types.ts";
import type { AccountRef } from "../xmail/names.ts";
import { doorOf } from "./door.ts";
import { mayOf } from "./may.ts";
import type { Frame, Query, Refusal } from "./page.ts";
import { part } from "./paths.ts";
import type { PagesOptions } from "./port.ts";
import { chooseLanguage, chooseTheme, LANGUAGE_COOKIE, LANGUAGES, THEME_COOKIE } from "./text/language.ts";

/** Everything of the visit that a view may see. */
export function frameOf(visit: Visit, options: PagesOptions, refusal: Refusal | null, here: string): Frame {
  const { cookies, base, principal, waiting } = visit;
  const language = chooseLanguage(cookies.get(LANGUAGE_COOKIE), visit.request.headers.get("accept-language"));
  const t = options.words?.(LANGUAGES[language], language) ?? LANGUAGES[language];
  const door = doorOf(visit, t);
  const mailbox = mailboxOf(principal);
  return {
    t,
    language,
    theme: chooseTheme(cookies.get(THEME_COOKIE)),
    link: (path, query) => base + withQuery(path, query),
    asset: (name) => options.assetHref(base, name),
    csrf: visit.csrf,
    here,
    flash: visit.flash,
    refusal,
    me: waiting ? null : (principal?.name ?? null),
    may: mayOf(principal?.actor ?? null),
    // At other entrances the server's name would tell what stands behind them.
    serverName: door ? null : (options.serverName ?? null),
    ...(door ? { door } : {}),
    ...(mailbox ? { mailbox } : {}),
    ...(principal?.actor.really ? { seeing: true } : {}),
    ...(principal?.role === "master" && visit.session ? { seesAs: true } : {}),
    now: options.now?.() ?? new Date(),
    ...(options.look ? { look: options.look } : {}),
  };
}

/** The account of its owner; `null` for everybody else. */
function mailboxOf(principal: Visit["principal"]): AccountRef | null {
  if (principal?.role !== "owner") return null;
  for (const { on } of principal.actor.grants) {
    if (on.kind === "account") return { domain: on.domain, name: on.name };
  }
  return null;
}

export function withQuery(path: string, query: Query = {}): string {
  const given = Object.entries(query).filter(
    ([, value]) => value !== undefined && value !== null && value !== "",
  );
  if (given.length === 0) return path;
  return `${path}?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`;
}

/** Path and query below the base, encoded again. */
export function hereOf({ path, query }: Pick<Visit, "path" | "query">): string {
  const encoded = path.split("/").map(part).join("/");
  return query.size === 0 ? encoded : `${encoded}?${query}`;
}

/** `text` when it is an address inside the panel, else the overview: nobody is sent elsewhere after signing in. */
export function insideOnly(text: string | null): string {
  return text !== null && /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(text) ? text : "/";
}
