import { plainLine } from "../ctrl/wire.ts";
import { splitRecord } from "../tab/codec.ts";
import type { Finality } from "../xmail/change-set.ts";
import type { Step } from "./steps.ts";

const OF_WORDS: Readonly<Record<string, Finality>> = {
  frozsubmit: "message",
  frozdel: "message",
  etrn: "message",
};
/** What uploading them starts or stops. */
const ORDERS: ReadonlySet<string> = new Set([".shutdown", ".psync-trigger"]);

/** Which of the commands no other command takes back. */
export function finalitiesOf(steps: readonly Step[]): Finality[] {
  return steps.flatMap((step) => {
    if (step.kind !== "command") return [];
    const [word = "", first = ""] = splitRecord(plainLine(step.command));
    if (word === "cfgfileset" && ORDERS.has(first)) return ["program"];
    return OF_WORDS[word] ?? [];
  });
}
