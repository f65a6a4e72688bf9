import type { AppError } from "../errors/error.ts";
import type { Secret } from "../errors/secret.ts";
import type { Actor } from "../kernel/actor.ts";
import type { Door, Role } from "../kernel/people.ts";

/** What the host knows of the client beyond the request; an adapter fills it in. */
export interface Peer {
  /** Address of the client as the host believes it; never read from a header unless the host was told to trust it. */
  readonly address?: string;
  /**
   * Path under which the host mounted the handler, as it stands in the request's URL: `/mail` for
   * `app.use("/mail", …)`, `SCRIPT_NAME` for CGI. Cut off before routing, put before every link. It wins over the
   * `basePath` option, because only the host knows it.
   */
  readonly basePath?: string;
  /** Whom the web server in front has signed in, as it says (`REMOTE_USER`); nothing here believes it by itself. */
  readonly user?: string;
  /** For hosts that end or freeze the process after an answer: what must be waited for, at most some seconds. */
  waitUntil?(work: Promise<unknown>): void;
}

/** The whole product as one function: what `createPanel` returns and every host calls. */
export type FetchHandler = (request: Request, peer?: Peer) => Promise<Response>;

/**
 * Where people sign in: the panel's own address is for those who run the server, the others name neither the product nor
 * what it is for. A session of one is none at another.
 */
export interface Entrance {
  readonly kind: "master" | "delegates" | "owners";
  /** What stands between the panel's base path and its pages: `/at/office`; empty for the panel's own address. */
  readonly base: string;
  /** Tells its cookies from those of other entrances; empty for the panel's own address. */
  readonly audience: string;
  /** Id of the person it belongs to: only he and those below him come in. */
  readonly person?: string;
  readonly look?: Door;
}

/** Which entrances there are, besides the panel's own address. */
export interface Entrances {
  /** `/at/<slug>`. */
  at(slug: string): Promise<Entrance | null>;
  /** A host name of its own, in lower case and without port. */
  on(host: string): Promise<Entrance | null>;
}

/** Where somebody asks. */
export interface Whence {
  readonly entrance: Entrance;
  /** Of the client; absent where the host knows none. */
  readonly address?: string;
}

/** Somebody who may sign in to the panel or holds an API key. */
export interface Principal {
  /** What a session carries: another one after a password change, so that old sessions end. `actor.id` never changes. */
  readonly id: string;
  readonly name: string;
  readonly actor: Actor;
  readonly role?: Role | "owner";
  /** How long a sign-in of his lasts without a request; as the panel says, if absent. */
  readonly sessionSeconds?: number;
  /** The language he wants; as his browser says, if absent. */
  readonly language?: "en" | "ja";
}

/**
 * The host's own sign-in: who sends this request, read from its cookies or headers; `null` for a stranger, also for one
 * whose session has ended. Asked for every request that shows no API key. The body is not to be read.
 */
export type Authenticate = (request: Request, peer: Peer) => Promise<Principal | null>;

/** Where principals are kept; `sign-in/` has the one over people and XMail. Each resolves `null` for "no". */
export interface Principals {
  bySignIn(name: string, password: Secret, whence: Whence): Promise<Principal | null>;
  /** The name by which tries to sign in are counted: one for all that mean the same; as it was typed, if absent. */
  countedAs?(name: string, whence: Whence): Promise<string>;
  byApiKey(key: Secret, whence: Whence): Promise<Principal | null>;
  byId(id: string, whence: Whence): Promise<Principal | null>;
  /** Whom the web server in front signed in, where it is believed. */
  byWebServer?(request: Request, peer: Peer, whence: Whence): Promise<Principal | null>;
  /** Who that is now, after his sessions were ended; `null` for who may not come in any more. */
  again?(principal: Principal, whence: Whence): Promise<Principal | null>;
  /** How the panel is for somebody else, to be looked at and not to be changed; absent where that cannot be. */
  asAnother?(principal: Principal, whom: string): Promise<Principal | null>;
}

/** However busy a session is, it ends this long after the sign-in. */
export const LONGEST_SESSION_SECONDS = 12 * 3600;

/** A sign-in, carried whole in a signed cookie; the server keeps nothing. Times are seconds since 1970. */
export interface Session {
  readonly id: string;
  readonly principal: string;
  readonly issuedAt: number;
  readonly expiresAt: number;
  /** When the person last showed who he is: with a password, a code, a passkey. */
  readonly provedAt: number;
  /** What is missing yet; until then the session opens nothing. */
  readonly waitsFor?: WaitsFor;
  /** How long it lasts without a request. */
  readonly lasts: number;
  readonly as?: SeenAs;
}

/** Whose panel a master looks at in place of his own. */
export interface SeenAs {
  /** A person's id, or `owner:hana@example.com`. */
  readonly whom: string;
  readonly reason: string;
  readonly until: number;
}

/** A code or passkey of somebody who has one, or that somebody who must have one gets one. */
export type WaitsFor = "factor" | "enrolment";

/** Somebody whose password was right, and who is not signed in yet. */
export interface Waiting {
  readonly principal: Principal;
  readonly for: WaitsFor;
}

/** Shown once on the next page; `text` is a key of `web/text/`, `values` fill it. */
export interface Flash {
  readonly tone: "ok" | "warn" | "bad";
  readonly text: string;
  readonly values?: Readonly<Record<string, string | number>>;
  /** Id of the change that was made, where it is kept. */
  readonly change?: string;
}

/** What the answer makes the browser remember; the handler writes it as cookies once the site has answered. */
export interface BrowserMemory {
  /**
   * Begins a new session with a new id, whatever was there before; one that waits ends after some minutes. With one that
   * does not wait, this browser is one that the principal's name signed in with.
   */
  signIn(principal: Principal, waitsFor?: WaitsFor): void;
  /** The person of this session showed again who he is. */
  prove(): void;
  /**
   * This session goes on after all of its person's were ended, and none that was copied does: `principal` is he as he is
   * now. Forms and links of the page stay good.
   */
  goOn(principal: Principal): void;
  signOut(): void;
  /** From now on this session shows the panel as `whom` sees it, for a quarter of an hour; `null`: as its own person. */
  seeAs(seen: Omit<SeenAs, "until"> | null): void;
  /** Id of this browser, if `name` signed in with it before; says nothing of who sits there now. */
  deviceOf(name: string): string | null;
  /** Shown once on the next page. */
  flash(flash: Flash): void;
  /** A preference such as `lang` or `theme`: not signed, kept for a year, read back from `visit.cookies`. */
  prefer(name: string, value: string): void;
  /** `text` as nobody but we can read it, to come back in a form at `place` within ten minutes. */
  conceal(text: string, place: string): string;
  /** `null` for what was not concealed for this person and place, or too long ago. */
  unveil(concealed: string, place: string): string | null;
}

/** One file of the panel's look: `app.css`. */
export interface Asset {
  readonly name: string;
  /** The `Content-Type`. */
  readonly type: string;
  readonly bytes: Uint8Array;
  /** Of the bytes, in hex, where it is known without reading them. */
  readonly sha256?: string;
}

/** Address of an asset below a base path, with the hash of its bytes in the name. */
export type AssetHref = (base: string, name: string) => string;

/** A request after the guards: routed below the base path, its client known or known to be nobody. */
export interface Visit {
  /** For headers and `signal`. Its body is read already: `body`, `form`. */
  readonly request: Request;
  /** `HEAD` arrives as `GET`; the handler drops the body. */
  readonly method: string;
  /** Decoded path below the base, always with a leading `/`; no part holds a `/` or control character of its own. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Uint8Array;
  /** Fields of a form's body, `multipart/form-data` or not; empty for other bodies. */
  readonly form: URLSearchParams;
  /** Prefix of every link: `""` or `/mail`, ready for `href` and `action`. */
  readonly base: string;
  /** As browsers see it: that of `baseUrl`, where it is set. */
  readonly origin: string;
  readonly requestId: string;
  readonly peer: Peer;
  readonly entrance: Entrance;
  readonly principal: Principal | null;
  /** Then `principal` is `null`: only the pages that complete the sign-in look at this. */
  readonly waiting: Waiting | null;
  /** `null` for API keys, for strangers, and where the host has its own sign-in. */
  readonly session: Session | null;
  /** Goes into every form as the field `csrf`, checked by the handler; bound to the session, or to a stranger's browser. */
  readonly csrf: string;
  readonly flash: Flash | null;
  /** Cookies as sent, for language and theme. */
  readonly cookies: ReadonlyMap<string, string>;
  readonly browser: BrowserMemory;
}

/** Where the visitor asks. */
export function whenceOf({ entrance, peer }: Pick<Visit, "entrance" | "peer">): Whence {
  return { entrance, ...(peer.address === undefined ? {} : { address: peer.address }) };
}

/** A part of the site: the API, the assets, the pages. `null` passes the visit on. */
export type Site = (visit: Visit) => Promise<Response | null>;

/** Turns a failure outside the API into a page, when the client asks for HTML. */
export type ErrorPage = (error: AppError, visit: Visit) => Promise<Response>;
