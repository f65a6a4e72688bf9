import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { fail } from "../../errors/error.ts";

/** What is known of a server's keys before anything is sent to it. */
export interface KnownKeys {
  /** Whether the server may show this key, given as SSH sends it. */
  accepts(key: Uint8Array): boolean;
  /** Types of the keys, for asking the server for one of them; empty where only fingerprints are known. */
  readonly types: readonly string[];
}

interface KnownLine {
  readonly revoked: boolean;
  readonly type: string;
  readonly key: Buffer;
}

const FINGERPRINT = /^SHA256:([A-Za-z0-9+/]{43})=?$/;

/** `SHA256:…` as `ssh-keygen -lf` prints it. */
export function fingerprintOf(key: Uint8Array): string {
  return `SHA256:${createHash("sha256").update(key).digest("base64").replace(/=+$/, "")}`;
}

/** The type that a key names first, such as `ssh-ed25519`. */
export function typeOf(key: Uint8Array): string {
  const length = Buffer.from(key).readUInt32BE(0);
  return Buffer.from(key.subarray(4, 4 + length)).toString("latin1");
}

/**
 * Reads fingerprints and lines of `known_hosts`, of which only those of this host count. `BAD_CONFIG` for what is neither,
 * and when nothing is left.
 */
export function knownKeys(hostKey: string | readonly string[], host: string, port: number): KnownKeys {
  const lines = [hostKey]
    .flat()
    .flatMap((text) => text.split(/\r?\n/))
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"));
  if (lines.length === 0) {
    fail(
      "BAD_CONFIG",
      "The key of the SFTP server is not given. `ssh-keyscan` and `ssh-keygen -lf` show it.",
    );
  }
  const fingerprints = new Set<string>();
  const keys: KnownLine[] = [];
  for (const line of lines) {
    const [, digest] = FINGERPRINT.exec(line) ?? [];
    if (digest !== undefined) fingerprints.add(`SHA256:${digest}`);
    else keys.push(...keyOfLine(line, host, port));
  }
  const revoked = keys.filter((line) => line.revoked);
  const good = keys.filter((line) => !line.revoked);
  if (fingerprints.size + good.length === 0) {
    fail("BAD_CONFIG", "None of the given keys is one of this SFTP server; the host or its port is another.");
  }
  return {
    accepts(key) {
      if (revoked.some((line) => isSame(line.key, key))) return false;
      return fingerprints.has(fingerprintOf(key)) || good.some((line) => isSame(line.key, key));
    },
    types: fingerprints.size > 0 ? [] : [...new Set(good.map(({ type }) => type))],
  };
}

/** `[@marker] hosts type key [comment]`, see sshd(8). Nothing for other hosts and for authorities, which sign keys. */
function keyOfLine(line: string, host: string, port: number): KnownLine[] {
  const words = line.split(/[ \t]+/);
  const marker = words[0]?.startsWith("@") ? words.shift() : undefined;
  const [hosts = "", type = "", base64 = ""] = words;
  const key = Buffer.from(base64, "base64");
  if (key.length < 8 || !isSame(Buffer.from(typeOf(key)), Buffer.from(type))) {
    fail("BAD_CONFIG", "The key of the SFTP server is neither `SHA256:…` nor a line of known_hosts.");
  }
  if (marker !== undefined && marker !== "@revoked") {
    if (marker === "@cert-authority") return [];
    fail("BAD_CONFIG", "A line of known_hosts begins with an unknown marker.");
  }
  if (!isOfHost(hosts, host, port)) return [];
  return [{ revoked: marker === "@revoked", type, key }];
}

function isOfHost(hosts: string, host: string, port: number): boolean {
  const name = port === 22 ? host.toLowerCase() : `[${host.toLowerCase()}]:${port}`;
  if (hosts.startsWith("|1|")) {
    const [, , salt = "", hash = ""] = hosts.split("|");
    const wanted = createHmac("sha1", Buffer.from(salt, "base64")).update(name).digest();
    return isSame(Buffer.from(hash, "base64"), wanted);
  }
  const patterns = hosts.toLowerCase().split(",");
  if (patterns.some((pattern) => pattern.startsWith("!") && matches(pattern.slice(1), name))) return false;
  return patterns.some((pattern) => !pattern.startsWith("!") && matches(pattern, name));
}

function matches(pattern: string, name: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`).test(name);
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}
