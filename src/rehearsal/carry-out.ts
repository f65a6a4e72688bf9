import { sha256Of } from "../changes/hunks.ts";
import type { ErrorCode } from "../errors/codes.ts";
import { AppError, fail, hasCode, isAppError } from "../errors/error.ts";
import { parentOf, type StoragePath } from "../storage/path.ts";
import type { CallOptions } from "../xmail/call-options.ts";
import type { JournalPage } from "../xmail/change-journal.ts";
import type { FileChange, Recovery } from "../xmail/change-set.ts";
import { type JournalEntry, journalEntry, readEntry, writeEntry } from "./journal-entry.ts";
import { performAll } from "./perform-all.ts";
import type { Worked } from "./rehearse.ts";
import { settle } from "./settle.ts";
import type { Step } from "./steps.ts";
import { readerOf, type Way } from "./way.ts";

/** With these numbers XMail refuses after it has changed something. */
const HALF_DONE: readonly unknown[] = [17, 18, 157];

/** Makes a rehearsed change happen: all of it, or nothing. */
export async function carryOut(way: Way, worked: Worked<unknown>, call: CallOptions = {}): Promise<void> {
  const { steps, stage } = worked.rehearsed;
  if (steps.length === 0) return;
  await alone(way, call, async (page) => {
    await settleLeft(way, page);
    if (stage === null) {
      // Orders, and what is done to mail in the queue: there is nothing to lead back to.
      await performAll(way, steps);
      return;
    }
    await checkUnchanged(way, worked.changes.files);
    const entry = await journalEntry(stage, steps, worked.changes.files, new Date());
    await page?.write(writeEntry(entry));
    const refusal = await inOrder(way, entry, steps, call);
    await page?.clear();
    if (refusal) throw refusal.error;
  });
}

/** What an earlier process left half done is ended first. */
export async function settleLeft(way: Way, page: JournalPage | null): Promise<Recovery[]> {
  const bytes = page && (await page.read());
  if (!page || bytes === null) return [];
  const entry = readEntry(bytes);
  const ended = entry ? [await settle(way, entry).catch((error: unknown) => stuck(entry, error))] : [];
  await page.clear();
  return ended;
}

const SPEAKS_FOR_ITSELF: readonly ErrorCode[] = ["ABORTED", "XMAIL_HALF_DONE"];

/** What trying again will not help: no change goes past it, so it must say what it is about. */
function stuck({ commands, at }: JournalEntry, error: unknown): never {
  if (!isAppError(error) || error.retryable || SPEAKS_FOR_ITSELF.includes(error.code)) throw error;
  return fail(
    "XMAIL_HALF_DONE",
    "An earlier change was left half done and cannot be taken back. Nothing is changed until somebody has ended it by hand.",
    { cause: error, internal: { commands, begun: at, refusal: error.code, ...error.internal } },
  );
}

export function alone<T>(
  { journal }: Way,
  call: CallOptions,
  work: (page: JournalPage | null) => Promise<T>,
): Promise<T> {
  return journal ? journal.alone(work, call) : work(null);
}

/** What it was refused with; nothing is changed then. Rejects when something is. */
async function inOrder(
  way: Way,
  entry: JournalEntry,
  steps: readonly Step[],
  { signal }: CallOptions,
): Promise<{ readonly error: unknown } | null> {
  let done = 0;
  try {
    await performAll(way, steps, {
      signal,
      done: (steps) => {
        done = steps;
      },
    });
    return null;
  } catch (error) {
    if (done === 0 && leavesNothing(error)) return { error };
    const { outcome } = await settled(way, entry, error);
    return outcome === "rolledBack" ? { error: putBack(error) } : null;
  }
}

/** Whether a first step that ended so has certainly changed nothing. */
function leavesNothing(error: unknown): boolean {
  if (!isAppError(error)) return false;
  if (error.code === "ABORTED") return true;
  const number = error.internal["xmailCode"];
  return number !== undefined && !HALF_DONE.includes(number);
}

async function settled(way: Way, entry: JournalEntry, error: unknown): Promise<Recovery> {
  try {
    return await settle(way, entry);
  } catch (cause) {
    return fail(
      "XMAIL_HALF_DONE",
      "Only a part of the change was made, and it could not be taken back yet. It will be, before the next change.",
      {
        cause,
        internal: { commands: entry.commands, first: isAppError(error) ? error.code : String(error) },
      },
    );
  }
}

function putBack(error: unknown): unknown {
  if (!hasCode(error, "XMAIL_OUTCOME_UNKNOWN")) return error;
  return new AppError(
    "XMAIL_UNREACHABLE",
    "The connection to XMail was lost. Everything is as it was before.",
    { cause: error },
  );
}

async function checkUnchanged(way: Way, changes: readonly FileChange[]): Promise<void> {
  const read = readerOf(way.look());
  const made = new Set(changes.flatMap((change) => (change.kind === "folderMade" ? change.path : [])));
  for (const change of changes) {
    if (change.kind !== "file") continue;
    // XMail itself refuses to make a folder that is there, so nothing can be in a new one.
    if (change.before === null && made.has(parentOf(change.path as StoragePath))) continue;
    if (sha256Of(await read(change.path)) === change.before) continue;
    fail("FILE_CHANGED", "Somebody changed a file of XMail meanwhile. Look again, then try again.", {
      internal: { path: change.path },
    });
  }
}
