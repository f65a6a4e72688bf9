import type { CallOptions } from "./call-options.ts";
import type { IncidentStore } from "./incidents.ts";

/**
 * Where a message is. `ready`: waits for its first delivery, or is in it; `retry`: failed for now and waits; `frozen`: given
 * up by XMail; `held`: taken out of the queue by us, where XMail does not see it.
 */
export const SPOOL_STATES = ["ready", "retry", "frozen", "held"] as const;
export type SpoolState = (typeof SPOOL_STATES)[number];

/** What the messages can be grouped by. */
export const SPOOL_GROUPS = ["auth", "from", "ip", "subject", "domain", "reason", "age", "status"] as const;
export type SpoolGroup = (typeof SPOOL_GROUPS)[number];

/** What can be done to many messages; each has its undo but `release` and `resend`, which send mail. */
export const SPOOL_ACTIONS = ["remove", "hold", "release", "resend", "putBack"] as const;
export type SpoolAction = (typeof SPOOL_ACTIONS)[number];

/** One message: XMail keeps a file for each recipient. */
export interface SpooledMessage {
  /** `LEVEL1_LEVEL2_NAME`: the same wherever in the spool it stands. */
  readonly id: string;
  readonly state: SpoolState;
  /** Of the envelope, without brackets; empty for the null sender. */
  readonly from: string;
  readonly to: string;
  /** Who had signed in to send it; empty when nobody had. */
  readonly auth: string;
  /** Address of the client; empty for what XMail made itself. */
  readonly ip: string;
  /** Decoded. */
  readonly subject: string;
  /** XMail's own id, as in its logs: `S2C`. */
  readonly number: string;
  /** Bytes of the spool file. */
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly since: number;
  readonly tries: number;
  /** Milliseconds since 1970; `null` when it was never tried. */
  readonly lastTry: number | null;
  /** What the other server, or XMail, said at the last try; empty when nothing failed. */
  readonly reason: string;
}

/** One try to deliver a message, as its log tells. */
export interface SpoolTry {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly failures: readonly {
    /** What the other server said, or XMail where none answered. */
    readonly reply: string;
    /** Server it was tried at; empty where none was. */
    readonly server: string;
    /** XMail's own text. */
    readonly error: string;
  }[];
}

export interface SpooledDetails extends SpooledMessage {
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly log: readonly SpoolTry[];
  /** Whether a rest of a list of commands waits to be carried out for it. */
  readonly rest: boolean;
}

export interface SpoolAsk extends CallOptions {
  /** As `parseSpoolFilter` reads it; empty: all messages. */
  readonly filter: string;
  /** Only messages from or to this domain. */
  readonly domain?: string | undefined;
  readonly now: Date;
  /** Milliseconds after which the answer is given with what was found. */
  readonly within?: number;
  /** Leaves out messages; absent: none. */
  visible?(message: SpooledMessage): boolean;
}

export interface SpoolShapeAsk extends SpoolAsk {
  readonly by: SpoolGroup;
  /** Groups that are listed. */
  readonly most: number;
  /** `false`: nobody looks at the subjects, for which the control port has to show whole messages. */
  readonly subjects?: false;
}

export interface SpoolPage {
  readonly items: readonly SpooledMessage[];
  /** Where to go on; `null` at the end. */
  readonly next: string | null;
}

export interface SpoolCount {
  readonly messages: number;
  readonly bytes: number;
  /** Milliseconds since 1970; 0 where there is none. */
  readonly oldest: number;
}

export interface SpoolShape extends SpoolCount {
  /** `null`: not seen. */
  readonly states: Readonly<Record<SpoolState, number | null>>;
  /** Files that XMail is writing, and logs and lists of commands whose message is gone. */
  readonly writing: number;
  readonly orphans: number;
  readonly groups: readonly (SpoolCount & {
    readonly key: string;
    /** Filter that catches the group. */
    readonly filter: string;
    /** One of its subjects. */
    readonly subject: string;
  })[];
  /** Messages of groups that are not listed. */
  readonly others: number;
  /** Folders looked at, of all there are: less than all where time was up. */
  readonly looked: number;
  readonly of: number;
}

export interface SpoolForesight extends SpoolAsk {
  readonly action: SpoolAction;
  readonly samples: number;
  /** Filter without whose messages nothing is counted, on either side; all, if absent. */
  readonly among?: string | undefined;
  /** Only these, by id; absent: all. */
  readonly messages?: readonly string[] | undefined;
}

/** What a filter catches and what it leaves, before anything is done. */
export interface SpoolForeseen {
  readonly caught: SpoolCount;
  readonly left: SpoolCount;
  readonly samples: readonly SpooledMessage[];
  readonly leftSamples: readonly SpooledMessage[];
  readonly looked: number;
  readonly of: number;
}

/** Something done to many messages, in parts. */
export interface SpoolJob {
  readonly id: string;
  readonly action: SpoolAction;
  readonly filter: string;
  readonly domain: string;
  /** ISO 8601. */
  readonly begun: string;
  /** Name of who began it. */
  readonly by: string;
  readonly finished: boolean;
  /** Messages that it was done to. */
  readonly done: number;
  readonly bytes: number;
  /** Messages that had moved on meanwhile. */
  readonly gone: number;
  /** Folders gone through, of all. */
  readonly looked: number;
  readonly of: number;
  /** Whether its messages can be put back, from the bin. */
  readonly undoable: boolean;
  /** Its messages could never be put back: they are kept to be read only. */
  readonly forGood?: boolean;
  /** The job that it takes back; empty otherwise. */
  readonly undoes: string;
}

export interface SpoolWish {
  readonly action: Exclude<SpoolAction, "putBack">;
  readonly filter: string;
  readonly domain?: string | undefined;
  /** Only these, by id; absent: whatever the filter catches. */
  readonly messages?: readonly string[] | undefined;
  readonly by: string;
  readonly now: Date;
}

/** XMail's queue while XMail works on it: as its files tell of it, or as much as its control port does. */
export interface SpoolStore {
  /** Whether all is seen, or by the control port alone the frozen messages only. */
  readonly sees: "all" | "frozen";
  /** In the order of the folders: what comes or goes meanwhile neither repeats nor hides others. */
  page(ask: SpoolAsk & { readonly after?: string; readonly limit: number }): Promise<SpoolPage>;
  shape(ask: SpoolShapeAsk): Promise<SpoolShape>;
  foresee(ask: SpoolForesight): Promise<SpoolForeseen>;
  /** `null` when it is gone. */
  get(id: string, options?: CallOptions): Promise<SpooledDetails | null>;
  /** The mail itself, without XMail's own lines before it. `null` when it is gone. */
  bytesOf(id: string, options?: CallOptions): Promise<Uint8Array | null>;
  /** Writes the job down; `work` does it. `XMAIL_STOPPED` for what needs a running server. */
  begin(wish: SpoolWish, options?: CallOptions): Promise<SpoolJob>;
  /** Puts back what a job removed. `NOT_FOUND`, `NOT_UNDOABLE`: always where frozen messages only are seen. */
  undo(job: string, by: string, now: Date, options?: CallOptions): Promise<SpoolJob>;
  /** Goes on with a job, for so many milliseconds; also after the process that began it was killed. `NOT_FOUND`. */
  work(job: string, forMs: number, now: Date, options?: CallOptions): Promise<SpoolJob>;
  /** The newest first; the last fifty, or all since a moment. */
  jobs(options?: CallOptions & { readonly since?: Date }): Promise<readonly SpoolJob[]>;
  /** What a job removed, as far as it was not put back: for 30 days. `NOT_FOUND`. */
  removed(
    job: string,
    ask: CallOptions & { readonly after?: string | undefined; readonly limit: number },
  ): Promise<SpoolPage>;
  /** One of those, the mail itself. `null` when it is not there (any more); `NOT_FOUND`. */
  removedMail(job: string, id: string, options?: CallOptions): Promise<Uint8Array | null>;
  /** Stolen accounts, and what was known of them. */
  readonly incidents: IncidentStore;
  /** The same spool, with jobs that only count what they would be done to. */
  rehearsing(): SpoolStore;
}
