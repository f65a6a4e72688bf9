import { foldName, sameName } from "../xmail/names.ts";

/** What an operation acts upon; the wider covers the narrower. */
export type Target =
  | { readonly kind: "server" }
  /** Oneself, and the people to whom one has handed on: which of them, `Context.people` knows. */
  | { readonly kind: "people" }
  | { readonly kind: "domain"; readonly domain: string }
  | { readonly kind: "account"; readonly domain: string; readonly name: string };

export const SERVER: Target = { kind: "server" };
export const PEOPLE: Target = { kind: "people" };

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
  if (narrow.kind === "server") return false;
  if (wide.kind === "people" || narrow.kind === "people") return wide.kind === narrow.kind;
  if (!sameName(wide.domain, narrow.domain)) return false;
  if (wide.kind === "domain") return true;
  return narrow.kind === "account" && sameName(wide.name, narrow.name);
}
