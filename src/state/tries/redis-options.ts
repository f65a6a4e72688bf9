import type { Secret } from "../../errors/secret.ts";

/** The way to a Redis server. */
export interface RedisOptions {
  readonly host: string;
  /** 6379 if absent. */
  readonly port?: number;
  /** ACL user; the password alone is that of `requirepass`. */
  readonly user?: string;
  readonly password?: Secret;
  /** Number of the database; 0 if absent. */
  readonly database?: number;
  /** The certificate is always verified: by the system's authorities, or by `ca` (PEM). */
  readonly tls?: { readonly ca?: string; readonly servername?: string };
  /** Longest wait for connecting and an answer together; 2,000 if absent. */
  readonly timeoutMs?: number;
}
