import { sha256Of } from "../changes/hunks.ts";
import { type MailRoot, openMailRoot } from "../simulator/root.ts";
import { type Overlay, overlay } from "../storage/overlay.ts";
import type { Storage } from "../storage/storage.ts";
import { through } from "../storage/through.ts";
import { rowTableAt } from "./row-tables.ts";
import type { VisibleFiles } from "./visible-files.ts";

/** A server that nobody else sees, over files in which every change stays in memory. */
export interface Stage {
  readonly root: MailRoot;
  readonly files: Overlay;
  /** SHA-256 of all that a file was on the way, by its path; not of the tables that are changed row by row. */
  readonly states: ReadonlyMap<string, ReadonlySet<string>>;
  /** Looks beforehand at many paths that the work will want to know of; absent where that takes no time. */
  readonly foresee?: VisibleFiles["foresee"];
  /** Begins to note what is changed. */
  begin(): ReadonlySet<string>;
}

export async function openStage(
  storage: Storage | VisibleFiles,
  now: () => Date = () => new Date(),
): Promise<Stage> {
  // Only what lies in memory is ever changed, whatever the storage below can do.
  const files = overlay(storage, {
    rangedRead: storage.can.rangedRead,
    binary: true,
    folders: true,
    move: true,
  });
  const states = new Map<string, Set<string>>();
  let changed = new Set<string>();
  const watched = through(files, {
    async write(path, bytes, how) {
      changed.add(path);
      await files.write(path, bytes, how);
      if (rowTableAt(path) !== null) return;
      const whole = how?.append ? await files.read(path) : bytes;
      states.set(path, (states.get(path) ?? new Set()).add(sha256Of(whole)));
    },
    async move(from, to, how) {
      changed.add(from).add(to);
      await files.move(from, to, how);
    },
    async remove(path, how) {
      changed.add(path);
      await files.remove(path, how);
    },
    async makeFolder(path, how) {
      changed.add(path);
      await files.makeFolder(path, how);
    },
  });
  return {
    root: await openMailRoot(watched, now, { indexes: "when needed" }),
    files,
    states,
    ...("foresee" in storage ? { foresee: storage.foresee } : {}),
    begin() {
      changed = new Set();
      return changed;
    },
  };
}
