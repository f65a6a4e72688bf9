import type { Backend, ChangeMaker } from "../xmail/backend.ts";
import type { ChangeSet } from "../xmail/change-set.ts";
import type { Call } from "./context.ts";
import { limitedMailboxes, requireWithin } from "./limits.ts";
import type { AnyOperation, Operation, Plan } from "./operation.ts";
import { admit, asAppError, contextOf, type Later, type Recorder, requireFit, run } from "./run.ts";
import type { Static, TSchema } from "./schema.ts";

/** What an operation would answer, and all it would change. */
export interface DryRun<T> {
  readonly result: T;
  readonly changes: ChangeSet;
}

export const NO_CHANGES: ChangeSet = { commands: [], files: [], final: [] };

/** Whether something would be different afterwards. */
export function changesNothing({ commands, files, final }: ChangeSet): boolean {
  return commands.length + files.length + final.length === 0;
}

/**
 * Dry run: validates, authorizes and refuses as `invoke` would, and answers what would be changed. Nothing is changed or
 * kept; of refusals the audit log tells. `null` where XMail's side cannot tell beforehand.
 */
export async function rehearse<I extends TSchema, O extends TSchema>(
  operation: Operation<I, O>,
  call: Call,
  input: unknown,
): Promise<DryRun<Static<O>> | null> {
  return rehearseAny(operation as AnyOperation, call, input) as Promise<DryRun<Static<O>> | null>;
}

/** `rehearse` for code that walks the table. */
export async function rehearseAny(
  operation: AnyOperation,
  call: Call,
  input: unknown,
): Promise<DryRun<unknown> | null> {
  return rehearseAll(call, (runOne) => runOne(operation, input));
}

export type RunAny = (operation: AnyOperation, input: unknown) => Promise<unknown>;

/** Dry run of several operations, each of which sees what those before it would have changed. */
export async function rehearseAll<T>(
  call: Call,
  work: (run: RunAny) => Promise<T>,
): Promise<DryRun<T> | null> {
  const { changes: maker } = call.xmail;
  if (!maker) return null;
  const planned: ChangeSet[] = [];
  const later: Later[] = [];
  try {
    const { result, changes } = await maker.rehearse(
      (copy) => work((operation, input) => onCopy(operation, call, input, { copy, planned, later })),
      { signal: call.signal },
    );
    return { result, changes: together([changes, ...planned], later) };
  } catch (error) {
    throw asAppError(error);
  }
}

interface Stage {
  readonly copy: Backend;
  readonly planned: ChangeSet[];
  readonly later: Later[];
}

async function onCopy(operation: AnyOperation, call: Call, input: unknown, { copy, planned, later }: Stage) {
  const { record } = await admit(operation, call, input, "rehearsal");
  if (operation.effect === "read" && operation.opensMail) {
    return told(record, () =>
      run(operation, { ...call, xmail: withMail(bare(copy, call.xmail), call.xmail) }, input, []),
    );
  }
  if (operation.changesNothing) return run(operation, call, input, []);
  if (operation.movesMail) {
    const { spool } = call.xmail;
    const xmail = spool ? { ...call.xmail, spool: spool.rehearsing() } : call.xmail;
    return run(operation, { ...call, xmail }, input, []);
  }
  if (operation.ofOurs) {
    later.push(OURS);
    return run(operation, withOurs(call), input, []);
  }
  if (!operation.plan) return runLimited(operation, call, input, copy, later);
  const { result, changes } = await operation.plan(contextOf(operation, call, later), input as never);
  requireFit(operation, result);
  planned.push(changes);
  return result;
}

/** What we keep ourselves, on copies; the session of who asks is none of it, and stays as it is. */
function withOurs({ stay: _, ...call }: Call): Call {
  const { people, groups, watch, xmail } = call;
  const { mailboxes } = xmail;
  return {
    ...call,
    // What was counted is kept in a file, too.
    ...(mailboxes ? { xmail: { ...xmail, mailboxes: { ...mailboxes, count: async () => undefined } } } : {}),
    ...(people ? { people: people.rehearsing() } : {}),
    ...(groups ? { groups: groups.rehearsing() } : {}),
    ...(watch ? { watch: watch.rehearsing() } : {}),
  };
}

/** Other people's mail is seen in a dry run as well as in earnest. */
async function told<T>(record: Recorder, work: () => Promise<T>): Promise<T> {
  await record("intent");
  try {
    const answer = await work();
    await record("done");
    return answer;
  } catch (error) {
    await record("failed", asAppError(error).code);
    throw error;
  }
}

/** The change that one admitted operation is. */
export async function planOf(
  operation: AnyOperation,
  call: Call,
  input: unknown,
  maker: ChangeMaker,
): Promise<Plan<unknown> & { readonly later: readonly Later[] }> {
  const later: Later[] = [];
  if (operation.plan) {
    const plan = await operation.plan(contextOf(operation, call, later), input as never);
    requireFit(operation, plan.result);
    return { ...plan, later };
  }
  const rehearsal = await maker.rehearse((copy) => runLimited(operation, call, input, copy, later), {
    signal: call.signal,
  });
  return {
    result: rehearsal.result,
    changes: together([rehearsal.changes], later),
    apply: () => rehearsal.apply(),
    later,
  };
}

/** A dry run says so much, and has nothing else to show. */
const OURS: Later = { work: async () => undefined, final: "ours" };

/** Runs on the copy, and refuses what would be more than the actor may have. */
async function runLimited(
  operation: AnyOperation,
  call: Call,
  input: unknown,
  copy: Backend,
  later: Later[],
): Promise<unknown> {
  const { limits = [] } = call.actor;
  const output = await run(
    operation,
    { ...call, xmail: limitedMailboxes(bare(copy, call.xmail), limits) },
    input,
    later,
  );
  await requireWithin(limits, call.xmail, copy);
  return output;
}

/** Mail is only read, so a copy needs none of its own either. */
function withMail(copy: Backend, { mailboxes, spool }: Backend): Backend {
  return {
    ...copy,
    ...(mailboxes ? { mailboxes } : {}),
    ...(spool ? { spool: spool.rehearsing() } : {}),
  };
}

/** A copy is changed by the work itself, and never rehearsed again. Logs are only read, so it needs none of its own. */
function bare({ changes: _, ...copy }: Backend, { logs }: Backend): Backend {
  return logs ? { ...copy, logs } : copy;
}

function together(sets: readonly ChangeSet[], later: readonly Later[]): ChangeSet {
  const waiting = later.flatMap(({ final }) => (final === undefined ? [] : [final]));
  return {
    commands: sets.flatMap(({ commands }) => commands),
    files: sets.flatMap(({ files }) => files),
    final: [...new Set([...sets.flatMap(({ final }) => final), ...waiting])],
  };
}
