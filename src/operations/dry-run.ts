import { fail } from "../errors/error.ts";
import type { Call } from "../kernel/context.ts";
import type { AnyOperation } from "../kernel/operation.ts";
import { type DryRun, rehearseAny } from "../kernel/rehearse.ts";
import { type ToldChanges, toldChanges } from "../settings/told-changes.ts";

/** What an operation would answer, and all it would change: text, and secrets as `***`. */
export interface DryRunAnswer<T> {
  readonly result: T;
  readonly changes: ToldChanges;
}

/** Refuses as the operation would, and changes nothing. `STORAGE_UNSUPPORTED` for a backend without `changes`. */
export async function dryRun(
  operation: AnyOperation,
  call: Call,
  input: unknown,
): Promise<DryRunAnswer<unknown>> {
  const rehearsed = await rehearseAny(operation, call, input);
  return rehearsed
    ? toldDryRun(rehearsed)
    : fail("STORAGE_UNSUPPORTED", "This way to XMail cannot tell beforehand what it would change.");
}

/** A dry run as it may be shown to whoever asked. */
export function toldDryRun<T>({ result, changes }: DryRun<T>): DryRunAnswer<T> {
  return { result, changes: toldChanges(changes) };
}
