/** Lines that stand in a file instead of others; each with its line end, as byte strings (one character per byte). */
export interface Hunk {
  /** Index of the first line concerned, from 0, in the file as it was. */
  readonly at: number;
  readonly removed: readonly string[];
  readonly added: readonly string[];
  /**
   * What stands above and below: a digest of each line, `null` at the end of the file. Absent where both are, and in
   * histories of earlier versions.
   */
  readonly near?: readonly [above: string | null, below: string | null];
}

/** What happens to one file or folder of MailRoot; `path` with `/`. */
export type FileChange =
  | {
      readonly kind: "file";
      readonly path: string;
      /** SHA-256 in hex of the whole file; `null`: there is none. */
      readonly before: string | null;
      readonly after: string | null;
      /** From top to bottom; together they are the whole difference. */
      readonly hunks: readonly Hunk[];
    }
  | {
      readonly kind: "folderMade";
      readonly path: string;
      /** Where it was kept, when it came back from the bin, with all that is in it. */
      readonly from?: string;
    }
  | {
      readonly kind: "folderRemoved";
      readonly path: string;
      /** What is in it, its folders included; `null` when the way to XMail does not show it. */
      readonly files: number | null;
      readonly bytes: number | null;
      /** Where it is kept, below MailRoot, while it can be brought back; `null`: it is gone. */
      readonly kept: string | null;
    };

/** All that one operation changes, known before anything happens. */
export interface ChangeSet {
  /** The CTRL commands in their order, secrets as `***`; none when XMail is stopped. */
  readonly commands: readonly string[];
  readonly files: readonly FileChange[];
  /** What no undo brings back: `mailbox` (mail that goes with an account), `program` (something was started). */
  readonly final: readonly Finality[];
}

/** `ours`: what xmailcfg keeps itself, such as people, of which the history keeps no earlier state. */
export type Finality = "mailbox" | "program" | "message" | "ours";

/** A change that was worked out and tried on a copy; nothing has happened yet. */
export interface Rehearsal<T> {
  /** What the work answered. */
  readonly result: T;
  readonly changes: ChangeSet;
  /**
   * Makes it happen: all of it, or nothing. `FILE_CHANGED` when a file is no longer what the rehearsal saw; then nothing
   * was changed.
   */
  apply(): Promise<void>;
}

/** What was found half done, and what became of it. */
export interface Recovery {
  readonly at: Date;
  /** `setAside`: it could be neither finished nor rolled back, and waits for somebody who looks. */
  readonly outcome: "finished" | "rolledBack" | "setAside";
  readonly files: readonly string[];
  /** Where all that is known of it was put, below MailRoot, when it was set aside. */
  readonly note?: string;
}
