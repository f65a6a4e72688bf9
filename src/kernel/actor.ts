import { sameName } from "../xmail/names.ts";
import type { Sight } from "../xmail/rows-page.ts";
import type { AreaLimit } from "./limits.ts";
import { covers, domainTarget, SERVER, type Target } from "./target.ts";

/** Operations by name pattern (`alias.*`, `account.list`, `*`) on one target and all it covers. */
export interface Grant {
  readonly allow: readonly string[];
  readonly on: Target;
}

/** Why somebody may see and try, and save nothing: a guest, an API key for dry runs, a master who looks as another. */
export type LooksOnly = "guest" | "dryRunKey" | "asAnother";

/** What an API key leaves of the grants of its owner; `null` leaves all. */
export interface Narrowing {
  readonly allow: readonly string[] | null;
  readonly on: readonly Target[] | null;
  /** Never these, whatever else is said: a key that could make keys and people would be a whole sign-in. */
  readonly never: readonly string[];
}

/** Who acts. `id` goes to the audit log and never changes; `name` is for people. */
export interface Actor {
  readonly id: string;
  readonly name: string;
  readonly grants: readonly Grant[];
  readonly narrowed?: Narrowing;
  readonly looksOnly?: LooksOnly;
  /** What he may have at most: his own limits, and those of everybody who handed on to him. */
  readonly limits?: readonly AreaLimit[];
  /** Who it really is, where a master looks at the panel as another. */
  readonly really?: { readonly id: string; readonly name: string };
}

export const MASTER_GRANT: Grant = { allow: ["*"], on: SERVER };

/** Code that imports the library and calls it: it could open the files itself, so it may do everything. */
export const PROGRAM: Actor = { id: "program", name: "program", grants: [MASTER_GRANT] };

/** Unknown means no. */
export function mayReach({ grants, narrowed }: Actor, operation: string, target: Target): boolean {
  if (narrowed && !leaves(narrowed, operation)) return false;
  if (narrowed?.on && !narrowed.on.some((on) => covers(on, target))) return false;
  return grants.some(({ allow, on }) => names(allow, operation) && covers(on, target));
}

/** Whether anything at all was granted on the target: for what follows from an operation that was admitted. */
export function holds({ grants, narrowed }: Actor, target: Target): boolean {
  if (narrowed?.on && !narrowed.on.some((on) => covers(on, target))) return false;
  return grants.some(({ on }) => covers(on, target));
}

/** What the actor sees of the rows of many domains; `undefined`: all. */
export function sightOf<R>(
  actor: Actor,
  operation: string,
  targetOf: (row: R) => Target,
): Sight<R> | undefined {
  if (mayReach(actor, operation, SERVER)) return undefined;
  const own = [
    ...actor.grants.filter(({ allow }) => names(allow, operation)).map(({ on }) => on),
    ...(actor.narrowed?.on ?? []),
  ];
  return {
    domain(domain) {
      if (mayReach(actor, operation, domainTarget(domain))) return "all";
      return own.some((on) => on.kind === "account" && sameName(on.domain, domain)) ? "some" : "none";
    },
    row: (row) => mayReach(actor, operation, targetOf(row)),
  };
}

/** Whether any grant names the operation, on whatever target: decides which menu items show. */
export function mayUse({ grants, narrowed }: Actor, operation: string): boolean {
  if (narrowed && !leaves(narrowed, operation)) return false;
  return grants.some(({ allow }) => names(allow, operation));
}

function leaves({ allow, never }: Narrowing, operation: string): boolean {
  return !names(never, operation) && (allow === null || names(allow, operation));
}

function names(patterns: readonly string[], operation: string): boolean {
  return patterns.some((pattern) => matches(pattern, operation));
}

function matches(pattern: string, operation: string): boolean {
  if (pattern === "*" || pattern === operation) return true;
  return pattern.endsWith(".*") && operation.startsWith(pattern.slice(0, -1));
}
