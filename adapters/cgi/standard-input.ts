import { readSync } from "node:fs";

const BLOCK = 64 * 1024;

/** Bytes of a refused body that are still read: servers reset the client when their program leaves some. */
const DRAIN_LIMIT = 16 * 1024 * 1024;

export interface StandardInput {
  /** Made only for who wants it: a request without a body needs none. */
  stream(): ReadableStream<Uint8Array>;
  /** Reads and forgets what the handler left. */
  drain(): void | Promise<void>;
}

/** A body, block by block. */
interface Blocks {
  /** `null` at its end. */
  next(): Promise<Uint8Array | null>;
  /** Whether that came too early. */
  brokenOff(): boolean;
}

/** Exactly `length` bytes, or all there are when `null`: IIS leaves the pipe open, and reading on would hang. */
export function standardInput(length: number | null, file = 0): StandardInput {
  const { next, brokenOff } = blocksOf(length, file);
  return {
    stream: () => streamOf(next, brokenOff),
    drain() {
      for (let drained = 0; drained < DRAIN_LIMIT; ) {
        const block = next();
        if (!block) return;
        drained += block.byteLength;
      }
    },
  };
}

/** The same of a body that comes from elsewhere. */
export function bodyOf({ next, brokenOff }: Blocks): StandardInput {
  return {
    stream: () => streamOf(next, brokenOff),
    async drain() {
      for (let drained = 0; drained < DRAIN_LIMIT; ) {
        const block = await next();
        if (!block) return;
        drained += block.byteLength;
      }
    },
  };
}

/** The blocks of `standardInput`, for who hands them on. */
export function blocksOf(length: number | null, file = 0) {
  let left = length ?? Number.POSITIVE_INFINITY;
  let brokenOff = false;
  return {
    next(): Uint8Array | null {
      if (left <= 0) return null;
      const block = new Uint8Array(Math.min(BLOCK, left));
      const count = readBlock(file, block);
      brokenOff = count === 0 && length !== null;
      left = count === 0 ? 0 : left - count;
      return count === 0 ? null : block.subarray(0, count);
    },
    brokenOff: () => brokenOff,
  };
}

function streamOf(
  next: () => Uint8Array | null | Promise<Uint8Array | null>,
  brokenOff: () => boolean,
): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const block = await next();
        if (block) controller.enqueue(block);
        // Half a form that is taken for a whole one would be saved.
        else if (brokenOff()) controller.error(new Error("The client went away."));
        else controller.close();
      },
    },
    { highWaterMark: 0 },
  );
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
