import type { ErrorCode } from "../errors/codes.ts";
import type { ChangeSet, Finality, Recovery } from "../xmail/change-set.ts";
import type { Target } from "./target.ts";

/** One change as it is kept before its first step: who, when, why, what, and all that is needed to take it back. */
export interface ChangeEntry {
  readonly at: Date;
  readonly requestId: string;
  readonly actor: string;
  /** For people; `actor` never changes. */
  readonly actorName: string;
  /** Where the request came from, when it came over a network. */
  readonly from?: string;
  readonly reason?: string;
  readonly operation: string;
  readonly target: Target;
  /** Domains and addresses it is about, folded: what its history is found by. */
  readonly about: readonly string[];
  /** Secrets masked. */
  readonly input: unknown;
  /** The earlier change that this one takes back. */
  readonly undoes?: string;
  /** May hold coded passwords: it is kept, and shown only masked. */
  readonly changes: ChangeSet;
}

/** `begun`: a process was ended before it could say how it went. */
export type ChangeOutcome = "begun" | "done" | "failed";

/** A change of the past, without its differences. */
export interface KeptChange extends Omit<ChangeEntry, "changes"> {
  /** Sorts by time. */
  readonly id: string;
  readonly outcome: ChangeOutcome;
  /** Why it failed. */
  readonly code?: ErrorCode;
  /** The change that took it back, while that one holds. */
  readonly undoneBy?: string;
  /** Files and folders it changed. */
  readonly paths: readonly string[];
  readonly final: readonly Finality[];
}

/** All that is given must fit. */
export interface ChangeQuery {
  /** A domain, with its accounts, or an address. */
  readonly object?: string;
  /** A name, or `noun.*`. */
  readonly operation?: string;
  /** Id or name of who did it. */
  readonly actor?: string;
  /** Part of what was done: operation, input, reason, files. */
  readonly text?: string;
  readonly since?: Date;
  readonly until?: Date;
  /** Id of the last one seen; older ones follow. */
  readonly after?: string;
  /** Only this one. */
  readonly id?: string;
  readonly limit: number;
  /** What the asker may see of a change; `null`: not that there is one. All of it, if absent. */
  visible?(change: KeptChange): KeptChange | null;
}

/** Newest first. */
export interface ChangePage {
  readonly items: readonly KeptChange[];
  readonly next: string | null;
  /** Lines that could not be read: a process was killed while writing. */
  readonly damaged: number;
}

/** Where changes are kept, to be looked up and taken back. */
export interface History {
  /**
   * Resolves when the entry is kept: no change begins before. `id` is `null` where nothing is kept; with `emptyBin`,
   * what has been in the bin since before then may go.
   */
  begin(entry: ChangeEntry): Promise<{ readonly id: string | null; readonly emptyBin: Date | null }>;
  end(id: string, outcome: "done" | "failed", code?: ErrorCode): Promise<void>;
  find(query: ChangeQuery): Promise<ChangePage>;
  get(id: string): Promise<{ readonly change: KeptChange; readonly changes: ChangeSet } | null>;
  /** Keeps what was found half done, and how the changes concerned ended. */
  recovered(found: readonly Recovery[]): Promise<void>;
  /** Newest first. */
  recoveries(): Promise<readonly Recovery[]>;
}

/** For programs that keep none. */
export const NO_HISTORY: History = {
  begin: async () => ({ id: null, emptyBin: null }),
  end: async () => undefined,
  find: async () => ({ items: [], next: null, damaged: 0 }),
  get: async () => null,
  recovered: async () => undefined,
  recoveries: async () => [],
};
