import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { Secret } from "../errors/secret.ts";

const CIPHER = "aes-256-gcm";
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** A key for one purpose, drawn from a key for many: nobody gets from the one to the other. */
export function keyFor(key: Secret, purpose: string): Uint8Array {
  return Buffer.from(hkdfSync("sha256", key.reveal(), "", `xmailcfg ${purpose}`, KEY_BYTES));
}

/** AES-256-GCM; opens only with the same key and for the same `owner`. */
export function sealText(key: Uint8Array, owner: string, text: Secret): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce);
  cipher.setAAD(Buffer.from(owner));
  const sealed = [nonce, cipher.update(text.reveal(), "utf8"), cipher.final(), cipher.getAuthTag()];
  return Buffer.concat(sealed).toString("base64url");
}

/** `null` for what was sealed with another key or for somebody else. */
export function unsealText(key: Uint8Array, owner: string, sealed: string): Secret | null {
  const bytes = Buffer.from(sealed, "base64url");
  if (bytes.length < NONCE_BYTES + TAG_BYTES) return null;
  const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE_BYTES));
  decipher.setAAD(Buffer.from(owner));
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  const begun = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES));
  try {
    return new Secret(Buffer.concat([begun, decipher.final()]).toString());
  } catch {
    return null;
  }
}
