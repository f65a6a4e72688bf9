import type { AppError } from "../../errors/error.ts";
import { lostConnection } from "./lost.ts";

export interface Silence {
  /** Bytes came in. */
  heard(): void;
  /** Something was asked. */
  watch(): void;
  stayAwake(awake: boolean): void;
  stop(): void;
}

/** A request the server forgot, while it goes on answering others. */
const FORGOTTEN_AFTER = 10;

/**
 * Loses a connection on which something waits and nothing comes for `timeoutMs`. Bytes count and not answers: on a slow line
 * eight mebibytes may be on their way.
 */
export function watchSilence(
  timeoutMs: number,
  oldestSince: () => number | undefined,
  lose: (why: AppError) => void,
): Silence {
  let heardMs = 0;
  let awake = false;
  let timer: NodeJS.Timeout | null = null;

  function look(): void {
    timer = null;
    const since = oldestSince();
    if (since === undefined) return;
    const now = performance.now();
    const silent = now - Math.max(heardMs, since);
    if (silent >= timeoutMs || now - since >= FORGOTTEN_AFTER * timeoutMs) {
      lose(lostConnection("timeout", "The file server did not answer in time."));
    } else arm(timeoutMs - silent);
  }

  function arm(ms: number): void {
    timer = setTimeout(look, Math.ceil(ms));
    if (!awake) timer.unref();
  }

  return {
    heard() {
      heardMs = performance.now();
    },
    watch() {
      if (!timer) arm(timeoutMs);
    },
    stayAwake(next) {
      awake = next;
      if (awake) timer?.ref();
      else timer?.unref();
    },
    stop() {
      if (timer) clearTimeout(timer);
      timer = null;
    },
  };
}
