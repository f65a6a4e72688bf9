import { hasCode } from "../../errors/error.ts";
import type { Call } from "../../kernel/context.ts";
import { invoke } from "../../kernel/invoke.ts";
import type { Look } from "../../kernel/watch.ts";
import { watchStatus } from "./look.ts";
import { watchGet } from "./run.ts";

/** A look that is older than this is made anew. */
const LATE_MS = 600_000;
/** Seconds for the walk of the queue: whoever scrapes waits ten as a rule. */
const PATIENCE = 5;

/** The look that was kept, or a new one that is not: who asks every few seconds must not walk the logs each time. */
export async function lookOfLate(call: Call): Promise<Look> {
  const kept = await invoke(watchGet, call, {}).catch((error: unknown) => {
    if (hasCode(error, "BAD_CONFIG")) return { look: null };
    throw error;
  });
  const age = kept.look ? call.now().getTime() - Date.parse(kept.look.at) : LATE_MS;
  return kept.look && age < LATE_MS ? kept.look : invoke(watchStatus, call, { seconds: PATIENCE });
}
