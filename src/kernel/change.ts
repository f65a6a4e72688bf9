import { type AppError, fail } from "../errors/error.ts";
import type { ChangeMaker } from "../xmail/backend.ts";
import { aboutOf } from "./about.ts";
import type { Call } from "./context.ts";
import { NO_HISTORY } from "./history.ts";
import type { AnyOperation } from "./operation.ts";
import { checkedReason } from "./reason.ts";
import { recover } from "./recover.ts";
import { changesNothing, planOf } from "./rehearse.ts";
import { type Admitted, asAppError, type Recorder } from "./run.ts";
import { redact } from "./schema.ts";

/** How often a change is worked out anew because somebody else changed the same files meanwhile. */
const TRIES = 5;

type Planned = Awaited<ReturnType<typeof planOf>>;

interface Making {
  readonly operation: AnyOperation;
  readonly call: Call;
  readonly input: unknown;
  readonly maker: ChangeMaker;
  readonly target: Admitted["target"];
  /** Never rejects: what was done must not look undone because it could not be written down. */
  readonly outcome: Recorder;
}

/**
 * Rehearses, records the intent, keeps the change in the history, applies it. One after the other within a process, so
 * that they do not spoil each other's rehearsal; between processes the slower one works his out anew.
 */
export async function makeChange(
  operation: AnyOperation,
  call: Call,
  input: unknown,
  { target, record }: Admitted,
  maker: ChangeMaker,
): Promise<unknown> {
  const outcome: Recorder = (phase, code, change) =>
    record(phase, code, change).catch((error: unknown) =>
      notWritten(call, operation, error, "audit not written"),
    );
  const making = { operation, call, input, maker, target, outcome };
  return inTurn(maker, () =>
    aloneWithLimits(call, async () => {
      if (call.signal.aborted) fail("ABORTED");
      await recover(call);
      const first = await planned(making);
      await record("intent");
      for (let plan = first, tries = 1; ; tries += 1) {
        const failure = await applied(making, plan);
        if (!failure) return plan.result;
        if (failure.code !== "FILE_CHANGED" || tries === TRIES) {
          await outcome("failed", failure.code);
          throw failure;
        }
        plan = await planned(making);
      }
    }),
  );
}

/**
 * Who has limits is counted before and after, so nobody else may count meanwhile. Each limit has its lock, taken in one
 * order; without people to keep them the turns of this process are all there is.
 */
async function aloneWithLimits<T>({ actor, people }: Call, work: () => Promise<T>): Promise<T> {
  const owners = [...new Set((actor.limits ?? []).map((limit) => limit.of))].sort();
  const alone = (rest: readonly string[]): Promise<T> => {
    const [owner, ...others] = rest;
    return owner === undefined || !people ? work() : people.alone(owner, () => alone(others));
  };
  return alone(owners);
}

/** What is refused now is refused before anything happened, and still somebody's attempt. */
async function planned({ operation, call, input, maker, outcome }: Making): Promise<Planned> {
  try {
    return await planOf(operation, call, input, maker);
  } catch (error) {
    const failure = asAppError(error);
    await outcome("failed", failure.code);
    throw failure;
  }
}

/** Resolves why it was not done; nothing, when it was. */
async function applied(making: Making, plan: Planned): Promise<AppError | null> {
  const { operation, call, outcome, maker } = making;
  const { history = NO_HISTORY } = call;
  if (changesNothing(plan.changes) && plan.later.length === 0) {
    await outcome("done");
    return null;
  }
  const { id, emptyBin } = await history.begin(entryOf(making, plan)).catch(async (error: unknown) => {
    await outcome("failed", asAppError(error).code);
    throw error;
  });
  const end = async (how: "done" | "failed", code?: AppError["code"]) => {
    if (id === null) return;
    await history
      .end(id, how, code)
      .catch((error: unknown) => notWritten(call, operation, error, "history not written"));
  };
  let changed = false;
  try {
    await plan.apply();
    changed = plan.changes.files.length > 0;
    for (const { work } of plan.later) await work();
  } catch (error) {
    const failure = asAppError(error);
    // What changed the files before a program failed can still be taken back.
    await (changed ? end("done") : end("failed", failure.code));
    return failure;
  }
  await end("done");
  await outcome("done", undefined, id ?? undefined);
  if (emptyBin) await emptied(call, maker, emptyBin);
  return null;
}

function entryOf({ operation, call, input, target }: Making, plan: Planned) {
  const reason = checkedReason(call.reason);
  return {
    at: call.now(),
    requestId: call.requestId,
    actor: call.actor.id,
    actorName: call.actor.name,
    ...(call.from === undefined ? {} : { from: call.from }),
    ...(reason === undefined ? {} : { reason }),
    operation: operation.name,
    target: plan.target ?? target,
    about: plan.about ?? aboutOf(target, input),
    input: redact(operation.input, input),
    ...(plan.undoes === undefined ? {} : { undoes: plan.undoes }),
    changes: plan.changes,
  };
}

async function emptied({ log }: Call, maker: ChangeMaker, olderThan: Date): Promise<void> {
  try {
    const folders = await maker.emptyBin(olderThan);
    if (folders > 0) log.info({ folders, olderThan }, "old folders were removed from the bin for good");
  } catch (error) {
    log.warn({ error }, "the bin could not be emptied");
  }
}

function notWritten(call: Call, { name }: AnyOperation, error: unknown, message: string): void {
  call.log.error({ error, operation: name, requestId: call.requestId }, message);
}

const turns = new WeakMap<ChangeMaker, Promise<unknown>>();

function inTurn<T>(maker: ChangeMaker, work: () => Promise<T>): Promise<T> {
  const turn = (turns.get(maker) ?? Promise.resolve()).then(work);
  turns.set(
    maker,
    turn.catch(() => undefined),
  );
  return turn;
}
