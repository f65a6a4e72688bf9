import { AppError, fail, isAppError } from "../errors/error.ts";
import { mayReach, mayUse } from "./actor.ts";
import type { AuditRecord } from "./audit.ts";
import type { Call, Context } from "./context.ts";
import type { AnyOperation, Operation } from "./operation.ts";
import { problemsOf, redact, type Static, type TSchema } from "./schema.ts";
import { SERVER, type Target } from "./target.ts";

/**
 * The only road to a handler: validates (422), authorizes (403), records the intent of a change, runs, records the
 * outcome. Rejects with `AppError` only.
 */
export async function invoke<I extends TSchema, O extends TSchema>(
  operation: Operation<I, O>,
  call: Call,
  input: unknown,
): Promise<Static<O>> {
  return invokeAny(operation as AnyOperation, call, input) as Promise<Static<O>>;
}

/** `invoke` for code that walks the table. */
export async function invokeAny(operation: AnyOperation, call: Call, input: unknown): Promise<unknown> {
  const problems = problemsOf(operation.input, input);
  if (problems.length > 0) fail("INVALID_INPUT", undefined, { fields: problems });
  const target = operation.target?.(input as never) ?? SERVER;
  const record = recorder(operation, call, target, input);
  try {
    if (!allowed(operation, call, target)) {
      await record("refused", "FORBIDDEN");
      fail("FORBIDDEN");
    }
    if (operation.effect === "read") return await run(operation, call, input);
    await record("intent");
  } catch (error) {
    throw asAppError(error);
  }
  return runRecorded(operation, call, input, record);
}

async function run(operation: AnyOperation, call: Call, input: unknown): Promise<unknown> {
  const output = await operation.handler(contextOf(operation, call), input as never);
  const visible = withoutForeignRows(operation, call, output);
  requireFit(operation, visible);
  return visible;
}

async function runRecorded(operation: AnyOperation, call: Call, input: unknown, record: Recorder) {
  // The intent is kept already. An outcome that cannot be written must not make a done change look undone.
  const outcome = (phase: AuditRecord["phase"], code?: AuditRecord["code"]) =>
    record(phase, code).catch((error: unknown) =>
      call.log.error(
        { error, operation: operation.name, phase, requestId: call.requestId },
        "audit not written",
      ),
    );
  // Whoever closes the browser while XMail works stops nothing: half of a change would be worse than all of it.
  const carriedThrough = { ...call, signal: new AbortController().signal };
  try {
    const output = await run(operation, carriedThrough, input);
    await outcome("done");
    return output;
  } catch (error) {
    const failure = asAppError(error);
    await outcome("failed", failure.code);
    throw failure;
  }
}

function allowed(operation: AnyOperation, call: Call, target: Target): boolean {
  // A list has no single target: who holds it anywhere may ask, and sees only his own rows.
  return operation.each ? mayUse(call.actor, operation.name) : mayReach(call.actor, operation.name, target);
}

function contextOf(operation: AnyOperation, call: Call): Context {
  return { ...call, sees: (target) => mayReach(call.actor, operation.name, target) };
}

function withoutForeignRows(operation: AnyOperation, call: Call, output: unknown): unknown {
  const { each } = operation;
  if (!each) return output;
  const answer = output as { items: readonly unknown[] };
  const items = answer.items.filter((row) => mayReach(call.actor, operation.name, each(row as never)));
  return items.length === answer.items.length ? output : { ...answer, items };
}

/** A column that the schema does not name would be a leak; one that is missing breaks every caller. */
function requireFit(operation: AnyOperation, output: unknown): void {
  const [problem] = problemsOf(operation.output, output);
  if (problem) fail("INTERNAL", undefined, { internal: { operation: operation.name, problem } });
}

type Recorder = (phase: AuditRecord["phase"], code?: AuditRecord["code"]) => Promise<void>;

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

function asAppError(error: unknown): AppError {
  if (isAppError(error)) return error;
  if (error instanceof Error && error.name === "AbortError")
    return new AppError("ABORTED", undefined, { cause: error });
  return new AppError("INTERNAL", undefined, { cause: error });
}
