import type { SpooledMessage } from "./spool.ts";

/** How XMail is started, as far as it decides about waiting messages. */
export interface RetrySettings {
  /** Seconds before the second try (`-Qt`). */
  readonly firstSeconds: number;
  /** Each wait is longer than the one before by a part of so many (`-Qi`); 0: all are alike. */
  readonly growth: number;
  /** Tries at most (`-Qr`). */
  readonly mostTries: number;
}

export const STANDARD_RETRY: RetrySettings = { firstSeconds: 480, growth: 16, mostTries: 32 };

/** What XMail will do with a message, and when: about, because it looks through its queue every 16 seconds. */
export interface NextStep {
  readonly what: "delivers" | "retries" | "lastTry" | "nothing";
  /** Milliseconds since 1970; `null` for at once, and for never. */
  readonly at: number | null;
  /** Tries left after what was tried; 0 where none will be made. */
  readonly left: number;
}

/** Source: QueNextRetryOp of XMail 1.27, which rounds each step down to whole seconds. */
export function waitAfter(tries: number, { firstSeconds, growth }: RetrySettings): number {
  let seconds = firstSeconds;
  if (growth > 0) for (let n = 1; n < tries; n += 1) seconds += Math.floor(seconds / growth);
  return seconds;
}

export function nextStepOf(
  { state, tries, lastTry }: Pick<SpooledMessage, "state" | "tries" | "lastTry">,
  settings: RetrySettings,
): NextStep {
  if (state === "frozen" || state === "held") return { what: "nothing", at: null, left: 0 };
  const left = Math.max(0, settings.mostTries - tries);
  if (state === "ready" || lastTry === null) return { what: "delivers", at: null, left };
  const at = lastTry + waitAfter(tries, settings) * 1000;
  return { what: left > 1 ? "retries" : "lastTry", at, left };
}
