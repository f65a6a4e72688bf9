import type { CtrlLine } from "../ctrl/line.ts";
import { orNull } from "../storage/if-there.ts";
import { isStoragePath } from "../storage/path.ts";
import type { Storage } from "../storage/storage.ts";
import type { Backend } from "../xmail/backend.ts";
import type { ChangeJournal } from "../xmail/change-journal.ts";
import type { ReadFile } from "./goals.ts";
import { canHoldJournal, journalIn, MAIL_ROOT_JOURNAL } from "./journal.ts";
import { type VisibleFiles, visibleFiles } from "./visible-files.ts";

/** How a running server is reached. */
export interface WayOptions {
  readonly line: CtrlLine;
  /** All that can be done, over a line. */
  readonly backendOver: (line: CtrlLine) => Backend;
  /** The server's own files; `null` when only its control port is at hand. */
  readonly mailRoot: (() => Promise<Storage>) | null;
  /** For a server whose MailRoot cannot hold one. */
  readonly journal: ChangeJournal | null;
}

export interface Way {
  readonly line: CtrlLine;
  readonly backendOver: (line: CtrlLine) => Backend;
  readonly journal: ChangeJournal | null;
  /** Where mail can be kept; `null`: nowhere. */
  readonly bin: Storage | null;
  /** The server's files as they are at this moment. */
  look(): Storage | VisibleFiles;
}

/** Opened once for each change: what is read of the server's files is not asked for twice, and not kept for long. */
export async function wayOver({ line, backendOver, mailRoot, journal }: WayOptions): Promise<Way> {
  const storage = mailRoot && (await mailRoot());
  const holds = storage !== null && canHoldJournal(storage);
  return {
    line,
    backendOver,
    journal: holds ? journalIn(async () => storage, MAIL_ROOT_JOURNAL) : journal,
    bin: holds && storage.can.move && storage.can.folders ? storage : null,
    look: () => (holds ? storage : visibleFiles(line)),
  };
}

export function readerOf(storage: Storage): ReadFile {
  return async (path) => (isStoragePath(path) ? orNull(storage.read(path)) : null);
}
