import { AppError, fail, isAppError } from "../../errors/error.ts";
import { stopIfAborted } from "../call-checks.ts";
import type { StoragePath } from "../path.ts";
import type { CallOptions } from "../storage.ts";
import { type Aim, asAppError, hasStatus, statusOf } from "./errors.ts";
import { type Link, openLink } from "./link.ts";
import { isLost } from "./lost.ts";
import { checkNames } from "./names.ts";
import type { SmbOptions } from "./options.ts";
import { STATUS } from "./status.ts";

/** Whether a call has come to the step after which it cannot be taken back. */
export interface Fate {
  readonly signal: AbortSignal | undefined;
  /** Runs that step. `ABORTED` before it; once the server has clearly refused, nothing was changed after all. */
  deciding<T>(step: () => Promise<T>): Promise<T>;
}

export interface Calls {
  /** What every call begins and ends with: checks, a connection, errors that tell no paths. */
  call<T>(
    path: StoragePath,
    aim: Aim,
    how: CallOptions,
    work: (link: Link, fate: Fate) => Promise<T>,
  ): Promise<T>;
  close(): Promise<void>;
}

/** What a server says when it has forgotten us; it has done nothing then. */
const FORGOTTEN = [
  STATUS.USER_SESSION_DELETED,
  STATUS.NETWORK_SESSION_EXPIRED,
  STATUS.NETWORK_NAME_DELETED,
] as const;

const UNKNOWN =
  "The connection to the file server broke in the middle of a change, and nobody knows whether it was made. Look before you try again.";

/** One connection for all calls, opened anew when it is lost. */
export function openCalls(options: SmbOptions): Calls {
  let current: Promise<Link> | null = null;
  let closed = false;

  async function connected(): Promise<Link> {
    if (closed) fail("STORAGE_FAILED", "This storage was closed.");
    const attempt = current ?? openLink(options);
    current = attempt;
    const forget = () => {
      if (current === attempt) current = null;
    };
    const link = await attempt.catch((error: unknown) => {
      forget();
      throw error;
    });
    if (closed) link.close();
    if (!link.lost()) return link;
    forget();
    return connected();
  }

  /** Tried once more on a fresh connection where it is certain that nothing was changed. */
  async function attempts<T>(
    signal: AbortSignal | undefined,
    state: State,
    work: (link: Link, fate: Fate) => Promise<T>,
  ): Promise<T> {
    const fate = fateOf(signal, state);
    const first = await connected();
    try {
      return await work(first, fate);
    } catch (error) {
      const forgotten = hasStatus(error, ...FORGOTTEN);
      if (forgotten) first.close();
      if (!(forgotten || isLost(error) || first.lost())) throw error;
      if (state.decided && !forgotten) throw unknownOutcome(error);
      if (closed) throw error;
      // What was tampered with, and what did not answer in time, is not asked a second time.
      if (!forgotten && !isBroken(error)) throw error;
    }
    const second = await connected();
    try {
      return await work(second, fate);
    } catch (error) {
      throw state.decided && second.lost() ? unknownOutcome(error) : error;
    }
  }

  return {
    async call(path, aim, { signal }, work) {
      stopIfAborted(signal);
      checkNames(path);
      const state: State = { decided: false };
      try {
        return await unlessAborted(signal, state, attempts(signal, state, work));
      } catch (error) {
        throw asAppError(error, path, aim);
      }
    },
    async close() {
      closed = true;
      const link = await current?.catch(() => null);
      link?.close();
    },
  };
}

interface State {
  decided: boolean;
}

function fateOf(signal: AbortSignal | undefined, state: State): Fate {
  return {
    signal,
    async deciding(step) {
      stopIfAborted(signal);
      state.decided = true;
      try {
        return await step();
      } catch (error) {
        if (isAnswer(error)) state.decided = false;
        throw error;
      }
    },
  };
}

/** The server said that it did not do it. */
function isAnswer(error: unknown): boolean {
  return statusOf(error) !== null || (isAppError(error) && error.code !== "STORAGE_FAILED");
}

function isBroken(error: unknown): boolean {
  return isLost(error) && isAppError(error) && error.cause !== "timeout";
}

function unknownOutcome(cause: unknown): AppError {
  return new AppError("STORAGE_FAILED", UNKNOWN, { cause });
}

/** The caller need not wait for a server that does not answer; what is under way finds out by itself that it is not wanted. */
function unlessAborted<T>(signal: AbortSignal | undefined, state: State, work: Promise<T>): Promise<T> {
  if (!signal) return work;
  return new Promise<T>((resolve, reject) => {
    const stop = () => {
      if (state.decided) return;
      try {
        stopIfAborted(signal);
      } catch (error) {
        reject(error);
      }
    };
    signal.addEventListener("abort", stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", stop));
  });
}
