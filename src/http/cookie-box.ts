import type { Secret } from "../errors/secret.ts";
import type { CookieScope } from "./cookies.ts";

/** All that is needed to read and write the signed cookies of one request. */
export interface CookieBox {
  readonly key: Secret;
  /** Names the site the cookies are for; those of another site with the same key do not pass. */
  readonly audience: string;
  readonly scope: CookieScope;
  readonly cookies: ReadonlyMap<string, string>;
  /** How long a sign-in lasts without a request, where the person does not say. */
  readonly sessionSeconds: number;
  /** Seconds since 1970. */
  readonly now: number;
}
