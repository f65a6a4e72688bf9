import type { Overlay } from "../storage/overlay.ts";
import { ROOT, type StoragePath, storagePath } from "../storage/path.ts";
import type { Storage } from "../storage/storage.ts";
import type { ChangeSet, FileChange } from "../xmail/change-set.ts";
import { isInBin } from "./bin.ts";
import { listIfThere } from "./if-there.ts";
import type { Plan, PlannedStep } from "./plan.ts";

interface Contents {
  readonly files: number;
  readonly bytes: number;
  readonly mail: number;
}

/** A plan as people and histories read it. */
export async function changeSetOf({ steps }: Plan, over: Overlay): Promise<ChangeSet> {
  const files: FileChange[] = [];
  let isFinal = false;
  for (const step of steps) {
    const { change, losesMail } = await tell(step, over.below);
    if (change) files.push(change);
    isFinal ||= losesMail;
  }
  return { commands: [], files, final: isFinal ? ["mailbox"] : [] };
}

async function tell(
  step: PlannedStep,
  storage: Storage,
): Promise<{ readonly change: FileChange | null; readonly losesMail: boolean }> {
  const losesMail = false;
  switch (step.do) {
    case "write": {
      const { path, before, after, hunks } = step;
      return { change: { kind: "file", path, before, after, hunks }, losesMail };
    }
    // Nothing that anybody would miss, or could put back.
    case "forget":
      return { change: null, losesMail };
    case "makeFolder":
      return { change: { kind: "folderMade", path: step.path }, losesMail };
    case "move": {
      if (!isInBin(step.to)) {
        const from = isInBin(step.from) ? { from: step.from } : {};
        return { change: { kind: "folderMade", path: step.to, ...from }, losesMail };
      }
      const { files, bytes } = await contentsOf(storage, step.from);
      return {
        change: { kind: "folderRemoved", path: step.from, files, bytes, kept: step.to },
        losesMail,
      };
    }
    case "removeFolder": {
      const { files, bytes, mail } = await contentsOf(storage, step.path);
      return {
        change: { kind: "folderRemoved", path: step.path, files, bytes, kept: null },
        losesMail: mail > 0,
      };
    }
  }
}

async function contentsOf(storage: Storage, folder: StoragePath): Promise<Contents> {
  const count = { files: 0, bytes: 0, mail: 0 };
  for await (const { path, size } of filesBelow(storage, folder)) {
    count.files += 1;
    count.bytes += size;
    if (/\/(?:Maildir|mailbox)\//.test(path.slice(folder.length))) count.mail += 1;
  }
  return count;
}

async function* filesBelow(
  storage: Storage,
  folder: StoragePath,
): AsyncIterable<{ readonly path: StoragePath; readonly size: number }> {
  if (storage.scan) return yield* storage.scan([folder]);
  for (const { name, kind, size } of await listIfThere(storage, folder)) {
    const path = storagePath(...(folder === ROOT ? [] : [folder]), name);
    if (kind === "file") yield { path, size };
    else yield* filesBelow(storage, path);
  }
}
