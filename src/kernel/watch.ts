/** Parts of a look, each of which may be out of reach while the others are not. */
export const LOOKED_AT = ["server", "changes", "queue", "logs", "mailboxes", "certificate"] as const;
export type LookedAt = (typeof LOOKED_AT)[number];

interface Kind {
  readonly tone: "bad" | "warn";
  /** Where it is found. */
  readonly part: LookedAt;
}

/** What may be wrong. Signs of abuse are those of `log.lint`. */
export const PROBLEMS = {
  serverUnreachable: { tone: "bad", part: "server" },
  filesUnreachable: { tone: "bad", part: "server" },
  changeUnfinished: { tone: "warn", part: "changes" },
  queueLarge: { tone: "bad", part: "queue" },
  queueOld: { tone: "warn", part: "queue" },
  certificateOver: { tone: "bad", part: "certificate" },
  certificateEnds: { tone: "warn", part: "certificate" },
  mailboxFull: { tone: "bad", part: "mailboxes" },
  mailboxNearlyFull: { tone: "warn", part: "mailboxes" },
  largeLog: { tone: "warn", part: "logs" },
  ipBytes: { tone: "bad", part: "logs" },
  accountBytes: { tone: "bad", part: "logs" },
  accountNetworks: { tone: "bad", part: "logs" },
  ipSignIns: { tone: "warn", part: "logs" },
  accountSignIns: { tone: "warn", part: "logs" },
  refusedSender: { tone: "warn", part: "logs" },
} as const satisfies Readonly<Record<string, Kind>>;
export type ProblemCode = keyof typeof PROBLEMS;

/** Something that somebody should look at. */
export interface Problem {
  readonly code: ProblemCode;
  /** The account, address, file or error it is about; empty for the whole server. */
  readonly about: string;
  /** Messages, hours, days, bytes, tries or networks, as the code says; 0 where nothing is counted. */
  readonly value: number;
  /** From which on it is a problem; 0 where there is no such bound. */
  readonly bound: number;
}

/** What is counted in a look; `null`: not known here. Times in seconds, mail in messages and bytes. */
export const NUMBERS = [
  "domains",
  "accounts",
  "lists",
  "aliases",
  "queueMessages",
  "queueBytes",
  "queueOldestSeconds",
  "frozenMessages",
  "mailToday",
  "mailBytesToday",
  "mailLastWeek",
  "mailBytesLastWeek",
  "refusedToday",
  "mailboxesFull",
  "mailboxesNearlyFull",
  "certificateDays",
] as const;
export type NumberName = (typeof NUMBERS)[number];

/** All that was found at one time. */
export interface Look {
  /** ISO 8601. */
  readonly at: string;
  /** The bad ones first. */
  readonly problems: readonly Problem[];
  readonly numbers: Readonly<Record<NumberName, number | null>>;
  /** What could not be looked at: nothing is said of it, neither good nor bad. */
  readonly unknown: readonly LookedAt[];
}

/** What has changed since somebody was told last. */
export interface News {
  readonly at: string;
  readonly begun: readonly Problem[];
  readonly over: readonly Pick<Problem, "code" | "about">[];
  /** Problems there are now, new and old. */
  readonly problems: number;
}

export interface WatchBounds {
  readonly queueMessages: number;
  readonly queueHours: number;
  readonly certificateDays: number;
}

export const DEFAULT_BOUNDS: WatchBounds = { queueMessages: 1000, queueHours: 24, certificateDays: 21 };

/** What is kept from one look to the next. */
export interface WatchKept {
  readonly look: Look | null;
  /** By the name of a way: what was told there and is not over. */
  readonly told: Readonly<Record<string, readonly Pick<Problem, "code" | "about">[]>>;
}

/** A way in which news go out: `mail:postmaster@example.com`, `webhook`. */
export interface NewsWay {
  readonly name: string;
  /** Resolves why nobody was told, in English; `null`, when somebody was. */
  tell(news: News): Promise<string | null>;
}

/** Where looks are kept, and who is told. */
export interface Watch {
  readonly bounds: WatchBounds;
  readonly ways: readonly NewsWay[];
  read(): Promise<WatchKept>;
  /** Read, changed and written under one lock. */
  keep(change: (kept: WatchKept) => WatchKept): Promise<void>;
  /** The same on a copy that nobody keeps, and which tells nobody. */
  rehearsing(): Watch;
}
