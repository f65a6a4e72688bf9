import { setTimeout as pause } from "node:timers/promises";
import { fail } from "../errors/error.ts";
import { isStoragePath, parentOf, storagePath } from "../storage/path.ts";
import { FILES } from "../tab/files.ts";
import { isFolderInUse } from "../tab/folder-use.ts";
import type { Recovery } from "../xmail/change-set.ts";
import { accountFoldersIn } from "./account-files.ts";
import { byKey, type Goals, type ReadFile, type RowGoal, rowGoal, textIn } from "./goals.ts";
import { type JournalEntry, type Progress, progressOf } from "./journal-entry.ts";
import { bringBack, clearAway } from "./keep.ts";
import { performAll } from "./perform-all.ts";
import { workTowards } from "./rehearse.ts";
import { rowsIn, rowTableAt } from "./row-tables.ts";
import { readerOf, type Way } from "./way.ts";

/** What was sent last may still be at work: only what is seen twice is so. */
const LOOKS = { most: 8, pauseMs: 150 };

/**
 * Ends a change that was left half way: where XMail has all of it, the rest is done; else it is led back to where it began.
 * May be done again when it is interrupted itself.
 */
export async function settle(way: Way, entry: JournalEntry): Promise<Recovery> {
  const reached = await steadyProgress(way, entry);
  const isDone =
    reached.size > 0 && [...reached.values()].every((one) => one === "after" || one === "elsewhere");
  const isUndone = [...reached.values()].every((one) => one === "before" || one === "elsewhere");
  if (isDone && !isUndone) {
    await clearLeft(way, entry);
    await bringBackAll(way, entry.bringBack);
  } else {
    if (!isUndone) await rollBack(way, entry, reached);
    await bringBackAll(way, entry.keep);
  }
  return {
    at: new Date(entry.at),
    outcome: isDone && !isUndone ? "finished" : "rolledBack",
    files: [...reached.keys()],
  };
}

async function rollBack(
  way: Way,
  entry: JournalEntry,
  reached: ReadonlyMap<string, Progress>,
): Promise<void> {
  const goals: Goals = {
    rows: rowGoalsOf(entry),
    files: new Map(
      entry.files
        .filter(({ path }) => reached.get(path) !== "elsewhere")
        .map(({ path, before }) => [path, before === null ? null : Buffer.from(before, "latin1")]),
    ),
  };
  await clearLeft(way, entry);
  const kept = await keptFiles(way, entry);
  const all = { ...goals, files: new Map([...kept, ...goals.files]) };
  const { rehearsed } = await workTowards(way, async () => all);
  await performAll(way, rehearsed.steps);
  const now = await progress(way, entry);
  if ([...now.values()].some((one) => one !== "before" && one !== "elsewhere")) {
    fail("XMAIL_HALF_DONE", "A change was left half done and could not be taken back. Look at the files.", {
      internal: { commands: entry.commands, reached: Object.fromEntries(now) },
    });
  }
}

/** A server that was killed in the middle of a removal has taken the rows, and left folders. */
async function clearLeft({ bin }: Way, { keep, rows }: JournalEntry): Promise<void> {
  if (!bin) return;
  const gone = rows.find(({ path }) => path === FILES.accounts.path)?.removed ?? "";
  const accounts = accountFoldersIn(gone).map((account) => account.folder);
  for (const { folder, kept } of keep) {
    for (const place of [folder, ...accounts.filter((one) => one.startsWith(`${folder}/`))]) {
      if (!isStoragePath(place) || (await bin.stat(place))?.kind !== "folder") continue;
      if (await isFolderInUse(bin, place)) continue;
      await clearAway(bin, place, storagePath(`${kept}${place.slice(folder.length)}`));
    }
  }
}

/** What else was in a folder that goes: its tables come back by commands, before its mail does. */
export async function keptFiles(
  { bin }: Way,
  { keep }: Pick<JournalEntry, "keep">,
): Promise<Map<string, Uint8Array>> {
  const found = new Map<string, Uint8Array>();
  if (!bin) return found;
  for (const { kept, folder } of keep) await gather(kept, folder);
  return found;

  async function gather(kept: string, folder: string): Promise<void> {
    if (!bin || !isStoragePath(kept) || (await bin.stat(kept)) === null) return;
    for (const { name, kind } of await bin.list(kept)) {
      const path = `${kept}/${name}`;
      if (kind === "file" && isStoragePath(path) && TOLD.test(name)) {
        found.set(`${folder}/${name}`, await bin.read(path));
      } else if (kind === "folder" && name !== "Maildir" && name !== "mailbox") {
        await gather(path, `${folder}/${name}`);
      }
    }
  }
}

/** Files that commands bring back; all others are moved as they are. */
const TOLD = /\.tab$/;

async function bringBackAll({ bin }: Way, places: JournalEntry["keep" | "bringBack"]): Promise<void> {
  if (!bin) return;
  for (const { kept, folder } of places) await bringBack(bin, kept, folder);
}

async function steadyProgress(way: Way, entry: JournalEntry): Promise<ReadonlyMap<string, Progress>> {
  let last = await progress(way, entry);
  for (let looks = 1; looks < LOOKS.most; looks += 1) {
    await pause(LOOKS.pauseMs);
    const next = await progress(way, entry);
    const same = [...next].every(([path, one]) => last.get(path) === one);
    last = next;
    if (same) break;
  }
  return last;
}

async function progress(way: Way, entry: JournalEntry): Promise<ReadonlyMap<string, Progress>> {
  const storage = way.look();
  // Of thousands of new accounts: whether there is a folder, asked for all of them together.
  if ("foresee" in storage) {
    const folders = entry.files
      .filter(({ before }) => before === null)
      .map(({ path }) => parentOf(storagePath(path)));
    await storage.foresee([...new Set(folders)]);
  }
  const read = readerOf(storage);
  const reached = new Map<string, Progress>();
  for (const goal of rowGoalsOf(entry)) reached.set(goal.table.file.path, await rowProgress(goal, read));
  for (const file of entry.files) reached.set(file.path, progressOf(file, await read(file.path)));
  return reached;
}

function rowGoalsOf({ rows }: JournalEntry): RowGoal[] {
  return rows.flatMap(({ path, removed, added }) => {
    const table = rowTableAt(path);
    return table ? rowGoal(table, removed, added) : [];
  });
}

async function rowProgress({ table, go, come }: RowGoal, read: ReadFile): Promise<Progress> {
  // Only how the lines are written differs.
  if (go.length === 0 && come.length === 0) return "elsewhere";
  const now = byKey(table, rowsIn(table, textIn(await read(table.file.path))));
  const stands = (cells: readonly string[]) => {
    const found = now.get(table.key(cells));
    return found !== undefined && table.value(found) === table.value(cells);
  };
  if (!go.some(stands) && come.every(stands)) return "before";
  return go.every(stands) && !come.some(stands) ? "after" : "between";
}
