import type { Storage } from "../storage/storage.ts";
import type { SpoolAsk, SpooledMessage, SpoolGroup, SpoolShape, SpoolState } from "../xmail/spool.ts";
import { fingerprintOf, reasonFingerprint } from "../xmail/spool-alike.ts";
import { domainOf, filterPart, parseSpoolFilter } from "../xmail/spool-filter.ts";
import { cellsOf } from "./layout.ts";
import { catching, counter, deadline, signalOf } from "./look.ts";
import { readCells } from "./scan.ts";

/** Groups that are counted at the same time: of forged senders there may be one for each message. */
const MOST_GROUPS = 50_000;
const HOUR_MS = 3_600_000;
/** Upper bounds of ages, and the filters between them. */
const AGES: readonly (readonly [below: number, key: string, filter: string])[] = [
  [HOUR_MS, "1h", "age:<1h"],
  [4 * HOUR_MS, "4h", "age:>1h age:<4h"],
  [24 * HOUR_MS, "1d", "age:>4h age:<1d"],
  [72 * HOUR_MS, "3d", "age:>1d age:<3d"],
  [Number.POSITIVE_INFINITY, "old", "age:>3d"],
];

interface Group {
  messages: number;
  bytes: number;
  oldest: number;
  readonly subject: string;
}

/** The whole spool in one walk, by one of its sides; counts only, so that its size does not matter. */
export async function shapeOf(
  storage: Storage,
  ask: SpoolAsk & { readonly by: SpoolGroup; readonly most: number },
): Promise<SpoolShape> {
  const { by, now, most } = ask;
  const isWanted = catching(ask);
  const isLate = deadline(ask.within);
  const keyOf = keyBy(by, now.getTime());
  const cells = await cellsOf(storage, ask);
  const logs = by === "reason" || parseSpoolFilter(ask.filter).needsLogs ? "read" : "names";
  const groups = new Map<string, Group>();
  const states: Record<SpoolState, number> = { ready: 0, retry: 0, frozen: 0, held: 0 };
  const all = counter();
  let [looked, writing, orphans] = [0, 0, 0];
  for await (const content of readCells(storage, cells, { ...signalOf(ask), logs, temp: true })) {
    looked += 1;
    writing += content.writing;
    orphans += content.orphans;
    for (const { message } of content.messages) {
      if (!isWanted(message)) continue;
      states[message.state] += 1;
      all.add(message);
      addTo(groups, keyOf(message), message);
    }
    if (groups.size > MOST_GROUPS) dropSmall(groups);
    if (isLate()) break;
  }
  const total = all.count();
  const largest = [...groups]
    .sort((a, b) => b[1].messages - a[1].messages || (a[0] < b[0] ? -1 : 1))
    .slice(0, most);
  const listed = largest.reduce((sum, [, { messages }]) => sum + messages, 0);
  return {
    ...total,
    states,
    writing,
    orphans,
    groups: largest.map(([key, group]) => ({ key, ...group, filter: filterFor(by, key) })),
    others: total.messages - listed,
    looked,
    of: cells.length,
  };
}

function addTo(groups: Map<string, Group>, key: string, { size, since, subject }: SpooledMessage): void {
  const group = groups.get(key);
  if (!group) {
    groups.set(key, { messages: 1, bytes: size, oldest: since, subject });
    return;
  }
  group.messages += 1;
  group.bytes += size;
  if (since < group.oldest) group.oldest = since;
}

/** Those of one message each go first, then those of two: what is large stays, and is counted right but for its beginning. */
function dropSmall(groups: Map<string, Group>): void {
  for (let least = 2; groups.size > MOST_GROUPS / 2; least *= 2) {
    for (const [key, { messages }] of groups) if (messages < least) groups.delete(key);
  }
}

function keyBy(by: SpoolGroup, now: number): (message: SpooledMessage) => string {
  switch (by) {
    case "auth":
      return ({ auth }) => auth.toLowerCase();
    case "from":
      return ({ from }) => from.toLowerCase();
    case "ip":
      return ({ ip }) => ip;
    case "subject":
      return ({ subject }) => fingerprintOf(subject);
    case "domain":
      return ({ to }) => domainOf(to);
    case "reason":
      return ({ reason }) => reasonFingerprint(reason);
    case "status":
      return ({ state }) => state;
    case "age":
      return ({ since }) => AGES.find(([below]) => now - since < below)?.[1] ?? "old";
  }
}

function filterFor(by: SpoolGroup, key: string): string {
  if (by === "age") return AGES.find(([, name]) => name === key)?.[2] ?? "";
  if (by === "status") return `status:${key}`;
  return filterPart(by, by === "subject" || by === "reason" ? "alike" : "exact", key);
}
