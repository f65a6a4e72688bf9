import type { SpoolRow } from "../spool/fields.ts";
import type { LogRowOutput } from "./rows.ts";
import { cellOf } from "./rows.ts";

/** What became of a message, as far as the logs tell. */
export const OUTCOMES = ["delivered", "sent", "passed", "refused", "waiting", "frozen", "held"] as const;
export type Outcome = (typeof OUTCOMES)[number];

const SENT = new Set(["SMTP", "FWD", "RLYS"]);
const PASSED = new Set(["REDIR", "LREDIR", "EXTRN", "FILTER"]);

/** Lines of one message together, in the order of time; those without an id each by themselves. */
export function storiesOf(rows: readonly LogRowOutput[]): readonly (readonly LogRowOutput[])[] {
  const stories = new Map<string, LogRowOutput[]>();
  for (const row of rows) {
    const key = idIn(row) ?? `${row.file}:${row.offset}`;
    stories.set(key, [...(stories.get(key) ?? []), row]);
  }
  return [...stories.values()].map(inOrder);
}

export function inOrder(rows: readonly LogRowOutput[]): LogRowOutput[] {
  return [...rows].sort(byTime);
}

/** Id of the message that a line is about. */
export function idIn(row: LogRowOutput): string | null {
  if (row.kind !== "filters") return cellOf(row, "id") || null;
  // Among the arguments of the filter, where its administrator passes it on.
  return /(?:^|;)([SLPX][0-9A-F]+)(?=;)/.exec(cellOf(row, "command"))?.[1] ?? null;
}

const ORDER = ["smtp", "lmail", "psync", "filters", "smail", "pop3", "ctrl", "finger"];

/** Of what has the same second, what must come first does. */
function byTime(a: LogRowOutput, b: LogRowOutput): number {
  const [left, right] = [a.time ?? "", b.time ?? ""];
  if (left !== right) return left < right ? -1 : 1;
  if (a.kind === b.kind && a.file === b.file) return a.offset - b.offset;
  return ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind);
}

/** `queued`: what of it stands in the queue now, a file for each recipient. */
export function outcomeOf(
  story: readonly LogRowOutput[],
  queued: readonly Pick<SpoolRow, "status">[],
): Outcome {
  const told = outcomeIn(story);
  if (told !== "waiting" || queued.length === 0) return told;
  return (["frozen", "held"] as const).find((one) => queued.every(({ status }) => status === one)) ?? told;
}

function outcomeIn(story: readonly LogRowOutput[]): Outcome {
  const has = (test: (status: string) => boolean) =>
    story.some(({ status }) => status !== null && test(status));
  if (has((status) => status === "LOCAL")) return "delivered";
  if (has((status) => SENT.has(status))) return "sent";
  if (has((status) => PASSED.has(status))) return "passed";
  if (has((status) => status === "RECV=OK" || status === "TAKEN")) {
    return story.some(({ kind, status }) => kind === "filters" && status === "REFUSED")
      ? "refused"
      : "waiting";
  }
  return story.some(({ refused }) => refused) ? "refused" : "waiting";
}
