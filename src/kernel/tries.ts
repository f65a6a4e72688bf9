import { fail } from "../errors/error.ts";

/** Somebody who tries to sign in, before it is looked whether his password is right. */
export interface Attempt {
  /**
   * Whom he says he is, in one spelling for all that mean the same, whether there is such a person or not; only a keyed digest of it is kept. A second
   * factor is counted apart: `code of <id>`.
   */
  readonly name: string;
  /** Address he comes from; empty where the host knows none. Loopback says nothing about him and is not counted. */
  readonly address: string;
  /** Id of the device cookie that this browser got when this name last signed in; `null` for a stranger's browser. */
  readonly device: string | null;
}

/** A try that may go on; counted as failed already, so that twenty at once cannot pass together. */
export interface BegunTry {
  readonly allowed: true;
  /** Takes the try back: the password was right. Never called, it stays a failed one. */
  succeeded(): Promise<void>;
}

export interface RefusedTry {
  readonly allowed: false;
  /** Whole seconds, 1 or more. The same for names that exist and for those that do not. */
  readonly retryAfterSeconds: number;
}

/** Counts tries to sign in, over all processes and machines of one panel. */
export interface Tries {
  /** Asked before it is looked whether there is such a person, and a refused try is answered without that. */
  begin(attempt: Attempt, now: Date): Promise<BegunTry | RefusedTry>;
}

/** One form of a name for all its spellings, so that none of them has tries of its own. */
export function foldedName(name: string): string {
  return name.normalize("NFKC").trim().toLowerCase();
}

/** For hosts that hold tries back themselves. */
export const ANY_TRIES: Tries = {
  begin: async () => ({ allowed: true, succeeded: async () => undefined }),
};

/** `TOO_MANY_TRIES` unless `attempt` may go on. */
export async function beginTry(tries: Tries, attempt: Attempt, now: Date): Promise<BegunTry> {
  const begun = await tries.begin(attempt, now);
  if (begun.allowed) return begun;
  const { retryAfterSeconds } = begun;
  return fail("TOO_MANY_TRIES", `Too many tries. Try again in ${inWords(retryAfterSeconds)}.`, {
    retryAfterSeconds,
  });
}

function inWords(seconds: number): string {
  const minutes = Math.ceil(seconds / 60);
  return minutes === 1 ? "a minute" : `${minutes} minutes`;
}
