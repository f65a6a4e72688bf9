import type { Secret } from "../errors/secret.ts";
import type { Actor } from "../kernel/actor.ts";

/** What the host knows of the client beyond the request; an adapter fills it in. */
export interface Peer {
  /** Address of the client as the host believes it; never read from a header unless the host was told to trust it. */
  readonly address?: string;
}

/** The whole product as one function: what `createPanel` returns and every host calls. */
export type FetchHandler = (request: Request, peer?: Peer) => Promise<Response>;

/** Somebody who may sign in to the panel or holds an API key. */
export interface Principal {
  readonly id: string;
  readonly name: string;
  readonly actor: Actor;
}

/** Where principals are kept; `state/` has the one over Storage. Each resolves `null` for "no". */
export interface Principals {
  bySignIn(name: string, password: Secret): Promise<Principal | null>;
  byApiKey(key: Secret): Promise<Principal | null>;
  byId(id: string): Promise<Principal | null>;
}

/** A sign-in, carried whole in a signed cookie; the server keeps nothing. Times are seconds since 1970. */
export interface Session {
  readonly id: string;
  readonly principal: string;
  readonly issuedAt: number;
  readonly expiresAt: number;
}

/** Shown once on the next page; `text` is a key of `web/text/`, `values` fill it. */
export interface Flash {
  readonly tone: "ok" | "warn" | "bad";
  readonly text: string;
  readonly values?: Readonly<Record<string, string | number>>;
}

/** A request after the guards: routed below the base path, its client known or known to be nobody. */
export interface Visit {
  readonly request: Request;
  readonly method: string;
  /** Decoded path below the base, always with a leading `/`. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Prefix of every link: `""` or `/mail`. */
  readonly base: string;
  readonly requestId: string;
  readonly peer: Peer;
  readonly principal: Principal | null;
  /** `null` for API keys and strangers. */
  readonly session: Session | null;
  /** Goes into every form as the field `csrf`; bound to the session. */
  readonly csrf: string;
  readonly flash: Flash | null;
  /** Cookies as sent, for language and theme. */
  readonly cookies: ReadonlyMap<string, string>;
}

/** A part of the site: the API, the assets, the pages. `null` passes the visit on. */
export type Site = (visit: Visit) => Promise<Response | null>;
