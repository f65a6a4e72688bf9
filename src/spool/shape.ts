import type { SpoolAsk, SpoolGroup, SpoolShape, SpoolState } from "../xmail/spool.ts";
import { deadline, signalOf } from "./catch.ts";
import type { CellShape } from "./cell-question.ts";
import { eachCell, type SpoolFiles } from "./each-cell.ts";
import { groupFilter } from "./group-keys.ts";
import { cellsOf } from "./layout.ts";

/** Groups that are counted at the same time: of forged senders there may be one for each message. */
const MOST_GROUPS = 50_000;

interface Group {
  messages: number;
  bytes: number;
  oldest: number;
  readonly subject: string;
}

/** The whole spool in one walk, by one of its sides; counts only, so that its size does not matter. */
export async function shapeOf(
  files: SpoolFiles,
  ask: SpoolAsk & { readonly by: SpoolGroup; readonly most: number },
): Promise<SpoolShape> {
  const { by, most } = ask;
  const isLate = deadline(ask.within);
  const cells = await cellsOf(files.storage, ask);
  const groups = new Map<string, Group>();
  const states: Record<SpoolState, number> = { ready: 0, retry: 0, frozen: 0, held: 0 };
  const all: Group = { messages: 0, bytes: 0, oldest: 0, subject: "" };
  let [looked, writing, orphans] = [0, 0, 0];
  for await (const { answer } of eachCell(files, cells, { ...ask, about: "shape" }, signalOf(ask))) {
    looked += 1;
    writing += answer.writing;
    orphans += answer.orphans;
    for (const [state, count] of Object.entries(answer.states)) states[state as SpoolState] += count;
    addGroups(groups, all, answer);
    if (groups.size > MOST_GROUPS) dropSmall(groups);
    if (isLate()) break;
  }
  const largest = [...groups]
    .sort((a, b) => b[1].messages - a[1].messages || (a[0] < b[0] ? -1 : 1))
    .slice(0, most);
  const listed = largest.reduce((sum, [, { messages }]) => sum + messages, 0);
  const { subject: _, ...total } = all;
  return {
    ...total,
    states,
    writing,
    orphans,
    groups: largest.map(([key, group]) => ({ key, ...group, filter: groupFilter(by, key) })),
    others: total.messages - listed,
    looked,
    of: cells.length,
  };
}

function addGroups(groups: Map<string, Group>, all: Group, { keys, subjects, numbers }: CellShape): void {
  for (const [n, key] of keys.entries()) {
    const [messages = 0, bytes = 0, oldest = 0] = numbers.subarray(3 * n, 3 * n + 3);
    let group = groups.get(key);
    if (!group) {
      group = { messages: 0, bytes: 0, oldest: 0, subject: subjects[n] ?? "" };
      groups.set(key, group);
    }
    for (const one of [group, all]) {
      one.messages += messages;
      one.bytes += bytes;
      if (one.oldest === 0 || oldest < one.oldest) one.oldest = oldest;
    }
  }
}

/** Those of one message each go first, then those of two: what is large stays, and is counted right but for its beginning. */
function dropSmall(groups: Map<string, Group>): void {
  for (let least = 2; groups.size > MOST_GROUPS / 2; least *= 2) {
    for (const [key, { messages }] of groups) if (messages < least) groups.delete(key);
  }
}
