import { hasCode } from "../errors/error.ts";
import { type StoragePath, storagePath } from "../storage/path.ts";
import type { Storage } from "../storage/storage.ts";
import type { Recovery } from "../xmail/change-set.ts";
import { rollBack } from "./apply-plan.ts";
import { REMOVAL_NOTE, recoverRemoval } from "./earlier-removal.ts";
import { removeIfThere } from "./if-there.ts";
import { JOURNAL, type Journal, pathsOf, readJournal } from "./journal.ts";
import { redo } from "./redo-step.ts";

/** Trying again would most likely end the same way. */
const NOT_TO_BE_ENDED = [
  "BAD_CONFIG",
  "CONFLICT",
  "STORAGE_DENIED",
  "STORAGE_EXISTS",
  "STORAGE_FAILED",
  "STORAGE_NOT_FOUND",
  "STORAGE_PATH",
  "STORAGE_UNSUPPORTED",
] as const;

/** Whether somebody was killed on the way, or is on the way. */
export async function isHalfDone(storage: Storage): Promise<boolean> {
  return (await storage.stat(JOURNAL)) !== null || (await storage.stat(REMOVAL_NOTE)) !== null;
}

/**
 * Finishes what an earlier change left, or rolls it back where that cannot be. What can neither be finished nor rolled
 * back is set aside with all that is known of it, so that it does not stop every later change.
 */
export async function recover(storage: Storage): Promise<Recovery[]> {
  const earlier = await ended(storage, REMOVAL_NOTE, () => recoverRemoval(storage));
  const left = await ended(storage, JOURNAL, () => recoverJournal(storage));
  return [earlier, left].flatMap((recovery) => recovery ?? []);
}

async function recoverJournal(storage: Storage): Promise<Recovery | null> {
  const journal = await readJournal(storage);
  if (journal === null) return null;
  if (journal === "torn") {
    await removeIfThere(storage, JOURNAL);
    return null;
  }
  const told = { at: journal.begun, files: pathsOf(journal) };
  if (journal.way === "forward" && (await isFinished(storage, journal))) {
    return { ...told, outcome: "finished" };
  }
  await rollBack(storage, journal);
  return { ...told, outcome: "rolledBack" };
}

async function isFinished(storage: Storage, journal: Journal): Promise<boolean> {
  try {
    for (const step of journal.steps) await redo(storage, step, journal);
  } catch (error) {
    // What has begun to go for good can only be finished.
    const isFinal = journal.steps.some((step) => step.do === "removeFolder");
    if (isFinal || !hasCode(error, ...NOT_TO_BE_ENDED)) throw error;
    return false;
  }
  await removeIfThere(storage, JOURNAL);
  return true;
}

async function ended<T>(storage: Storage, note: StoragePath, work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (!hasCode(error, ...NOT_TO_BE_ENDED)) throw error;
    await storage.move(note, await freeName(storage, note));
    return null;
  }
}

/** `.xmailcfg/change-unfinished-1.json` and so on. */
async function freeName(storage: Storage, note: StoragePath): Promise<StoragePath> {
  for (let n = 1; ; n += 1) {
    const path = storagePath(note.replace(".json", `-unfinished-${n}.json`));
    if ((await storage.stat(path)) === null) return path;
  }
}
