import { Secret } from "../errors/secret.ts";
import { API_PREFIX } from "./api-routes.ts";
import type { Principal, Principals, Session } from "./types.ts";

export interface Asker {
  readonly principal: Principal | null;
  /** `null` for API keys and strangers. */
  readonly session: Session | null;
  /** True when an API key was shown, good or not: cookies do not count then. */
  readonly byKey: boolean;
}

const NOBODY = { principal: null, session: null } as const;

/** API keys open the API only, sessions everything. A session whose principal is gone is none. */
export async function whoAsks(
  request: Request,
  path: string,
  session: Session | null,
  principals: Principals,
): Promise<Asker> {
  const authorization = request.headers.get("authorization") ?? "";
  if (path.startsWith(`${API_PREFIX}/`) && /^bearer(?: |$)/i.test(authorization)) {
    const key = authorization.slice("bearer".length).trim();
    return { ...NOBODY, principal: await principals.byApiKey(new Secret(key)), byKey: true };
  }
  const principal = session && (await principals.byId(session.principal));
  return principal ? { principal, session, byKey: false } : { ...NOBODY, byKey: false };
}
