import type { Recovery } from "../xmail/change-set.ts";
import type { Call } from "./context.ts";
import { NO_HISTORY } from "./history.ts";

/** Finishes or rolls back what a killed process left half done, and says so in log and history. */
export async function recover({
  xmail,
  history = NO_HISTORY,
  log,
}: Pick<Call, "xmail" | "history" | "log">): Promise<readonly Recovery[]> {
  const found = (await xmail.changes?.recover()) ?? [];
  if (found.length === 0) return found;
  for (const { outcome, ...told } of found) {
    if (outcome === "setAside")
      log.error(told, "an interrupted change can be neither finished nor rolled back");
    else log.warn({ ...told, outcome }, "a change that had been interrupted was settled");
  }
  await history.recovered(found);
  return found;
}
