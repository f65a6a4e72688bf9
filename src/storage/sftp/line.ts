import { AppError } from "../../errors/error.ts";
import { stopIfAborted } from "../call-checks.ts";
import { isLineLost } from "./failures.ts";
import type { Requests } from "./requests.ts";
import type { Session } from "./session.ts";

export interface Connection {
  readonly session: Session;
  readonly requests: Requests;
}

/** One call of a storage on one connection. */
export interface Turn extends Requests {
  readonly session: Session;
  readonly signal: AbortSignal | undefined;
  /** To be called before the request that changes what others see. `ABORTED` when the caller gave up before. */
  decide(): void;
}

export interface Line {
  /**
   * Runs `work` on the connection, which is made anew when it has ended. Breaks it off before `decide`, `work` is run once
   * more; after that its outcome is not known, and it is not repeated.
   */
  turn<T>(signal: AbortSignal | undefined, work: (turn: Turn) => Promise<T>): Promise<T>;
  /** Waits for what is under way. */
  close(): Promise<void>;
}

/** Keeps `first` as long as it lasts, then what `connect` gives. */
export function keepLine(first: Connection, connect: () => Promise<Connection>): Line {
  let current: Promise<Connection> = Promise.resolve(first);
  let closed = false;
  const underWay = new Set<Promise<unknown>>();

  async function connection(): Promise<Connection> {
    const mine = current;
    const found = await mine.catch(() => null);
    if (closed) throw new AppError("STORAGE_FAILED", "This storage was closed.");
    if (found && !found.session.over) return found;
    // Whoever came first has made a new one meanwhile.
    if (current === mine) current = connect();
    return current;
  }

  async function repeated<T>(call: Call, work: (turn: Turn) => Promise<T>): Promise<T> {
    const { signal } = call;
    for (let again = false; ; again = true) {
      const { session, requests } = await connection();
      const decide = () => {
        stopIfAborted(signal);
        call.decided = true;
      };
      try {
        return await work(turnOf(requests, { session, signal, decide }));
      } catch (error) {
        if (!isLineLost(error)) throw error;
        if (call.decided) throw outcomeUnknown(error);
        // A server that is silent would only be silent once more.
        if (again || error.internal["lost"] === "silent") throw error;
        stopIfAborted(signal);
      }
    }
  }

  return {
    turn(signal, work) {
      const call: Call = { signal, decided: false };
      const done = repeated(call, work);
      underWay.add(done);
      void done.catch(() => undefined).finally(() => underWay.delete(done));
      return unlessAborted(call, done);
    },
    async close() {
      if (closed) return;
      await Promise.allSettled(underWay);
      closed = true;
      const last = await current.catch(() => null);
      last?.session.end();
    },
  };
}

/** The requests are inherited: copying all of them cost more than any other step of reading a small file. */
function turnOf(requests: Requests, own: Omit<Turn, keyof Requests>): Turn {
  return Object.assign(Object.create(requests) as Requests, own);
}

/** For what has to be finished once it has begun. */
export function unstoppable(turn: Turn): Turn {
  return Object.assign(Object.create(turn) as Turn, { signal: undefined });
}

interface Call {
  readonly signal: AbortSignal | undefined;
  decided: boolean;
}

/** Who gives up does not wait for a slow server; what is under way sees the signal and changes nothing any more. */
async function unlessAborted<T>(call: Call, done: Promise<T>): Promise<T> {
  const { signal } = call;
  if (!signal) return done;
  let giveUp = () => {};
  const aborted = new Promise<never>((_, reject) => {
    giveUp = () => {
      if (!call.decided) reject(new AppError("ABORTED", undefined, { cause: signal.reason }));
    };
    signal.addEventListener("abort", giveUp);
  });
  return Promise.race([done, aborted]).finally(() => signal.removeEventListener("abort", giveUp));
}

function outcomeUnknown(cause: AppError): AppError {
  const text =
    "The connection to the SFTP server broke off during a change: it may or may not have been made. Look before repeating it.";
  return new AppError("STORAGE_FAILED", text, { cause, internal: cause.internal });
}
