import type { Secret } from "../errors/secret.ts";
import {
  LONGEST_SESSION_SECONDS,
  type Principal,
  type Principals,
  type Visit,
  whenceOf,
} from "../http/types.ts";
import type { Audit } from "../kernel/audit.ts";
import type { People } from "../kernel/people.ts";
import { SERVER } from "../kernel/target.ts";
import { beginTry, type Tries } from "../kernel/tries.ts";

export interface AttemptOptions {
  readonly principals: Principals;
  readonly people: People;
  readonly tries: Tries;
  readonly audit: Audit;
  now(): Date;
}

/** Characters of a name in the audit log. */
const LONGEST_NAME = 64;

/**
 * Who signs in with these; `null` for nobody. `TOO_MANY_TRIES` before any password is looked at; what was looked at is in
 * the audit log, good or bad. The name only when it is one: people type passwords into the wrong box.
 */
export async function attempt(
  visit: Visit,
  name: string,
  password: Secret,
  { principals, people, tries, audit, now }: AttemptOptions,
): Promise<Principal | null> {
  const { browser, peer } = visit;
  const person = await people.named(name);
  // One who has two names, or one name in many spellings, has no more tries for it.
  const who = (await principals.countedAs?.(name, whenceOf(visit))) ?? name;
  const from = { name: who, address: peer.address ?? "", device: browser.deviceOf(who) };
  const begun = await beginTry(tries, from, now());
  const principal = await principals.bySignIn(name, password, whenceOf(visit));
  const known = principal?.name ?? (person ? name : "***");
  await audit.record({
    at: now(),
    requestId: visit.requestId,
    actor: principal?.actor.id ?? "nobody",
    ...(principal ? { actorName: principal.name } : {}),
    ...(peer.address === undefined ? {} : { from: peer.address }),
    operation: "session.signIn",
    target: SERVER,
    input: { name: known.slice(0, LONGEST_NAME), password: "***", at: visit.entrance.kind },
    phase: principal ? "done" : "refused",
    ...(principal ? {} : { code: "UNAUTHENTICATED" as const }),
  });
  if (!principal) return null;
  await begun.succeeded();
  await people.noteSignIn(principal.actor.id, now());
  return principal;
}

/** Its cookie opens nothing any more, whoever has a copy. */
export async function signOut(visit: Visit, people: People): Promise<void> {
  const { session, browser } = visit;
  browser.signOut();
  if (!session) return;
  await people.sessions.end(session.id, new Date((session.issuedAt + LONGEST_SESSION_SECONDS) * 1000));
}

/** A master begins to look at the panel as somebody else does, and says why; `false`: there is no such person. */
export async function seeAs(
  visit: Visit,
  who: string,
  reason: string,
  { principals, people, audit, now }: Omit<AttemptOptions, "tries">,
): Promise<boolean> {
  const { principal, browser, peer } = visit;
  const whom = (await people.named(who))?.id ?? `owner:${who.toLowerCase()}`;
  const seen = principal && (await principals.asAnother?.(principal, whom));
  if (!principal || !seen || !visit.session) return false;
  await audit.record({
    at: now(),
    requestId: visit.requestId,
    actor: principal.actor.id,
    actorName: principal.actor.name,
    ...(peer.address === undefined ? {} : { from: peer.address }),
    operation: "session.seeAs",
    target: SERVER,
    input: { as: seen.actor.id, name: seen.name },
    reason,
    phase: "done",
  });
  browser.seeAs({ whom, reason });
  return true;
}
