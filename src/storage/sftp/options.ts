import type { Secret } from "../../errors/secret.ts";

/** A folder of a Unix machine, by the SFTP of its SSH server. Needs the package `ssh2` beside xmailcfg. */
export interface SftpOptions {
  readonly host: string;
  /** Default 22. */
  readonly port?: number;
  readonly user: string;
  /**
   * The key the server must show, at least one: `SHA256:…` as `ssh-keygen -lf` prints it, or lines of a `known_hosts` file.
   * Without any there is no connection: a stranger in between would get the password.
   */
  readonly hostKey: string | readonly string[];
  /** Absolute path of the folder that is the root. */
  readonly root: string;
  readonly password?: Secret;
  /** Text of a private key, OpenSSH or PEM. */
  readonly privateKey?: Secret;
  readonly passphrase?: Secret;
  /** Socket of an SSH agent, or `pageant`. */
  readonly agent?: string;
  /** Milliseconds for connecting and signing in; default 10,000. */
  readonly connectTimeoutMs?: number;
  /** Milliseconds without an answer after which a call fails and the connection is closed; default 30,000. */
  readonly timeoutMs?: number;
}
