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
}
