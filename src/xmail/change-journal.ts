import type { CallOptions } from "./call-options.ts";

/** Where a change of a running server is written down before its first command, so that whoever comes next can end it. */
export interface ChangeJournal {
  /** `null` when nothing was left half done, and nothing is under way. Looks without waiting. */
  look(options?: CallOptions): Promise<Uint8Array | null>;
  /** Runs `work` while nobody else, in whatever process, makes a change. `STORAGE_LOCKED` when another one takes long. */
  alone<T>(work: (page: JournalPage) => Promise<T>, options?: CallOptions): Promise<T>;
}

/** The one change that may be half done. It holds passwords as `mailusers.tab` has them: keep it as safe. */
export interface JournalPage {
  read(): Promise<Uint8Array | null>;
  /** In one step, or not at all. */
  write(bytes: Uint8Array): Promise<void>;
  clear(): Promise<void>;
}
