import type { Storage } from "../storage/storage.ts";
import { removeIfThere } from "./if-there.ts";
import { JOURNAL, type Journal, journalOf, writeJournal } from "./journal.ts";
import type { Plan, PlannedStep } from "./plan.ts";
import { undo } from "./redo-step.ts";

/**
 * Takes the steps in their order, all or none: what fails is taken back, and a journal that stands before the first step
 * lets whoever comes next finish what a killed process left.
 */
export async function applyPlan(storage: Storage, plan: Plan): Promise<void> {
  if (plan.steps.length === 0) return;
  const journal = isInOneStep(storage, plan) ? null : journalOf(plan, storage);
  let taken = 0;
  try {
    if (journal) await writeJournal(storage, journal);
    for (const steps of runsOf(plan.steps)) {
      taken += steps.length;
      await takeAll(storage, steps, plan.contents);
    }
  } catch (error) {
    // A folder that began to go for good leaves only the way forward; so does a storage that fails again.
    const isFinal = plan.steps.slice(0, taken).some((step) => step.do === "removeFolder");
    if (!isFinal) await undone(storage, plan, journal).catch(() => undefined);
    throw error;
  }
  if (!journal) return;
  // All is done: a journal that stays all the same will be found so.
  const clear = () => removeIfThere(storage, JOURNAL);
  await clear()
    .catch(clear)
    .catch(() => undefined);
}

async function undone(storage: Storage, plan: Plan, journal: Journal | null): Promise<void> {
  if (journal) return rollBack(storage, journal);
  for (const step of plan.steps.toReversed()) await undo(storage, step, journalOf(plan, storage));
}

/** Undoes what was done; the journal says so first, for a process that is killed on the way. */
export async function rollBack(storage: Storage, journal: Journal): Promise<void> {
  if (journal.way === "forward") await writeJournal(storage, { ...journal, way: "back" });
  for (const step of journal.steps.toReversed()) await undo(storage, step, journal);
  await removeIfThere(storage, JOURNAL);
}

/** A step that is whole by itself, but for files that XMail makes again. */
function isInOneStep({ can }: Storage, { steps }: Plan): boolean {
  const [only, ...others] = steps.filter((step) => step.do !== "forget");
  if (others.length > 0 || only?.do === "removeFolder") return false;
  return only?.do !== "write" || can.atomicReplace;
}

/** Folders of accounts that are made at once: an import of thousands waits for the disk most of the time. */
const AT_ONCE = 16;

/** The steps one by one, but for those that only make what is not there: these stand together. */
function runsOf(steps: readonly PlannedStep[]): PlannedStep[][] {
  const runs: PlannedStep[][] = [];
  let open: PlannedStep[] | null = null;
  for (const step of steps) {
    const isNew = step.do === "makeFolder" || (step.do === "write" && step.before === null);
    if (isNew && open) open.push(step);
    else {
      runs.push([step]);
      open = isNew ? (runs.at(-1) ?? null) : null;
    }
  }
  return runs;
}

/** What belongs to one account in its order; different ones beside each other. Rejects when nothing is under way any more. */
async function takeAll(
  storage: Storage,
  steps: readonly PlannedStep[],
  contents: Plan["contents"],
): Promise<void> {
  const groups = new Map<string, PlannedStep[]>();
  for (const step of steps) {
    const key = step.do === "move" ? "" : step.path.split("/").slice(0, 3).join("/");
    groups.set(key, [...(groups.get(key) ?? []), step]);
  }
  const waiting = [...groups.values()];
  let failed = false;
  const work = async () => {
    for (let group = waiting.shift(); group && !failed; group = waiting.shift()) {
      try {
        for (const step of group) await take(storage, step, contents);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: AT_ONCE }, work));
  for (const end of ends) if (end.status === "rejected") throw end.reason;
}

async function take(storage: Storage, step: PlannedStep, contents: Plan["contents"]): Promise<void> {
  switch (step.do) {
    case "write": {
      const bytes = contents.get(step.path);
      if (!bytes) return storage.remove(step.path);
      return storage.write(step.path, bytes, step.mode === undefined ? {} : { mode: step.mode });
    }
    case "forget":
      return removeIfThere(storage, step.path);
    case "makeFolder":
      return storage.makeFolder(step.path);
    case "move":
      return storage.move(step.from, step.to);
    case "removeFolder":
      return storage.remove(step.path);
  }
}
