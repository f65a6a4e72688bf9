import type { ErrorCode } from "../errors/codes.ts";
import type { Target } from "./target.ts";

/** One line of the audit log. A change leaves two: `intent` before the first step, then `done` or `failed`. */
export interface AuditRecord {
  readonly at: Date;
  readonly requestId: string;
  readonly actor: string;
  /** For people; `actor` never changes. */
  readonly actorName?: string;
  /** Id of the master who looks at the panel as `actor`. */
  readonly really?: string;
  /** Where the request came from, when it came over a network. */
  readonly from?: string;
  readonly operation: string;
  readonly target: Target;
  /** Secrets masked. */
  readonly input: unknown;
  readonly phase: "intent" | "done" | "failed" | "refused";
  readonly code?: ErrorCode;
  /** Why, as the person said. */
  readonly reason?: string;
  /** Id of the change in the history. */
  readonly change?: string;
  /** What was written to somebody else was opened: the owner of the mailbox is told so. */
  readonly openedMail?: true;
}

export interface Audit {
  /** Resolves when the record is kept; a change does not begin before its intent is. */
  record(entry: AuditRecord): Promise<void>;
  /** What was recorded; absent where it is kept by somebody else. */
  readonly reading?: AuditReading;
}

/** What the audit log tells. */
export interface AuditReading {
  /** Newest first. */
  find(query: AuditQuery): Promise<AuditPage>;
  /** The lines as they are kept, with their chain, oldest first. */
  export(query: AuditExportQuery): Promise<AuditExport>;
  /** Whether nothing was removed, changed or put in. */
  verify(options?: VerifyOptions): Promise<AuditVerdict>;
}

export interface VerifyOptions {
  /** Hash of a record that was noted outside earlier, and must still be there. */
  readonly head?: string;
  /** Faults up to the record of this number are known and not told. */
  readonly after?: number;
  readonly signal?: AbortSignal;
}

/** How what was begun ended; `begun`: a process was ended before it could say so. */
export type AuditOutcome = "begun" | Exclude<AuditRecord["phase"], "intent">;

/** A record as it is kept. */
export interface KeptRecord extends AuditRecord {
  /** Its place: names the record for ever. */
  readonly id: string;
  /** Its number in the chain; `null` for one from before there was a chain. */
  readonly number: number | null;
  readonly outcome: AuditOutcome;
}

/** All that is given must fit. */
export interface AuditFilter {
  /** A domain, with its accounts, or an address. */
  readonly object?: string;
  /** A name, or `noun.*`. */
  readonly operation?: string;
  /** Id or name of who did it. */
  readonly actor?: string;
  /** Address of the client, or its beginning. */
  readonly from?: string;
  /** Part of what was done: operation, name, reason, input. */
  readonly text?: string;
  readonly since?: Date;
  readonly until?: Date;
  /** Only where what was written to somebody else was opened. */
  readonly openedMail?: boolean;
}

export interface AuditQuery extends AuditFilter {
  readonly outcome?: AuditOutcome;
  /** Only this one. */
  readonly id?: string;
  /** Id of the last one seen; older ones follow. */
  readonly after?: string;
  readonly limit: number;
  /** Bytes to look through at most: a page may then have fewer rows, and `next` all the same. */
  readonly most?: number;
  /** What the asker may see of a record; `null`: not that there is one. */
  visible(record: AuditRecord): AuditRecord | null;
  readonly signal?: AbortSignal;
}

export interface AuditPage {
  readonly items: readonly KeptRecord[];
  readonly next: string | null;
}

export interface AuditExportQuery extends AuditFilter {
  /** `next` of the page before: where this one begins. */
  readonly begin?: string;
  readonly limit: number;
  readonly signal?: AbortSignal;
}

export interface AuditExport {
  /** Each ends in LF. */
  readonly lines: string;
  readonly records: number;
  readonly next: string | null;
}

/**
 * `changed`: it is not what was written. `missing`: it, and those up to `to`, are gone. `moved`: it does not stand where
 * it was written. `added`: a line that nobody wrote in turn, after a record of this number. `headMissing`: what tells the
 * last record is gone. `headLost`: it was gone when this record was written, so that records before it may be. `notThere`:
 * the head noted outside names no record.
 */
export interface AuditFault {
  readonly kind: "changed" | "missing" | "moved" | "added" | "headMissing" | "headLost" | "notThere";
  /** Number of the record; `null` where there is none. */
  readonly record: number | null;
  readonly to?: number;
  readonly file?: string;
  /** From 1. */
  readonly line?: number;
}

export interface AuditVerdict {
  /** In the order of the log; the first hundred. */
  readonly faults: readonly AuditFault[];
  readonly faultCount: number;
  readonly records: number;
  readonly first: number | null;
  /** Number of the last record that was let go for its age or the size of the log, as the log itself says. */
  readonly pruned: number | null;
  readonly last: { readonly number: number; readonly hash: string; readonly at: Date } | null;
  /** Lines from before there was a chain. */
  readonly unchained: number;
  /** Lines that a killed process did not write to their end. */
  readonly interrupted: number;
}

/** For programs that keep their own account of what they do. */
export const NO_AUDIT: Audit = { record: async () => undefined };
