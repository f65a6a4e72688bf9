import { Secret } from "../errors/secret.ts";
import { API_PREFIX } from "./api-routes.ts";
import type { Authenticate, Peer, Principal, Principals, Session, Waiting } from "./types.ts";

/** The host's own sign-in, and what it is asked about. */
export interface ForeignSignIn {
  readonly authenticate: Authenticate;
  readonly peer: Peer;
}

export interface Asker {
  readonly principal: Principal | null;
  /** `null` for API keys and strangers. */
  readonly session: Session | null;
  /** Somebody whose sign-in is not complete: nobody yet. */
  readonly waiting: Waiting | null;
  /** True when an API key was shown, good or not: cookies do not count then. */
  readonly byKey: boolean;
}

const NOBODY = { principal: null, session: null, waiting: null } as const;

/**
 * API keys open the API only, sessions everything. A session whose principal is gone is none. Where the host has its own
 * sign-in, our sessions do not count: whoever the host does not know is a stranger.
 */
export async function whoAsks(
  request: Request,
  path: string,
  session: Session | null,
  principals: Principals,
  foreign: ForeignSignIn | null,
): Promise<Asker> {
  const authorization = request.headers.get("authorization") ?? "";
  if (path.startsWith(`${API_PREFIX}/`) && /^bearer(?: |$)/i.test(authorization)) {
    const key = authorization.slice("bearer".length).trim();
    return { ...NOBODY, principal: await principals.byApiKey(new Secret(key)), byKey: true };
  }
  if (foreign) {
    const { authenticatedBy } = await import("./authenticate.ts");
    const principal = await authenticatedBy(foreign.authenticate, request, foreign.peer);
    return { ...NOBODY, principal, byKey: false };
  }
  const principal = session && (await principals.byId(session.principal));
  if (!principal) return { ...NOBODY, byKey: false };
  const { waitsFor } = session;
  return waitsFor
    ? { principal: null, session, waiting: { principal, for: waitsFor }, byKey: false }
    : { principal, session, waiting: null, byKey: false };
}
