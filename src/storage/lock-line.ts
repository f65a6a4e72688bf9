import { setTimeout as sleep } from "node:timers/promises";
import { stopIfAborted } from "./call-checks.ts";

const LINES = new WeakMap<object, Map<string, Promise<void>>>();

/**
 * Calls of this process for the same `name` at the same `where` go one after the other, in the order they came; the
 * storage need not be asked over and over. Whoever waited `waitMs` goes all the same. `ABORTED` while waiting.
 */
export async function inLine<T>(
  where: object,
  name: string,
  waitMs: number,
  signal: AbortSignal | undefined,
  work: () => Promise<T>,
): Promise<T> {
  const line = LINES.get(where) ?? new Map<string, Promise<void>>();
  LINES.set(where, line);
  const before = line.get(name);
  let leave = () => {};
  const mine = new Promise<void>((resolve) => {
    leave = resolve;
  });
  line.set(name, mine);
  try {
    if (before) await settledWithin(before, waitMs, signal);
    return await work();
  } finally {
    leave();
    if (line.get(name) === mine) line.delete(name);
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
): Promise<void> {
  const settled = new AbortController();
  const either = signal ? AbortSignal.any([signal, settled.signal]) : settled.signal;
  try {
    await Promise.race([promise, pause(ms, either)]);
  } catch (error) {
    stopIfAborted(signal);
    throw error;
  } finally {
    settled.abort();
  }
}
