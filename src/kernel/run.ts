import { AppError, fail, isAppError } from "../errors/error.ts";
import type { Finality } from "../xmail/change-set.ts";
import { mayReach, mayUse, sightOf } from "./actor.ts";
import type { AuditRecord } from "./audit.ts";
import type { Call, Context } from "./context.ts";
import { groupsWithin } from "./groups-within.ts";
import type { AnyOperation } from "./operation.ts";
import { peopleBelow } from "./people-below.ts";
import { checkedReason } from "./reason.ts";
import { problemsOf, redact } from "./schema.ts";
import { covers, SERVER, type Target } from "./target.ts";

/** Work that waits until XMail's settings are changed. */
export interface Later {
  readonly work: () => Promise<void>;
  readonly final: Finality | undefined;
}

export type Recorder = (
  phase: AuditRecord["phase"],
  code?: AuditRecord["code"],
  change?: AuditRecord["change"],
) => Promise<void>;

export interface Admitted {
  readonly target: Target;
  readonly record: Recorder;
}

/** How long a proof of who somebody is counts for what is dangerous. */
export const PROOF_SECONDS = 600;

/** Validates (422), authorizes (403) and records who was refused; a `rehearsal` saves nothing, so those who only look may. */
export async function admit(
  operation: AnyOperation,
  call: Call,
  input: unknown,
  how: "earnest" | "rehearsal",
): Promise<Admitted> {
  const problems = problemsOf(operation.input, input);
  if (problems.length > 0) fail("INVALID_INPUT", undefined, { fields: problems });
  checkedReason(call.reason);
  const target = operation.target?.(input as never) ?? SERVER;
  const record = recorder(operation, call, target, input);
  const refusal = refusalFor(operation, call, target, how);
  if (refusal) {
    await record("refused", refusal);
    fail(refusal);
  }
  return { target, record };
}

function refusalFor(operation: AnyOperation, call: Call, target: Target, how: "earnest" | "rehearsal") {
  const { actor, provedAt, reason = "" } = call;
  if (!allowed(operation, call, target)) return "FORBIDDEN";
  if (operation.opensMail && !isOwn(actor, target) && reason.trim() === "") return "REASON_NEEDED";
  // What changes nothing is no rehearsal: it is done, and who only looks has no work done.
  if (how === "rehearsal" && !operation.changesNothing) return null;
  if (operation.effect !== "read" && actor.looksOnly) return "LOOKS_ONLY";
  const proved = provedAt === undefined ? 0 : call.now().getTime() - provedAt.getTime();
  return operation.asksAgain && proved > PROOF_SECONDS * 1000 ? "PROVE_AGAIN" : null;
}

/** Whether a grant is for this very account: who holds it is its owner. */
function isOwn({ grants, really }: Call["actor"], target: Target): boolean {
  // A master who looks at the owner's panel is not the owner.
  return (
    !really &&
    target.kind === "account" &&
    grants.some(({ on }) => on.kind === "account" && covers(on, target))
  );
}

/** Runs the handler of who was admitted; what it leaves for later goes to `later`. */
export async function run(
  operation: AnyOperation,
  call: Call,
  input: unknown,
  later: Later[],
): Promise<unknown> {
  const output = await operation.handler(contextOf(operation, call, later), input as never);
  const visible = withoutForeignRows(operation, call, output);
  requireFit(operation, visible);
  return visible;
}

export function contextOf(operation: AnyOperation, call: Call, later: Later[]): Context {
  return {
    ...call,
    ...(call.people ? { people: peopleBelow(call.people, call.actor) } : {}),
    ...(call.groups ? { groups: groupsWithin(call.groups, call.actor, operation) } : {}),
    sees: (target) => mayReach(call.actor, operation.name, target),
    sight: (targetOf) => sightOf(call.actor, operation.name, targetOf),
    whenApplied: (work, final) => void later.push({ work, final }),
  };
}

/** A column that the schema does not name would be a leak; one that is missing breaks every caller. */
export function requireFit(operation: AnyOperation, output: unknown): void {
  const [problem] = problemsOf(operation.output, output);
  if (problem) fail("INTERNAL", undefined, { internal: { operation: operation.name, problem } });
}

export function asAppError(error: unknown): AppError {
  if (isAppError(error)) return error;
  if (error instanceof Error && error.name === "AbortError")
    return new AppError("ABORTED", undefined, { cause: error });
  return new AppError("INTERNAL", undefined, { cause: error });
}

function allowed(operation: AnyOperation, call: Call, target: Target): boolean {
  // A list has no single target: who holds it anywhere may ask, and sees only his own rows.
  return operation.each ? mayUse(call.actor, operation.name) : mayReach(call.actor, operation.name, target);
}

function withoutForeignRows(operation: AnyOperation, call: Call, output: unknown): unknown {
  const { each } = operation;
  if (!each) return output;
  const answer = output as { items: readonly unknown[] };
  const items = answer.items.filter((row) => mayReach(call.actor, operation.name, each(row as never)));
  return items.length === answer.items.length ? output : { ...answer, items };
}

function recorder(operation: AnyOperation, call: Call, target: Target, input: unknown): Recorder {
  return (phase, code, change) =>
    call.audit.record({
      at: call.now(),
      requestId: call.requestId,
      actor: call.actor.id,
      actorName: call.actor.name,
      ...(call.actor.really ? { really: call.actor.really.id } : {}),
      ...(call.reason === undefined ? {} : { reason: call.reason }),
      ...(call.from === undefined ? {} : { from: call.from }),
      operation: operation.name,
      target,
      input: redact(operation.input, input),
      phase,
      ...(operation.opensMail && phase !== "refused" && !isOwn(call.actor, target)
        ? { openedMail: true as const }
        : {}),
      ...(code === undefined ? {} : { code }),
      ...(change === undefined ? {} : { change }),
    });
}
