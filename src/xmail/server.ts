import type { CallOptions } from "./call-options.ts";

export interface ServerStatus {
  /** False when the control port cannot be reached or refuses the sign-in, or when working on a stopped server. */
  readonly reachable: boolean;
  /** From the greeting, like `XMail 1.27`; `null` when not reachable. */
  readonly version: string | null;
  /** Error code of the failure, when not reachable and it was tried. */
  readonly problem: string | null;
  /** How changes are made: by the control protocol, or in the files of a stopped server. */
  readonly mode: "ctrl" | "tab" | "ctrl+files";
  /** Whether the line to XMail is encrypted or never leaves the machine. */
  readonly transport: "tls" | "loopback" | "clear" | "files";
}

export interface ServerStore {
  /** Never throws for an unreachable server: that is its answer. */
  status(options?: CallOptions): Promise<ServerStatus>;
}
