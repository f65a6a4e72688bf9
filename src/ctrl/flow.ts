import type { CtrlConnection } from "./connection.ts";
import type { Exchange } from "./exchange.ts";
import type { Status } from "./reply-parser.ts";
import type { Command } from "./wire.ts";

/** Lines that wait for a slow reader, in bytes: above the first XMail is made to wait, below the second it goes on. */
const HIGH_WATER = 262_144;
const LOW_WATER = 65_536;

/** A list on its way: batches of lines in order, with back-pressure on the connection. */
export interface Flow {
  readonly exchange: Exchange;
  /** Resolves with the status; rejects when the connection fails first. */
  readonly status: Promise<Status>;
  /** Settles (never rejects) when the whole answer has come, read or not, or the connection failed. */
  readonly finished: Promise<void>;
  /** The next batch, `null` at the end. */
  next(): Promise<readonly string[] | null>;
  /** Keeps what comes instead of making XMail wait: somebody else needs the connection. */
  spill(): void;
  /** Throws away what is left. */
  discard(): void;
}

export function createFlow(connection: CtrlConnection, command: Command, timeoutMs: number): Flow {
  let batches: (readonly string[])[] = [];
  let held = 0;
  let mode: "held back" | "spilling" | "discarding" = "held back";
  let outcome: { error: unknown } | "done" | null = null;
  let wake: () => void = () => undefined;
  let status: { resolve(status: Status): void; reject(error: unknown): void };
  let finish: () => void;
  const statusPromise = new Promise<Status>((resolve, reject) => {
    status = { resolve, reject };
  });
  // The reader may have gone before it looked.
  statusPromise.catch(() => undefined);
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });

  function settle(result: { error: unknown } | "done"): void {
    outcome = result;
    finish();
    wake();
  }

  return {
    status: statusPromise,
    finished,
    exchange: {
      command,
      timeoutMs,
      status: (given) => status.resolve(given),
      lines(batch) {
        if (mode === "discarding") return;
        batches.push(batch);
        held += sizeOf(batch);
        if (held > HIGH_WATER && mode === "held back") connection.pause();
        wake();
      },
      done: () => settle("done"),
      failed(error) {
        status.reject(error);
        settle({ error });
      },
    },
    async next() {
      for (;;) {
        const batch = batches.shift();
        if (batch !== undefined) {
          held -= sizeOf(batch);
          if (held < LOW_WATER) connection.resume();
          return batch;
        }
        if (outcome === "done") return null;
        if (outcome !== null) throw outcome.error;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
    spill() {
      if (mode === "held back") mode = "spilling";
      connection.resume();
    },
    discard() {
      mode = "discarding";
      batches = [];
      connection.resume();
    },
  };
}

function sizeOf(batch: readonly string[]): number {
  let sum = 0;
  for (const line of batch) sum += line.length + 2;
  return sum;
}
