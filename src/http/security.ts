import { fail } from "../errors/error.ts";

/**
 * No inline script or style anywhere, nothing from other places, no frames; scripts may not write HTML (Trusted
 * Types without any policy). `connect-src` lets our own script ask our own server.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join("; ");

/** On every answer, whoever made it. */
const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  "content-security-policy": CONTENT_SECURITY_POLICY,
  "x-content-type-options": "nosniff",
  // Not `no-referrer`: with that, browsers send `Origin: null` with our own forms and the guard would refuse them.
  "referrer-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), geolocation=(), microphone=()",
  "x-frame-options": "DENY",
};

/**
 * The answer with the headers every answer has. A site chooses only how long it may be cached (default: not at all).
 * Refuses (`INTERNAL`) a redirect that leaves `origin`, so that no page can be an open redirect by accident.
 */
export function secured(response: Response, requestId: string, origin: string): Response {
  const headers = new Headers(response.headers);
  const location = headers.get("location");
  if (location !== null) requireOwnAddress(location, origin);
  if (!headers.has("cache-control")) headers.set("cache-control", "no-store");
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) headers.set(name, value);
  headers.set("x-request-id", requestId);
  return new Response(response.body, { status: response.status, headers });
}

function requireOwnAddress(location: string, origin: string): void {
  const target = URL.canParse(location, `${origin}/`) ? new URL(location, `${origin}/`) : null;
  // `/\evil.example` and `//evil.example` are both another host to a browser; the URL parser agrees with it.
  if (target?.origin === origin) return;
  fail("INTERNAL", undefined, { internal: { reason: "redirect to another site", location } });
}
