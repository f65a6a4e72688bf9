import { fail } from "../errors/error.ts";

/** What a host that shows the panel as a part of itself may loosen; nothing by default. */
export interface Loosened {
  /** Who may show the panel in a frame: origins like `https://panel.example.com`, and `self`; default nobody. */
  readonly frameAncestors?: readonly string[];
  /** Origins that a redirect may lead to, besides the panel's own: the host's sign-in page. */
  readonly redirects?: readonly string[];
  /** Whether fonts of the panel's own origin may be loaded, by the host's stylesheet. */
  readonly fonts?: boolean;
}

/** What `secured` puts on answers and lets through, worked out once. */
export interface Protection {
  readonly headers: Readonly<Record<string, string>>;
  readonly redirects: readonly string[];
}

/**
 * No inline script or style anywhere, nothing from other places, no frames; scripts may not write HTML (Trusted
 * Types without any policy). `connect-src` lets our own script ask our own server.
 */
function contentSecurityPolicy(fonts: boolean, ancestors: string, redirects: readonly string[]): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    ...(fonts ? ["font-src 'self'"] : []),
    "connect-src 'self'",
    // Browsers also ask this of where a form is redirected: one sent too late leads to the host's sign-in.
    ["form-action 'self'", ...new Set(redirects)].join(" "),
    `frame-ancestors ${ancestors}`,
    "base-uri 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join("; ");
}

/** On every answer, whoever made it. */
const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  "content-security-policy": contentSecurityPolicy(false, "'none'", []),
  "x-content-type-options": "nosniff",
  // Not `no-referrer`: with that, browsers send `Origin: null` with our own forms and the guard would refuse them.
  "referrer-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), geolocation=(), microphone=()",
  "x-frame-options": "DENY",
};

const STRICT: Protection = { headers: SECURITY_HEADERS, redirects: [] };

/** Refuses (`BAD_CONFIG`) what is no origin: a wildcard would let strangers frame the panel. */
export function protectionFor({ frameAncestors = [], redirects = [], fonts = false }: Loosened): Protection {
  for (const origin of frameAncestors) {
    if (!/^(?:self|https?:\/\/[A-Za-z0-9.-]+(?::\d{1,5})?)$/.test(origin)) {
      fail("BAD_CONFIG", `frameAncestors: ${origin} is no origin like https://panel.example.com, nor self.`);
    }
  }
  if (frameAncestors.length === 0) {
    if (!fonts && redirects.length === 0) return STRICT;
    return {
      headers: {
        ...SECURITY_HEADERS,
        "content-security-policy": contentSecurityPolicy(fonts, "'none'", redirects),
      },
      redirects,
    };
  }
  // The old header knows no list of origins: browsers that know the new one ignore it, and no others are left.
  const { "x-frame-options": _, ...others } = SECURITY_HEADERS;
  const ancestors = frameAncestors.map((origin) => (origin === "self" ? "'self'" : origin)).join(" ");
  return {
    headers: { ...others, "content-security-policy": contentSecurityPolicy(fonts, ancestors, redirects) },
    redirects,
  };
}

/**
 * The answer with the headers every answer has. A site chooses only how long it may be cached (default: not at all).
 * Refuses (`INTERNAL`) a redirect that leaves `origin`, so that no page can be an open redirect by accident.
 */
export function secured(
  response: Response,
  requestId: string,
  origin: string,
  protection: Protection = STRICT,
): Response {
  const headers = new Headers(response.headers);
  const location = headers.get("location");
  if (location !== null) requireOwnAddress(location, [origin, ...protection.redirects]);
  if (!headers.has("cache-control")) headers.set("cache-control", "no-store");
  for (const [name, value] of Object.entries(protection.headers)) headers.set(name, value);
  headers.set("x-request-id", requestId);
  return new Response(response.body, { status: response.status, headers });
}

function requireOwnAddress(location: string, origins: readonly [string, ...string[]]): void {
  const own = `${origins[0]}/`;
  const target = URL.canParse(location, own) ? new URL(location, own) : null;
  // `/\evil.example` and `//evil.example` are both another host to a browser; the URL parser agrees with it.
  if (target && origins.includes(target.origin)) return;
  fail("INTERNAL", undefined, { internal: { reason: "redirect to another site", location } });
}
