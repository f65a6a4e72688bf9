import { fail } from "../errors/error.ts";
import type { ReadOptions, WriteOptions } from "./storage.ts";

/** `ABORTED` once the caller gave up. */
export function stopIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) fail("ABORTED", undefined, { cause: signal.reason });
}

/** First byte and the one after the last wanted, in a file of `size` bytes. `INVALID_INPUT` for what is no count. */
export function rangeOf({ offset = 0, length = Number.MAX_SAFE_INTEGER }: ReadOptions, size: number) {
  if (!isCount(offset) || !isCount(length)) {
    fail("INVALID_INPUT", "A range of a file starts at a whole number and has a whole length.");
  }
  const from = Math.min(offset, size);
  return { from, to: from + Math.min(length, size - from) };
}

/** `INVALID_INPUT` for options that contradict each other. */
export function checkWrite({ ifAbsent, append }: WriteOptions): void {
  if (ifAbsent && append) fail("INVALID_INPUT", "A file is either made anew or added to, not both.");
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}
