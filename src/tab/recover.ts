import type { ErrorCode } from "../errors/codes.ts";
import { hasCode } from "../errors/error.ts";
import { type StoragePath, storagePath } from "../storage/path.ts";
import type { Storage } from "../storage/storage.ts";
import type { Recovery } from "../xmail/change-set.ts";
import { rollBack } from "./apply-plan.ts";
import { REMOVAL_NOTE, recoverRemoval } from "./earlier-removal.ts";
import { removeIfThere } from "./if-there.ts";
import { JOURNAL, type Journal, pathsOf, readJournal } from "./journal.ts";
import type { PlannedStep } from "./plan.ts";
import { redo } from "./redo-step.ts";

/** Trying again would most likely end the same way. */
const HOPELESS = [
  "BAD_CONFIG",
  "CONFLICT",
  "STORAGE_DENIED",
  "STORAGE_EXISTS",
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
  const earlier = await recoverRemoval(storage).catch((error: unknown) =>
    setAside(storage, REMOVAL_NOTE, { at: new Date(), files: [] }, error, "STORAGE_FAILED"),
  );
  const left = await recoverJournal(storage);
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
  const stuck = journal.way === "forward" ? await finish(storage, journal) : null;
  if (journal.way === "forward" && stuck === null) {
    await removeIfThere(storage, JOURNAL);
    return { ...told, outcome: "finished" };
  }
  // All else is done: a folder that will not go must not stop every later change.
  if (stuck?.step.do === "removeFolder")
    return setAside(storage, JOURNAL, told, stuck.error, "STORAGE_FAILED");
  // What has begun to go for good has no way back.
  if (stuck && journal.steps.some((step) => step.do === "removeFolder")) {
    return setAside(storage, JOURNAL, told, stuck.error);
  }
  try {
    await rollBack(storage, journal);
  } catch (error) {
    return setAside(storage, JOURNAL, told, error);
  }
  return { ...told, outcome: "rolledBack" };
}

/** `null` when all is done, otherwise where it stopped. */
async function finish(
  storage: Storage,
  journal: Journal,
): Promise<{ readonly step: PlannedStep; readonly error: unknown } | null> {
  for (const step of journal.steps) {
    try {
      await redo(storage, step, journal);
    } catch (error) {
      if (!hasCode(error, ...HOPELESS, "STORAGE_FAILED")) throw error;
      return { step, error };
    }
  }
  return null;
}

/** Keeps the note under another name, unless trying again may help. */
async function setAside(
  storage: Storage,
  note: StoragePath,
  told: Pick<Recovery, "at" | "files">,
  error: unknown,
  ...also: readonly ErrorCode[]
): Promise<Recovery> {
  if (!hasCode(error, ...HOPELESS, ...also)) throw error;
  const to = await freeName(storage, note);
  if (storage.can.move) await storage.move(note, to);
  else {
    await storage.write(to, await storage.read(note));
    await storage.remove(note);
  }
  return { ...told, outcome: "setAside", note: to };
}

/** `.xmailcfg/change-unfinished-1.json` and so on. */
async function freeName(storage: Storage, note: StoragePath): Promise<StoragePath> {
  for (let n = 1; ; n += 1) {
    const path = storagePath(note.replace(".json", `-unfinished-${n}.json`));
    if ((await storage.stat(path)) === null) return path;
  }
}
