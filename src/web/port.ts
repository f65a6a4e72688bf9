import type { Secret } from "../errors/secret.ts";
import type { AssetHref, Principal, Visit } from "../http/types.ts";
import type { Call } from "../kernel/context.ts";
import type { StepUp } from "../sign-in/step-up.ts";
import type { Look } from "./look.ts";
import type { Text } from "./text/en.ts";
import type { Language } from "./text/language.ts";

/** The host's own sign-in, in place of ours; checked addresses. */
export interface ForeignSignIn {
  /** Where people sign in; `{next}` becomes the page they wanted. `null`: a page of ours tells them what to do. */
  readonly signInUrl: string | null;
  readonly signOutUrl: string | null;
}

/** What the pages need from whoever puts the panel together. */
export interface PagesOptions {
  /** What `invoke` needs, for the one who asks; only called for visits with a principal. */
  call(visit: Visit): Call;
  /** Who signs in with these, or `null`; `TOO_MANY_TRIES` while tries are held back. Records what it did. */
  signIn(visit: Visit, name: string, password: Secret): Promise<Principal | null>;
  /** Who asks, as he is now that all his sessions were ended; `null` for who may not come in any more. */
  again(visit: Visit): Promise<Principal | null>;
  /** Ends the session, for copies of its cookie, too. */
  signOut(visit: Visit): Promise<void>;
  /** A master sees from now on what `who` (a name or an address) sees; `false` for nobody, and for who is no master. */
  seeAs(visit: Visit, who: string, reason: string): Promise<boolean>;
  /** What is asked besides the password; nothing, where the host signs people in. */
  readonly stepUp?: StepUp;
  /** Addresses of `app.css` and `app.js`. */
  readonly assetHref: AssetHref;
  /** Which mail server this is, for people who have several; shown in the top bar. */
  readonly serverName?: string;
  readonly look?: Look;
  readonly foreign?: ForeignSignIn;
  /** Our words with those of plugins. */
  words?(t: Text, language: Language): Text;
  /** Now, for "today" and "yesterday". */
  now?(): Date;
}
