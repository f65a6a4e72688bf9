import type { Principal, Visit, WaitsFor } from "../http/types.ts";
import { LANGUAGE_COOKIE } from "./text/language.ts";

/** Begins the session of somebody, which may wait for a second step; the complete one speaks his language. */
export function signInBy({ browser }: Visit, principal: Principal, waitsFor: WaitsFor | null = null): void {
  browser.signIn(principal, waitsFor ?? undefined);
  if (waitsFor) return;
  if (principal.language !== undefined) browser.prefer(LANGUAGE_COOKIE, principal.language);
}
