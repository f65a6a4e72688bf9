import type { CallOptions } from "./call-options.ts";
import type { Finding } from "./check.ts";

export interface ServerStatus {
  /** False when the control port cannot be reached or refuses the sign-in, or when working on a stopped server. */
  readonly reachable: boolean;
  /** From the greeting, like `XMail 1.27`; `null` when not reachable. */
  readonly version: string | null;
  /** Error code of the failure, when the server could not be reached, or the storage that lists are read from. */
  readonly problem: string | null;
  /** How changes are made: by the control protocol, or in the files of a stopped server. */
  readonly mode: "ctrl" | "tab" | "ctrl+files";
  /** Whether the line to XMail is encrypted or never leaves the machine. */
  readonly transport: "tls" | "loopback" | "clear" | "files";
  /** The storage that lists are read from, or all is; `null` when there is none. */
  readonly storage: ServerStorage | null;
}

export interface ServerStorage {
  /** The driver's: `local`, `smb`, `sftp`, … */
  readonly kind: string;
  /** Name of the machine; `null` for this one, or when not known. */
  readonly host: string | null;
}

export interface ServerStore {
  /** Never throws for an unreachable server: that is its answer. */
  status(options?: CallOptions): Promise<ServerStatus>;
  /**
   * Tries every connection from end to end, with a scratch file where there is a storage; leaves nothing behind. What
   * goes wrong is a finding, never a rejection.
   */
  check(options?: CallOptions): Promise<readonly Finding[]>;
  /** The account of `ctrlaccounts.tab` that xmailcfg itself signs in with; `null` when it needs none. */
  readonly account: string | null;
  /** Stops XMail, within about 4 s. This and the next two: `XMAIL_STOPPED` when working on a stopped server. */
  stop(options?: CallOptions): Promise<void>;
  /** Fetches from all POP3 links, within about 2 s. */
  fetchPop3Links(options?: CallOptions): Promise<void>;
  /** Delivers at once what waits for recipients (or, without `@`, domains) that fit the pattern. */
  flushQueue(pattern: string, options?: CallOptions): Promise<void>;
  /**
   * The address that XMail sees xmailcfg come from, by our end of the connection; with address translation between them it
   * sees another one. Absent when nothing connects.
   */
  ownAddress?(options?: CallOptions): Promise<string | null>;
  /** What the configuration knows of the program itself; absent: nothing. */
  readonly program?: ServerProgram;
}

/** XMail as a program of its machine. */
export interface ServerProgram {
  /** Runs the configured command; `null` when there is none. `SERVICE_FAILED` when it does not end well. */
  readonly restart: (() => Promise<void>) | null;
  /** Program and first arguments, on XMail's machine, of what answers mail; `null` when none is configured. */
  readonly answerProgram: readonly string[] | null;
  /** The line of start parameters, where the configuration says how to read it; `null` otherwise. */
  startLine(): Promise<string | null>;
}
