import { covers, SERVER, type Target } from "./target.ts";

/** Operations by name pattern (`alias.*`, `account.list`, `*`) on one target and all it covers. */
export interface Grant {
  readonly allow: readonly string[];
  readonly on: Target;
}

/** Who acts. `id` goes to the audit log and never changes; `name` is for people. */
export interface Actor {
  readonly id: string;
  readonly name: string;
  readonly grants: readonly Grant[];
}

export const MASTER_GRANT: Grant = { allow: ["*"], on: SERVER };

/** Code that imports the library and calls it: it could open the files itself, so it may do everything. */
export const PROGRAM: Actor = { id: "program", name: "program", grants: [MASTER_GRANT] };

/** Unknown means no. */
export function mayReach(actor: Actor, operation: string, target: Target): boolean {
  return actor.grants.some(
    (grant) => grant.allow.some((pattern) => matches(pattern, operation)) && covers(grant.on, target),
  );
}

/** Whether any grant names the operation, on whatever target: decides which menu items show. */
export function mayUse(actor: Actor, operation: string): boolean {
  return actor.grants.some((grant) => grant.allow.some((pattern) => matches(pattern, operation)));
}

function matches(pattern: string, operation: string): boolean {
  if (pattern === "*" || pattern === operation) return true;
  return pattern.endsWith(".*") && operation.startsWith(pattern.slice(0, -1));
}
