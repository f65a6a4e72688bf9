import type { Secret } from "../errors/secret.ts";
import type { Principal, Visit, WaitsFor } from "../http/types.ts";
import type { PagesOptions } from "./port.ts";
import { LANGUAGE_COOKIE } from "./text/language.ts";

/** Who gave his own mailbox a new password goes on with a new session here; all his others are over. */
export async function stayOwner(visit: Visit, options: PagesOptions, password: Secret): Promise<boolean> {
  const { entrance, principal } = visit;
  if (entrance.kind !== "owners" || !principal) return true;
  const again = await options.signIn(visit, principal.name, password).catch(() => null);
  if (again) visit.browser.signIn(again);
  return again !== null;
}

/** Who had to set up a second factor first has done so. */
export async function signInEnrolled(visit: Visit, options: PagesOptions): Promise<void> {
  if (!visit.waiting) return;
  const principal = await options.again(visit);
  if (principal) signInBy(visit, principal);
}

/** Begins the session of somebody, which may wait for a second step; the complete one speaks his language. */
export function signInBy({ browser }: Visit, principal: Principal, waitsFor: WaitsFor | null = null): void {
  browser.signIn(principal, waitsFor ?? undefined);
  if (waitsFor) return;
  if (principal.language !== undefined) browser.prefer(LANGUAGE_COOKIE, principal.language);
}
