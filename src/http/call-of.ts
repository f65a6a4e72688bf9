import type { Actor } from "../kernel/actor.ts";
import type { Call } from "../kernel/context.ts";
import { beginTry, type Tries } from "../kernel/tries.ts";
import type { Principal, Visit } from "./types.ts";

/** What a panel's calls have in common, whoever asks. */
export type Work = Pick<
  Call,
  "xmail" | "operations" | "audit" | "people" | "groups" | "watch" | "history" | "log" | "now"
> & {
  /** Counts who guesses; nobody counts, if absent. */
  readonly tries?: Tries;
  /** Who asks, as he is now that his sessions were ended; absent where nobody's are. */
  again?(visit: Visit): Promise<Principal | null>;
};

const NOBODY: Actor = { id: "nobody", name: "nobody", grants: [] };
const MS = 1000;

/** The call of whoever sent the request, by page or API: who, from where, and when he last showed that it is he. */
export function callOf(
  visit: Visit,
  { xmail, operations, audit, people, groups, watch, history, log, now, tries, again }: Work,
): Call {
  const { session, principal, peer } = visit;
  return {
    xmail,
    audit,
    log,
    now,
    ...(operations ? { operations } : {}),
    ...(people ? { people } : {}),
    ...(groups ? { groups } : {}),
    ...(watch ? { watch } : {}),
    ...(history ? { history } : {}),
    actor: principal?.actor ?? NOBODY,
    ...(tries && principal
      ? { tryPassword: () => beginTry(tries, whoTries(visit, principal.name), now()) }
      : {}),
    ...(session && again
      ? {
          stay: async () => {
            const principal = await again(visit);
            if (principal) visit.browser.goOn(principal);
          },
        }
      : {}),
    ...(session ? { provedAt: new Date(session.provedAt * MS) } : {}),
    // Who looks as another gave his reason when he began to.
    ...(session?.as && principal?.actor.really ? { reason: session.as.reason } : {}),
    requestId: visit.requestId,
    signal: visit.request.signal,
    ...(peer.address === undefined ? {} : { from: peer.address }),
    progress: () => undefined,
  };
}

/** Counted together with the tries to sign in by this name. */
function whoTries({ browser, peer }: Visit, name: string) {
  return { name, address: peer.address ?? "", device: browser.deviceOf(name) };
}
