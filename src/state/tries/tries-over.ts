import type { Secret } from "../../errors/secret.ts";
import { type Logger, SILENT } from "../../kernel/context.ts";
import type { Tries } from "../../kernel/tries.ts";
import { countersOf } from "./counters.ts";
import type { Counted, TryCounts } from "./rules.ts";

export interface TriesOptions {
  /** Signs the digests of names; the one of the cookies will do. */
  key(): Promise<Secret>;
  readonly log?: Logger;
}

/** The order of things, wherever the counts are kept. */
export function triesOver(counts: TryCounts, { key, log = SILENT }: TriesOptions): Tries {
  /** Who gave the right password is not sent away because his try could not be taken back. */
  async function takeBack(counted: Counted): Promise<void> {
    await counted.takeBack().catch((error: unknown) => {
      log.warn({ reason: String(error) }, "A try to sign in stays counted as failed, though it was none.");
    });
  }
  return {
    async begin(attempt, now) {
      const seconds = Math.floor(now.getTime() / 1000);
      const { known, strangers } = countersOf(attempt, await key());
      const waits: number[] = [];
      for (const counters of known ? [known, strangers] : [strangers]) {
        const found = await counts.count(counters, seconds);
        if ("takeBack" in found) return { allowed: true, succeeded: () => takeBack(found) };
        waits.push(found.waitSeconds);
      }
      return { allowed: false, retryAfterSeconds: Math.max(1, Math.min(...waits)) };
    },
  };
}
