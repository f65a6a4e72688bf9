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
}

export interface Audit {
  /** Resolves when the record is kept; a change does not begin before its intent is. */
  record(entry: AuditRecord): Promise<void>;
}

/** For programs that keep their own account of what they do. */
export const NO_AUDIT: Audit = { record: async () => undefined };
