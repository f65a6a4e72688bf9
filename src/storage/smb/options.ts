import type { Secret } from "../../errors/secret.ts";

/** Dialects of SMB 2 and 3, oldest first. */
export const DIALECTS = ["2.0.2", "2.1", "3.0", "3.0.2", "3.1.1"] as const;
export type SmbDialect = (typeof DIALECTS)[number];

/** A share of a Windows or Samba server, reached by NTLMv2; no Kerberos, no DFS. */
export interface SmbOptions {
  readonly host: string;
  /** Default 445. */
  readonly port?: number;
  readonly share: string;
  /** Folder of the share that is the root, parts joined by `/`; the share itself if absent. */
  readonly root?: string;
  readonly user: string;
  /** Windows domain or workgroup of the account; the server's own accounts if absent. */
  readonly domain?: string;
  readonly password: Secret;
  /** Servers that speak only older ones are refused; default `2.0.2`. */
  readonly minDialect?: SmbDialect;
  /** Default true: answers without a valid signature (or encryption) are refused. */
  readonly requireSigning?: boolean;
  /** Default false: encrypt where the server demands it. True refuses servers below 3.0. */
  readonly requireEncryption?: boolean;
  /** Milliseconds for connecting and signing in; default 10,000. */
  readonly connectTimeoutMs?: number;
  /** Milliseconds without an answer after which a call fails and the connection is closed; default 30,000. */
  readonly timeoutMs?: number;
}
