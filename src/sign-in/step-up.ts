import type { Secret } from "../errors/secret.ts";
import type { Principal, Principals, Visit, WaitsFor } from "../http/types.ts";
import type { Audit } from "../kernel/audit.ts";
import type { People } from "../kernel/people.ts";
import { PEOPLE } from "../kernel/target.ts";
import { beginTry, type Tries } from "../kernel/tries.ts";
import type { MadePasskey, PasskeyAsked } from "./passkey.ts";

export interface StepUpOptions {
  readonly people: People;
  readonly principals: Principals;
  readonly tries: Tries;
  readonly audit: Audit;
  /** Of the panel, where browsers show who asks for a passkey. */
  readonly name: string;
  now(): Date;
}

/** What is asked besides the password when somebody signs in, and again before what is dangerous. */
export interface StepUp {
  /** What is missing after the password was right. */
  missing(principal: Principal): Promise<WaitsFor | null>;
  /** Which second factors somebody has. */
  ways(principal: Principal): Promise<{ readonly code: boolean; readonly passkey: boolean }>;
  /** Each code counts once. `TOO_MANY_TRIES`. */
  isCode(visit: Visit, principal: Principal, code: string): Promise<boolean>;
  /** `TOO_MANY_TRIES`. */
  isPassword(visit: Visit, principal: Principal, password: Secret): Promise<boolean>;
  /** What an authenticator app reads off a QR code. */
  appAddress(name: string, secret: Secret): Promise<string>;
  /** `null` where browsers use no passkeys. */
  askForPasskey(visit: Visit, principal: Principal): Promise<PasskeyAsked | null>;
  isPasskey(visit: Visit, principal: Principal, challenge: string, credential: string): Promise<boolean>;
  /** `null` where browsers make no passkeys. */
  askToMakePasskey(visit: Visit, principal: Principal): Promise<PasskeyAsked | null>;
  /** `null` for what is none. */
  madePasskey(visit: Visit, challenge: string, credential: string): Promise<MadePasskey | null>;
}

/** The second step over `people`; passkeys are loaded by the first page that needs one. */
export function stepUpOver({ people, principals, tries, audit, name, now }: StepUpOptions): StepUp {
  const { factors } = people;
  const loaded = () => import("./passkey.ts");
  const placeOf = ({ origin }: Visit) => ({ origin, name });

  /** Counts the try, records it, and takes it back when it was right. */
  async function tried(visit: Visit, principal: Principal, how: string, proof: () => Promise<boolean>) {
    const known = how === "password" ? principal.name : `code of ${principal.actor.id}`;
    const device = visit.browser.deviceOf(principal.name);
    const begun = await beginTry(tries, { name: known, address: visit.peer.address ?? "", device }, now());
    const right = await proof();
    if (right) await begun.succeeded();
    await audit.record({
      at: now(),
      requestId: visit.requestId,
      actor: principal.actor.id,
      actorName: principal.actor.name,
      ...(visit.peer.address === undefined ? {} : { from: visit.peer.address }),
      operation: "session.prove",
      target: PEOPLE,
      input: { with: how },
      phase: right ? "done" : "refused",
      ...(right ? {} : { code: "UNAUTHENTICATED" as const }),
    });
    return right;
  }

  return {
    async missing({ actor, role }) {
      const { totp, passkeys } = await factors.of(actor.id);
      if (totp || passkeys.length > 0) return "factor";
      const { secondFactorFor } = await people.policy();
      return role !== undefined && secondFactorFor.includes(role) ? "enrolment" : null;
    },
    async ways({ actor }) {
      const { totp, recoveryLeft, passkeys } = await factors.of(actor.id);
      return { code: totp || recoveryLeft > 0, passkey: passkeys.length > 0 };
    },
    isCode: (visit, principal, code) =>
      tried(visit, principal, "code", () => factors.isCode(principal.actor.id, code, now())),
    isPassword: (visit, principal, password) =>
      tried(visit, principal, "password", async () => {
        const { entrance, peer } = visit;
        const whence = { entrance, ...(peer.address === undefined ? {} : { address: peer.address }) };
        const found = await principals.bySignIn(principal.name, password, whence);
        return found !== null && found.actor.id === principal.actor.id;
      }),
    async appAddress(person, secret) {
      const { totpUri } = await import("../crypto/totp.ts");
      return totpUri(secret, name, person);
    },
    async askForPasskey(visit, { actor }) {
      const known = await factors.passkeys(actor.id);
      const { askToShow, takesPasskeys } = await loaded();
      return known.length > 0 && takesPasskeys(visit.origin) ? askToShow(placeOf(visit), known) : null;
    },
    isPasskey: (visit, principal, challenge, credential) =>
      tried(visit, principal, "passkey", async () => {
        const { id } = principal.actor;
        const { shownBy } = await loaded();
        const shown = await shownBy(placeOf(visit), await factors.passkeys(id), challenge, credential);
        return shown !== null && factors.notePasskeyUse(id, shown.id, shown.counter, now());
      }),
    async askToMakePasskey(visit, { actor }) {
      const { askToMake, takesPasskeys } = await loaded();
      if (!takesPasskeys(visit.origin)) return null;
      return askToMake(placeOf(visit), actor, await factors.passkeys(actor.id));
    },
    async madePasskey(visit, challenge, credential) {
      const { madeFrom } = await loaded();
      return madeFrom(placeOf(visit), challenge, credential);
    },
  };
}
