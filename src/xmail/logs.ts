import type { CallOptions } from "./call-options.ts";
import type { LogColumn, LogKind } from "./log-kinds.ts";

/** One file of a log: XMail begins a new one every so many hours. */
export interface LogFile {
  /** `smtp-202611240000` */
  readonly name: string;
  readonly kind: LogKind;
  /** Start of its period on the clock of the mail server: `2026-11-24 00:00`. */
  readonly begins: string;
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since 1970; 0 where the storage has no times. */
  readonly mtimeMs: number;
}

/** Where a line stands. */
export interface LogPlace {
  readonly file: string;
  /** Byte at which the line begins. */
  readonly offset: number;
}

export type LogCells = Partial<Readonly<Record<LogColumn, string>>>;

/** A line of a log. Passwords are `***` here already; bytes that are no UTF-8 stand as `\xE9`. */
export interface LogRow extends LogPlace {
  readonly kind: LogKind;
  readonly cells: LogCells;
  /** A part is missing: the line is still being written, or was cut. */
  readonly broken: boolean;
}

/** All that is given must fit. Texts are compared without regard to case. */
export interface LogFilter {
  readonly kinds?: readonly LogKind[];
  /** First and last second, as the log writes them: `2026-11-24 08:33:24`. What has no time fits neither. */
  readonly since?: string;
  readonly until?: string;
  /** Sender or recipient, also of copies: an address, or `@example.com` for all of a domain. */
  readonly address?: string;
  /** Who signed in: an address, or a name without a domain. */
  readonly account?: string;
  /** Address of the client, or how it begins when it ends in `.` or `:`. */
  readonly ip?: string;
  /** Id of the message, or the name of its spool file. */
  readonly id?: string;
  /** A status, or how it begins: `RCPT=EFULL`, `AUTH`. */
  readonly status?: string;
  /** Part of any cell but a password. */
  readonly text?: string;
}

export interface LogSearch extends LogFilter {
  readonly order: "newest" | "oldest";
  readonly limit: number;
  /** `next` of an earlier answer. */
  readonly after?: string;
  /** Most bytes to look through; then the answer is what was found so far. */
  readonly most?: number;
  /** Leaves out lines; absent: none. */
  visible?(row: LogRow): boolean;
}

export interface LogFound {
  readonly rows: readonly LogRow[];
  /** Where to go on; `null` at the end. */
  readonly next: string | null;
  /** Bytes looked at. */
  readonly looked: number;
}

/** How often, and how much. */
export interface LogCount {
  readonly key: string;
  readonly lines: number;
  /** Messages taken in: one each, however many have received it. */
  readonly messages: number;
  /** Bytes of those messages. */
  readonly bytes: number;
  /** Lines that refuse something. */
  readonly refused: number;
}

export const LOG_GROUPS = ["hour", "day", "domain", "account", "ip", "status", "sender"] as const;
/** Two together, with a TAB between: status and client of what was refused, account and client of who signed in to send. */
export const LOG_PAIRS = ["statusIp", "accountIp"] as const;
export type LogGroup = (typeof LOG_GROUPS)[number] | (typeof LOG_PAIRS)[number];

export interface LogTally {
  readonly groups: Partial<Readonly<Record<LogGroup, readonly LogCount[]>>>;
  readonly total: LogCount;
  /** Lines that are none, or have no time. */
  readonly broken: number;
  /** Too many different ones to tell apart: the rest was counted together, under the key `*`. */
  readonly cut: readonly LogGroup[];
}

export interface LogTallyRequest {
  readonly kind: "smtp" | "pop3";
  readonly groups: readonly LogGroup[];
  readonly since?: string;
  readonly until?: string;
  /** Only lines about this domain: of its recipients, of its people who signed in, of its senders to elsewhere. */
  readonly domain?: string;
}

export interface LogCall extends CallOptions {
  progress?(done: number, total?: number): void;
}

/** XMail's logs, read and never changed. There where the MailRoot is at hand; its control port tells none of them. */
export interface LogStore {
  /** The newest first. Nothing, when XMail writes none. */
  files(call?: CallOptions): Promise<readonly LogFile[]>;
  /** `INVALID_INPUT` for `after` of nobody. */
  search(request: LogSearch, call?: LogCall): Promise<LogFound>;
  tally(request: LogTallyRequest, call?: LogCall): Promise<LogTally>;
}
