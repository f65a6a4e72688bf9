import { Secret } from "../errors/secret.ts";
import { isForPrograms } from "./api-routes.ts";
import type { Principal, Principals, Session, Waiting, Whence } from "./types.ts";

export interface Asker {
  readonly principal: Principal | null;
  /** `null` for API keys and strangers. */
  readonly session: Session | null;
  /** Somebody whose sign-in is not complete: nobody yet. */
  readonly waiting: Waiting | null;
  /** True when an API key was shown, good or not: cookies do not count then. */
  readonly byKey: boolean;
}

/** Where somebody asks, with what, and who can say who that is. */
export interface Asking {
  readonly session: Session | null;
  readonly whence: Whence;
  readonly principals: Principals;
  isOver(session: string): Promise<boolean>;
  /** The sign-in of the host, in place of ours. */
  readonly foreign: (() => Promise<Principal | null>) | null;
  /** Seconds since 1970. */
  readonly now: number;
}

const NOBODY = { principal: null, session: null, waiting: null } as const;

/**
 * API keys open the API and the metrics only, sessions everything. A session whose principal is gone is none. Where the host has its own
 * sign-in, our sessions do not count: whoever the host does not know is a stranger.
 */
export async function whoAsks(request: Request, path: string, asking: Asking): Promise<Asker> {
  const { principals, whence, foreign } = asking;
  const authorization = request.headers.get("authorization") ?? "";
  if (isForPrograms(path) && /^bearer(?: |$)/i.test(authorization)) {
    const key = new Secret(authorization.slice("bearer".length).trim());
    return { ...NOBODY, principal: await principals.byApiKey(key, whence), byKey: true };
  }
  if (foreign) return { ...NOBODY, principal: await foreign(), byKey: false };
  return bySession(asking);
}

async function bySession({ session, whence, principals, isOver, now }: Asking): Promise<Asker> {
  const nobody = { ...NOBODY, byKey: false };
  if (!session || (await isOver(session.id))) return nobody;
  const principal = await principals.byId(session.principal, whence);
  if (!principal) return nobody;
  const { waitsFor, as } = session;
  if (waitsFor) {
    return { principal: null, session, waiting: { principal, for: waitsFor }, byKey: false };
  }
  const seen = as && as.until > now ? await principals.asAnother?.(principal, as.whom) : null;
  return { principal: seen ?? principal, session, waiting: null, byKey: false };
}
