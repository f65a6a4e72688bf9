import { readSync } from "node:fs";

const BLOCK = 64 * 1024;

/** Bytes of a refused body that are still read: servers reset the client when their program leaves some. */
const DRAIN_LIMIT = 16 * 1024 * 1024;

export interface StandardInput {
  /** Made only for who wants it: a request without a body needs none. */
  stream(): ReadableStream<Uint8Array>;
  /** Reads and forgets what the handler left. */
  drain(): void;
}

/** Exactly `length` bytes, or all there are when `null`: IIS leaves the pipe open, and reading on would hang. */
export function standardInput(length: number | null, file = 0): StandardInput {
  let left = length ?? Number.POSITIVE_INFINITY;
  let brokenOff = false;
  const next = (): Uint8Array | null => {
    if (left <= 0) return null;
    const block = new Uint8Array(Math.min(BLOCK, left));
    const count = readBlock(file, block);
    brokenOff = count === 0 && length !== null;
    left = count === 0 ? 0 : left - count;
    return count === 0 ? null : block.subarray(0, count);
  };
  return {
    stream: () =>
      new ReadableStream<Uint8Array>(
        {
          pull(controller) {
            const block = next();
            if (block) controller.enqueue(block);
            // Half a form that is taken for a whole one would be saved.
            else if (brokenOff) controller.error(new Error("The client went away."));
            else controller.close();
          },
        },
        { highWaterMark: 0 },
      ),
    drain() {
      for (let drained = 0; drained < DRAIN_LIMIT; ) {
        const block = next();
        if (!block) return;
        drained += block.byteLength;
      }
    },
  };
}

function readBlock(file: number, block: Uint8Array): number {
  for (;;) {
    try {
      return readSync(file, block);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // Windows reports the end of a pipe as an error.
      if (code === "EOF") return 0;
      // A pipe may be non-blocking; there is nothing else to do in this process but wait.
      if (code !== "EAGAIN") throw error;
      pause();
    }
  }
}

/** One millisecond, blocking. */
export function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
}
