import { foldName, sameName } from "../xmail/names.ts";

/** What an operation acts upon; the wider covers the narrower. */
export type Target =
  | { readonly kind: "server" }
  | { readonly kind: "domain"; readonly domain: string }
  | { readonly kind: "account"; readonly domain: string; readonly name: string };

export const SERVER: Target = { kind: "server" };

/** A domain; a pattern with `*` or `?` reaches every domain and so is the server. */
export function domainTarget(domain: string): Target {
  return /[*?[\]\\]/.test(domain) ? SERVER : { kind: "domain", domain: foldName(domain) };
}

export function accountTarget(ref: { readonly domain: string; readonly name: string }): Target {
  return { kind: "account", domain: foldName(ref.domain), name: foldName(ref.name) };
}

/** Names compare exactly (without case): XMail's wildcards never widen a grant. */
export function covers(wide: Target, narrow: Target): boolean {
  if (wide.kind === "server") return true;
  if (narrow.kind === "server" || !sameName(wide.domain, narrow.domain)) return false;
  if (wide.kind === "domain") return true;
  return narrow.kind === "account" && sameName(wide.name, narrow.name);
}
