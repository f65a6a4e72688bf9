import { hasCode } from "../../errors/error.ts";
import { type Logger, SILENT } from "../../kernel/context.ts";
import { redisLine } from "./redis-line.ts";
import type { RedisOptions } from "./redis-options.ts";
import { COUNT, inputOf, TAKE_BACK } from "./redis-script.ts";
import { ruleOf, type TryCounts } from "./rules.ts";

/** Counts in a Redis that several machines share; each call rejects while it cannot be reached. */
export function countsOnRedis(options: RedisOptions): TryCounts {
  const line = redisLine(options);
  return {
    async count(counters, seconds) {
      const answer = await line.run(COUNT, inputOf(counters, seconds));
      if (answer < 0) return { waitSeconds: -answer };
      const counted = answer === 1 ? counters.filter(({ rule }) => !ruleOf(rule).alarm) : counters;
      return {
        takeBack: async () => void (await line.run(TAKE_BACK, inputOf(counted, seconds))),
      };
    },
    close: line.close,
  };
}

/** After Redis failed it is left alone so long, so that not every sign-in waits for it. */
const LEFT_ALONE_SECONDS = 10;

/**
 * While `first` cannot be reached, `second` counts, from nothing: nobody is locked out, and who guesses gets at most the
 * same tries once more. `BAD_CONFIG` is not stood in for.
 */
export function standIn(first: TryCounts, second: TryCounts, log: Logger = SILENT): TryCounts {
  let aloneUntil = 0;
  let failing = false;
  return {
    async count(counters, seconds) {
      if (seconds < aloneUntil) return second.count(counters, seconds);
      try {
        const found = await first.count(counters, seconds);
        if (failing) log.info({}, "Redis counts tries to sign in again.");
        failing = false;
        return found;
      } catch (error) {
        if (hasCode(error, "BAD_CONFIG")) throw error;
        aloneUntil = seconds + LEFT_ALONE_SECONDS;
        if (!failing) {
          const reason = error instanceof Error ? error.message : String(error);
          log.warn({ reason }, "Redis cannot be asked: until it can, the state counts tries to sign in.");
        }
        failing = true;
        return second.count(counters, seconds);
      }
    },
    async close() {
      await Promise.all([first.close(), second.close()]);
    },
  };
}
