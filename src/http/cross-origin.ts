import { fail } from "../errors/error.ts";

const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);

export function isSafe(method: string): boolean {
  return SAFE.has(method);
}

/** What a change must come from. */
export interface OwnOrigin {
  readonly origin: string;
  /** True when `baseUrl` says so; else the scheme is not known for sure (a proxy may end TLS) and hosts compare. */
  readonly certain: boolean;
}

/**
 * Refuses (`CROSS_ORIGIN`) a change that a browser sends from another site. Browsers set both headers themselves and
 * no page can forge them; a client that sends neither is no browser, and the token still decides about its cookies.
 */
export function requireSameOrigin(request: Request, own: OwnOrigin): void {
  const site = request.headers.get("sec-fetch-site");
  // `none` is the person's own doing, such as sending a form again after a reload.
  if (site !== null && site !== "same-origin" && site !== "none") refuse({ site });
  const origin = request.headers.get("origin");
  if (origin !== null && !isOwn(origin, own)) refuse({ origin, expected: own.origin });
}

function isOwn(origin: string, own: OwnOrigin): boolean {
  if (origin === own.origin) return true;
  if (own.certain || !URL.canParse(origin)) return false;
  return new URL(origin).host === new URL(own.origin).host;
}

function refuse(internal: Record<string, string>): never {
  return fail("CROSS_ORIGIN", undefined, { internal });
}
