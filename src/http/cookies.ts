/** `name=value` pairs of the `Cookie` header; the first of a name counts, which is the one with the longest path. */
export function readCookies(header: string | null): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const pair of (header ?? "").split(";")) {
    const at = pair.indexOf("=");
    if (at < 1) continue;
    const name = pair.slice(0, at).trim();
    if (!found.has(name)) found.set(name, pair.slice(at + 1).trim());
  }
  return found;
}

export interface CookieScope {
  readonly secure: boolean;
  /** Prefix of the panel; cookies go no further. */
  readonly base: string;
  /** At an entrance that does not say what stands behind it. */
  readonly unnamed?: boolean;
}

/** Browsers take a `__Host-` cookie only with TLS and the whole host as its path, so no neighbour can plant one. */
export function cookieName(name: string, { secure, base, unnamed = false }: CookieScope): string {
  const shown = unnamed ? name.replace(OURS, "mail") : name;
  return secure && base === "" ? `__Host-${shown}` : shown;
}

/** What names of cookies begin with. */
export const OURS = "xmailcfg";

/** One `Set-Cookie` value. `seconds` 0 deletes. Script needs no cookie of ours, so all are `HttpOnly`. */
export function setCookie(name: string, value: string, seconds: number, scope: CookieScope): string {
  const path = scope.base === "" ? "/" : scope.base;
  const secure = scope.secure ? "; Secure" : "";
  return `${cookieName(name, scope)}=${value}; Max-Age=${seconds}; Path=${path}; HttpOnly; SameSite=Lax${secure}`;
}
