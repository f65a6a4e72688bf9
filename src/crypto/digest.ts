import { createHash, timingSafeEqual } from "node:crypto";

/**
 * The password token of a digest sign-in at XMail's control port: `#` and the hex MD5 of challenge and password.
 * `challenge` is a byte string with its angle brackets, as the greeting had it.
 */
export function loginDigest(challenge: string, password: string): string {
  const hash = createHash("md5");
  hash.update(challenge, "latin1");
  hash.update(password, "utf8");
  return `#${hash.digest("hex")}`;
}

/** SHA-256 of a certificate in DER, as OpenSSL prints it: `AB:CD:…`. */
export function certificateFingerprint(der: Uint8Array): string {
  const hex = createHash("sha256").update(der).digest("hex").toUpperCase();
  return (hex.match(/../g) ?? []).join(":");
}

/** A SHA-256 fingerprint in any usual writing (`ab:cd…`, `ABCD…`, `SHA256 …`) as 64 hex digits; `null` if it is none. */
export function readFingerprint(text: string): string | null {
  const hex = text
    .trim()
    .replace(/^sha-?256(?:\s+fingerprint)?[\s:=]+/i, "")
    .replace(/[:\s]/g, "")
    .toLowerCase();
  return /^[0-9a-f]{64}$/.test(hex) ? hex : null;
}

/** Compares two SHA-256 fingerprints in whatever writing, in constant time; false when one is none. */
export function sameFingerprint(a: string, b: string): boolean {
  const [left, right] = [readFingerprint(a), readFingerprint(b)];
  if (left === null || right === null) return false;
  return timingSafeEqual(Buffer.from(left, "hex"), Buffer.from(right, "hex"));
}
