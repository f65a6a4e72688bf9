import { clientOver } from "../ctrl/client.ts";
import type { CtrlLine } from "../ctrl/line.ts";
import type { ChangeSet } from "../xmail/change-set.ts";
import { changesIn } from "./changes-in.ts";
import { finalitiesOf } from "./final.ts";
import type { Goals } from "./goals.ts";
import { shownSteps } from "./journal-entry.ts";
import { lead } from "./lead.ts";
import { type Rehearsed, rehearsedLine } from "./rehearsed-line.ts";
import { removals } from "./removals.ts";
import { openStage } from "./stage.ts";
import { readerOf, type Way } from "./way.ts";

export interface Worked<T> {
  readonly result: T;
  readonly rehearsed: Rehearsed;
  readonly changes: ChangeSet;
}

/** Runs `work` on a line that nobody else sees. */
export async function workOn<T>(
  way: Way,
  work: (line: CtrlLine, rehearsed: Rehearsed) => Promise<T>,
): Promise<Worked<T>> {
  const gone = removals(way);
  const rehearsed = rehearsedLine(way.line, () => openStage(way.look()), gone.before);
  const result = await work(rehearsed.line, rehearsed);
  const { stage, steps } = rehearsed;
  const files = stage ? await changesIn(stage.files, gone.removed) : [];
  const final = [...new Set([...gone.final, ...finalitiesOf(steps)])];
  return { result, rehearsed, changes: { commands: shownSteps(steps), files, final } };
}

/** Rehearses the commands that lead to the goals. */
export function workTowards(
  way: Way,
  goals: (rehearsed: Rehearsed) => Promise<Goals>,
): Promise<Worked<void>> {
  return workOn(way, async (line, rehearsed) => {
    const { files } = await rehearsed.enter();
    await lead(clientOver(line), readerOf(files), await goals(rehearsed));
  });
}
