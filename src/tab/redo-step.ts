import { appliedNearby } from "../changes/apply-nearby.ts";
import { applied, sha256Of, turnedRound } from "../changes/hunks.ts";
import { fail } from "../errors/error.ts";
import type { StoragePath } from "../storage/path.ts";
import type { Storage } from "../storage/storage.ts";
import type { Hunk } from "../xmail/change-set.ts";
import { isInBin } from "./bin.ts";
import { isFolderInUse } from "./folder-use.ts";
import { listIfThere, readIfThere, removeIfThere } from "./if-there.ts";
import type { Journal } from "./journal.ts";
import type { PlannedStep } from "./plan.ts";

type Write = Extract<PlannedStep, { do: "write" }>;

/** Takes a step of a journal, or sees that it was taken. `CONFLICT` when somebody changed the same lines since. */
export async function redo(storage: Storage, step: PlannedStep, journal: Journal): Promise<void> {
  switch (step.do) {
    case "write":
      return bring(storage, step, journal);
    case "forget":
      return removeIfThere(storage, step.path);
    case "makeFolder":
      return storage.makeFolder(step.path);
    case "move": {
      if (!(await storage.stat(step.from)) || (await storage.stat(step.to))) return;
      // Somebody may have given it to a new account since.
      if (isInBin(step.to) && (await isFolderInUse(storage, step.from))) return;
      return storage.move(step.from, step.to);
    }
    case "removeFolder":
      if (await isFolderInUse(storage, step.path)) return;
      return removeIfThere(storage, step.path);
  }
}

/** Takes a step back, or sees that it was not taken. */
export async function undo(storage: Storage, step: PlannedStep, journal: Journal): Promise<void> {
  switch (step.do) {
    case "write":
      return bring(storage, backwards(step), journal);
    case "forget":
      return;
    case "makeFolder": {
      const stat = await storage.stat(step.path);
      if (stat?.kind === "folder" && (await listIfThere(storage, step.path)).length === 0) {
        await storage.remove(step.path);
      }
      return;
    }
    case "move":
      if (!(await storage.stat(step.to)) || (await storage.stat(step.from))) return;
      return storage.move(step.to, step.from);
    // Not begun, or nobody would go back.
    case "removeFolder":
      return;
  }
}

function backwards(step: Write): Write {
  return { ...step, before: step.after, after: step.before, hunks: turnedRound(step.hunks) };
}

/** A file as it is to be, from what it was, or from what is left of it. */
async function bring(storage: Storage, step: Write, { whole }: Journal): Promise<void> {
  const { path, before, after, hunks } = step;
  const now = await readIfThere(storage, path);
  const sha = sha256Of(now);
  if (sha === after) return;
  const bytes = sha === before ? applied(now, hunks) : mended(step, now, whole[path]);
  if (after === null) return removeIfThere(storage, path);
  if (bytes === null) return conflict(path);
  return storage.write(path, bytes, step.mode === undefined ? {} : { mode: step.mode });
}

function mended(
  { path, before, after, hunks }: Write,
  now: Uint8Array | null,
  whole?: string,
): Uint8Array | null {
  if (whole !== undefined && (now === null || whole.startsWith(Buffer.from(now).toString("latin1")))) {
    const bytes = Buffer.from(whole, "latin1");
    return sha256Of(bytes) === after ? bytes : applied(bytes, hunks);
  }
  if (now === null || before === null || after === null) return conflict(path);
  return appliedNearby(path, now, hunks as readonly Hunk[]);
}

function conflict(path: StoragePath): never {
  return fail("CONFLICT", "A file was changed since. Look at it, and change it by hand.", {
    internal: { path },
  });
}
