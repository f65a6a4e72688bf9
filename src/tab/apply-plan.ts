import { storagePath } from "../storage/path.ts";
import type { Storage } from "../storage/storage.ts";
import { removeIfThere } from "./if-there.ts";
import type { Plan, PlannedStep } from "./plan.ts";

/** Takes the steps in their order. */
export async function applyPlan(storage: Storage, plan: Plan): Promise<void> {
  for (const step of plan.steps) await takeStep(storage, step, plan.contents);
}

async function takeStep(storage: Storage, step: PlannedStep, contents: Plan["contents"]): Promise<void> {
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
      return storage.remove(storagePath(step.path));
  }
}
