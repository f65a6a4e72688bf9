import { fail } from "../errors/error.ts";
import { makeChange } from "./change.ts";
import type { Call } from "./context.ts";
import type { AnyOperation, Operation } from "./operation.ts";
import { admit, asAppError, type Later, type Recorder, run } from "./run.ts";
import type { Static, TSchema } from "./schema.ts";

/**
 * The only road to a handler: validates (422), authorizes (403), records the intent of a change, runs, records the
 * outcome. A change is rehearsed first, where XMail's side can, and kept in the history. Rejects with `AppError` only.
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
  try {
    const admitted = await admit(operation, call, input, "earnest");
    if (operation.effect === "read" && !operation.opensMail) return await run(operation, call, input, []);
    const { changes } = call.xmail;
    if (changes && isChangeOfXMail(operation))
      return await makeChange(operation, call, input, admitted, changes);
    if (isChangeOfXMail(operation)) requireNoLimits(call);
    await admitted.record("intent");
    return await runRecorded(operation, call, input, admitted.record);
  } catch (error) {
    throw asAppError(error);
  }
}

function isChangeOfXMail({ effect, changesNothing, ofOurs, movesMail }: AnyOperation): boolean {
  return effect !== "read" && !changesNothing && !ofOurs && !movesMail;
}

/** Limits are counted on a rehearsal; where there is none, nobody could keep them. */
function requireNoLimits({ actor }: Call): void {
  if ((actor.limits ?? []).length === 0) return;
  fail("STORAGE_UNSUPPORTED", "This way to XMail cannot keep the limits set for you, so it changes nothing.");
}

/** For a backend that does not know its changes beforehand. */
async function runRecorded(operation: AnyOperation, call: Call, input: unknown, record: Recorder) {
  // The intent is kept already. An outcome that cannot be written must not make a done change look undone.
  const outcome: Recorder = (phase, code) =>
    record(phase, code).catch((error: unknown) =>
      call.log.error(
        { error, operation: operation.name, phase, requestId: call.requestId },
        "audit not written",
      ),
    );
  // Whoever closes the browser while XMail works stops nothing: half of a change would be worse than all of it.
  const carriedThrough = { ...call, signal: new AbortController().signal };
  const later: Later[] = [];
  try {
    const output = await run(operation, carriedThrough, input, later);
    for (const { work } of later) await work();
    await outcome("done");
    return output;
  } catch (error) {
    const failure = asAppError(error);
    await outcome("failed", failure.code);
    throw failure;
  }
}
