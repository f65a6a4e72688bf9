import type { CallOptions } from "./call-options.ts";

/** What was done about an incident, each by an operation that could be called without it. */
export const INCIDENT_EVENTS = [
  "suspend",
  "resume",
  "password",
  "undo",
  "hold",
  "remove",
  "putBack",
  "release",
  "resend",
] as const;

export interface IncidentEvent {
  readonly what: (typeof INCIDENT_EVENTS)[number];
  /** ISO 8601. */
  readonly at: string;
  /** Name of who did it. */
  readonly by: string;
  /** Messages that it was done to, their bytes, and how many had moved on meanwhile. */
  readonly messages: number;
  readonly bytes: number;
  readonly gone: number;
  /** `false`: a job that can be gone on with, or a change whose end nobody knows. */
  readonly finished: boolean;
  /** The change in the history, or the job on the queue, that it was; the other one is empty. */
  readonly change: string;
  readonly job: string;
  readonly filter: string;
  /** The change or job that it took back; empty otherwise. */
  readonly undoes: string;
}

/** Sides of a storm that a report tells of. */
export const INCIDENT_SIDES = ["subject", "from", "ip", "domain"] as const;

export interface IncidentGroup {
  readonly key: string;
  readonly messages: number;
  readonly bytes: number;
  /** Catches the group. */
  readonly filter: string;
}

/** What the account's mail in the queue was like when the incident was opened: afterwards nobody could tell. */
export interface IncidentPattern {
  readonly messages: number;
  readonly bytes: number;
  /** Milliseconds since 1970; 0 where there was none. */
  readonly oldest: number;
  readonly sides: readonly {
    readonly by: (typeof INCIDENT_SIDES)[number];
    readonly groups: readonly IncidentGroup[];
  }[];
  /** Folders looked at, of all. */
  readonly looked: number;
  readonly of: number;
}

/** A stolen account, as it is kept. Which steps were done is told by the history and the jobs on the queue. */
export interface Incident {
  readonly id: string;
  readonly domain: string;
  readonly name: string;
  /** Filter that catches the account's mail. */
  readonly mail: string;
  /** Filter that tells spam among it; empty: nobody has said yet. */
  readonly spam: string;
  readonly note: string;
  /** ISO 8601. */
  readonly opened: string;
  readonly openedBy: string;
  /** ISO 8601; empty while it is open. */
  readonly closed: string;
  readonly closedBy: string;
  readonly pattern: IncidentPattern;
  /** Kept when it is closed: jobs on the queue are forgotten after 30 days. `null` before. */
  readonly events: readonly IncidentEvent[] | null;
}

export interface IncidentStore {
  /** The newest first. */
  list(options?: CallOptions): Promise<readonly Incident[]>;
  get(id: string, options?: CallOptions): Promise<Incident | null>;
  /** The open one of the same account, where there is one. */
  open(incident: Omit<Incident, "id">): Promise<Incident>;
  /** Read, changed and written under one lock. `NOT_FOUND`. */
  change(id: string, change: (incident: Incident) => Incident): Promise<Incident>;
}
