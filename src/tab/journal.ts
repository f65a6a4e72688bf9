import type { StoragePath } from "../storage/path.ts";
import { isStoragePath, storagePath } from "../storage/path.ts";
import type { Storage } from "../storage/storage.ts";
import { readIfThere } from "./if-there.ts";
import type { Plan, PlannedStep } from "./plan.ts";

/** A change that is being made: all that is needed to finish it, and to take back what was done of it. */
export interface Journal {
  readonly begun: Date;
  /** Back: it failed, and its maker was told so. */
  readonly way: "forward" | "back";
  readonly steps: readonly PlannedStep[];
  /** Whole new files as byte strings, where a file may be torn or missing while it is replaced. */
  readonly whole: Readonly<Record<string, string>>;
}

export const JOURNAL = storagePath(".xmailcfg/change.json");
const VERSION = 1;

export function journalOf(plan: Plan, storage: Storage): Journal {
  const whole: Record<string, string> = {};
  if (!storage.can.atomicReplace) {
    for (const [path, bytes] of plan.contents) whole[path] = Buffer.from(bytes).toString("latin1");
  }
  return { begun: new Date(), way: "forward", steps: plan.steps, whole };
}

export function writeJournal(storage: Storage, journal: Journal): Promise<void> {
  return storage.write(JOURNAL, Buffer.from(JSON.stringify({ version: VERSION, ...journal })));
}

/** `null` without one; `"torn"` when it was cut off while it was written, so that its first step was never taken. */
export async function readJournal(storage: Storage): Promise<Journal | "torn" | null> {
  const bytes = await readIfThere(storage, JOURNAL);
  if (bytes === null) return null;
  try {
    const { version, begun, way, steps, whole } = JSON.parse(Buffer.from(bytes).toString());
    if (version !== VERSION || !Array.isArray(steps) || !steps.every(hasPaths)) return "torn";
    return { begun: new Date(begun), way: way === "back" ? "back" : "forward", steps, whole: whole ?? {} };
  } catch {
    return "torn";
  }
}

/** Whoever wrote it: nothing outside of MailRoot is touched. */
function hasPaths(step: Record<string, unknown>): boolean {
  const paths = step["do"] === "move" ? [step["from"], step["to"]] : [step["path"]];
  return paths.every((path) => typeof path === "string" && isStoragePath(path));
}

/** What a change touches, for people. */
export function pathsOf({ steps }: Pick<Journal, "steps">): StoragePath[] {
  return steps.flatMap((step) => {
    if (step.do === "forget") return [];
    return step.do === "move" ? [step.from] : [step.path];
  });
}
