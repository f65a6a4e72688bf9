import { sha256Of } from "../changes/hunks.ts";
import { shownCommand } from "../ctrl/shown-command.ts";
import { storagePath } from "../storage/path.ts";
import type { FileChange } from "../xmail/change-set.ts";
import { rowTableAt } from "./row-tables.ts";
import type { Stage } from "./stage.ts";
import type { BringBackStep, KeepStep, Step } from "./steps.ts";

/** Rows of a table, as lines; what else is in it may change meanwhile. */
export interface JournalRows {
  readonly path: string;
  readonly removed: string;
  readonly added: string;
}

/** A file, as byte strings; `null` is none. */
export interface JournalFile {
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
  /** SHA-256 of what it is on the way. */
  readonly states: readonly string[];
}

/** A change before its first step: enough to recognise how far it went, and to lead back. */
export interface JournalEntry {
  readonly version: 1;
  readonly at: string;
  /** For people who look; without secrets. */
  readonly commands: readonly string[];
  readonly rows: readonly JournalRows[];
  readonly files: readonly JournalFile[];
  readonly keep: readonly KeepStep[];
  readonly bringBack: readonly BringBackStep[];
}

export async function journalEntry(
  { files: overlay, states }: Stage,
  steps: readonly Step[],
  changes: readonly FileChange[],
  at: Date,
): Promise<JournalEntry> {
  const rows: JournalRows[] = [];
  const files: JournalFile[] = [];
  for (const change of changes) {
    if (change.kind !== "file") continue;
    const { path, hunks } = change;
    if (rowTableAt(path)) {
      const lines = (of: "removed" | "added") => hunks.flatMap((hunk) => hunk[of]).join("");
      rows.push({ path, removed: lines("removed"), added: lines("added") });
    } else {
      const textOf = async (is: string | null, read: () => Promise<Uint8Array>) =>
        is === null ? null : Buffer.from(await read()).toString("latin1");
      files.push({
        path,
        before: await textOf(change.before, () => overlay.below.read(storagePath(path))),
        after: await textOf(change.after, () => overlay.read(storagePath(path))),
        states: [...(states.get(path) ?? [])],
      });
    }
  }
  return {
    version: 1,
    at: at.toISOString(),
    commands: shownSteps(steps),
    rows,
    files,
    keep: steps.filter((step) => step.kind === "keep"),
    bringBack: steps.filter((step) => step.kind === "bringBack"),
  };
}

export function shownSteps(steps: readonly Step[]): string[] {
  return steps.flatMap((step) => (step.kind === "command" ? shownCommand(step.command) : []));
}

export function writeEntry(entry: JournalEntry): Uint8Array {
  return Buffer.from(JSON.stringify(entry));
}

/** `null` for what nobody of ours has written. */
export function readEntry(bytes: Uint8Array): JournalEntry | null {
  try {
    const entry = JSON.parse(Buffer.from(bytes).toString()) as JournalEntry;
    return entry.version === 1 ? entry : null;
  } catch {
    return null;
  }
}

/** How far a file went. `elsewhere`: somebody else has changed it since. */
export type Progress = "before" | "after" | "between" | "elsewhere";

export function progressOf({ before, after, states }: JournalFile, now: Uint8Array | null): Progress {
  const text = now && Buffer.from(now).toString("latin1");
  if (text === after) return "after";
  if (text === before) return "before";
  if (text === null) return "between";
  // A connection that is lost leaves as much of an upload as had come.
  return states.includes(sha256Of(Buffer.from(text, "latin1"))) || after?.startsWith(text)
    ? "between"
    : "elsewhere";
}
