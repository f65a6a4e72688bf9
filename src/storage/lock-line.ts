import { setTimeout as sleep } from "node:timers/promises";
import { stopIfAborted } from "./call-checks.ts";

const LINES = new WeakMap<object, Map<string, Promise<void>>>();

/**
 * One after the other, in the order they came, for callers in this process; `where` and `name` say in which line. `work`
 * is told whether its turn came within `waitMs`. `ABORTED` while waiting.
 */
export async function inLine<T>(
  where: object,
  name: string,
  waitMs: number,
  signal: AbortSignal | undefined,
  work: (cameInTime: boolean) => Promise<T>,
): Promise<T> {
  const line = LINES.get(where) ?? new Map<string, Promise<void>>();
  LINES.set(where, line);
  const before = line.get(name) ?? Promise.resolve();
  let leave = () => {};
  const mine = new Promise<void>((resolve) => {
    leave = resolve;
  });
  const tail = before.then(() => mine);
  line.set(name, tail);
  try {
    return await work(await settledWithin(before, waitMs, signal));
  } finally {
    leave();
    if (line.get(name) === tail) line.delete(name);
  }
}

/** Waits `ms`. `ABORTED` at once when the signal fires. */
export async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await sleep(ms, undefined, signal ? { signal } : {});
  } catch (error) {
    stopIfAborted(signal);
    throw error;
  }
}

async function settledWithin(
  promise: Promise<void>,
  ms: number,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const enough = new AbortController();
  const either = signal ? AbortSignal.any([signal, enough.signal]) : enough.signal;
  try {
    return await Promise.race([
      promise.then(() => true),
      sleep(ms, false, { signal: either }).catch(() => {
        stopIfAborted(signal);
        return false;
      }),
    ]);
  } finally {
    enough.abort();
  }
}
