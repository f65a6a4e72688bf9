import { isIP } from "node:net";
import { readFingerprint } from "../crypto/digest.ts";
import { fail, isAppError } from "../errors/error.ts";
import { type Secret, secret } from "../errors/secret.ts";
import { encodeLogin } from "./wire.ts";

/**
 * The certificate is always verified: against the system's authorities, against `ca`, or by its pinned `fingerprint`
 * (which is enough for a self-signed one). With both `ca` and `fingerprint` both must fit. There is no way to turn
 * verification off.
 */
export interface CtrlTls {
  /** `upgrade`: `#!TLS` on the control port; `direct`: the CTRLS port. */
  readonly mode: "upgrade" | "direct";
  /** Certificates of authorities, PEM. */
  readonly ca?: string | Uint8Array | readonly (string | Uint8Array)[];
  /** SHA-256 of the server's certificate, 64 hex digits with or without colons. */
  readonly fingerprint?: string;
  /** Name the certificate must bear, when it is not `host`. */
  readonly servername?: string;
}

export interface CtrlOptions {
  readonly host: string;
  /** Default 6017, or 6018 with `tls.mode: "direct"`. */
  readonly port?: number;
  /** An account of `ctrlaccounts.tab`. */
  readonly account: string;
  readonly password: string | Secret;
  /** Default `digest`. `clear` sends the password as it is, and XMail may log it. */
  readonly login?: "digest" | "clear";
  readonly tls?: CtrlTls;
  /** For connecting, TLS, greeting and sign-in together. Milliseconds, default 10,000. */
  readonly openTimeoutMs?: number;
  /** For one command, without the time its list waits for a slow reader. Milliseconds, default 60,000. */
  readonly commandTimeoutMs?: number;
  /** Most commands under way on one connection, default 256. */
  readonly window?: number;
  /** Most connections, default 4. */
  readonly connections?: number;
  /** An unused connection is closed after this; XMail does so after 120 s. Milliseconds, default 30,000. */
  readonly idleMs?: number;
}

/** `CtrlOptions` checked and completed. */
export interface CtrlSettings {
  readonly host: string;
  readonly port: number;
  readonly account: string;
  readonly password: Secret;
  readonly login: "digest" | "clear";
  readonly tls: CtrlTls | null;
  readonly openTimeoutMs: number;
  readonly commandTimeoutMs: number;
  readonly window: number;
  readonly connections: number;
  readonly idleMs: number;
}

/** `BAD_CONFIG` names the option at fault. */
export function readOptions(options: CtrlOptions): CtrlSettings {
  const { host, account, tls } = options;
  const password = secret(options.password);
  const login = options.login ?? "digest";
  if (host === "") refuse("host", "The host of XMail is missing.");
  if (login !== "digest" && login !== "clear") refuse("login", "login is digest or clear.");
  if (account === "") refuse("account", "The control account is missing.");
  if (password.reveal() === "") refuse("password", "The password of the control account is missing.");
  if (login === "clear" && password.reveal().startsWith("#")) {
    refuse("password", "A password that begins with # works only with the digest sign-in.");
  }
  checkLogin(account, login === "clear" ? password.reveal() : `#${"0".repeat(32)}`);
  if (tls !== undefined) checkTls(tls);
  return {
    host,
    account,
    password,
    login,
    tls: tls ?? null,
    port: whole("port", options.port ?? (tls?.mode === "direct" ? 6018 : 6017), 65_535),
    openTimeoutMs: whole("openTimeoutMs", options.openTimeoutMs ?? 10_000),
    commandTimeoutMs: whole("commandTimeoutMs", options.commandTimeoutMs ?? 60_000),
    window: whole("window", options.window ?? 256, 1024),
    connections: whole("connections", options.connections ?? 4, 256),
    idleMs: whole("idleMs", options.idleMs ?? 30_000),
  };
}

/** Whether the line to `host` never leaves this machine. */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase();
  return name === "localhost" || name === "::1" || (isIP(name) === 4 && name.startsWith("127."));
}

function checkTls({ mode, ca, fingerprint, servername }: CtrlTls): void {
  if (mode !== "upgrade" && mode !== "direct") refuse("tls", "tls.mode is upgrade or direct.");
  if (fingerprint !== undefined && readFingerprint(fingerprint) === null) {
    refuse("tls", "tls.fingerprint is not a SHA-256 fingerprint (64 hex digits).");
  }
  // An empty list of authorities would quietly mean another thing than it says.
  if (ca !== undefined && ca.length === 0) refuse("tls", "tls.ca is empty.");
  if (servername === "") refuse("tls", "tls.servername is empty.");
}

function checkLogin(account: string, token: string): void {
  try {
    encodeLogin(account, token);
  } catch (error) {
    if (!isAppError(error)) throw error;
    refuse(error.fields[0]?.field ?? "account", error.message);
  }
}

function whole(field: string, value: number, most = 2_147_483_647): number {
  if (!Number.isInteger(value) || value < 1 || value > most) {
    refuse(field, `${field} must be a whole number from 1 to ${most}.`);
  }
  return value;
}

function refuse(field: string, message: string): never {
  return fail("BAD_CONFIG", message, { fields: [{ field, rule: "invalid", message }] });
}
