import type { Secret } from "../errors/secret.ts";
import type { AssetHref, Principal, Visit } from "../http/types.ts";
import type { Call } from "../kernel/context.ts";

/** What the pages need from whoever puts the panel together. */
export interface PagesOptions {
  /** What `invoke` needs, for the one who asks; only called for visits with a principal. */
  call(visit: Visit): Call;
  /** Who signs in with these, or `null`; `TOO_MANY_TRIES` while tries are held back. Records what it did. */
  signIn(visit: Visit, name: string, password: Secret): Promise<Principal | null>;
  /** Addresses of `app.css` and `app.js`. */
  readonly assetHref: AssetHref;
  /** Which mail server this is, for people who have several; shown in the top bar. */
  readonly serverName?: string;
  /** Now, for "today" and "yesterday". */
  now?(): Date;
}
