import { AppError, fail, isAppError } from "../errors/error.ts";
import type { Finality } from "../xmail/change-set.ts";
import { mayReach, mayUse, sightOf } from "./actor.ts";
import type { AuditRecord } from "./audit.ts";
import type { Call, Context } from "./context.ts";
import type { AnyOperation } from "./operation.ts";
import { checkedReason } from "./reason.ts";
import { problemsOf, redact } from "./schema.ts";
import { SERVER, type Target } from "./target.ts";

/** Work that waits until XMail's settings are changed. */
export interface Later {
  readonly work: () => Promise<void>;
  readonly final: Finality | undefined;
}

export type Recorder = (phase: AuditRecord["phase"], code?: AuditRecord["code"]) => Promise<void>;

export interface Admitted {
  readonly target: Target;
  readonly record: Recorder;
}

/** Validates (422), authorizes (403) and records who was refused. */
export async function admit(operation: AnyOperation, call: Call, input: unknown): Promise<Admitted> {
  const problems = problemsOf(operation.input, input);
  if (problems.length > 0) fail("INVALID_INPUT", undefined, { fields: problems });
  checkedReason(call.reason);
  const target = operation.target?.(input as never) ?? SERVER;
  const record = recorder(operation, call, target, input);
  if (!allowed(operation, call, target)) {
    await record("refused", "FORBIDDEN");
    fail("FORBIDDEN");
  }
  return { target, record };
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
  return (phase, code) =>
    call.audit.record({
      at: call.now(),
      requestId: call.requestId,
      actor: call.actor.id,
      ...(call.from === undefined ? {} : { from: call.from }),
      operation: operation.name,
      target,
      input: redact(operation.input, input),
      phase,
      ...(code === undefined ? {} : { code }),
    });
}
