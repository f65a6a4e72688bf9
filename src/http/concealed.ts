import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import type { Secret } from "../errors/secret.ts";

const CIPHER = "aes-256-gcm";
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const SECONDS = 600;

/** What a concealed text is bound to: it opens nowhere else. */
export interface Binding {
  readonly key: Secret;
  readonly audience: string;
  /** Of the session, or of the browser where the host signs people in. */
  readonly owner: string;
  /** Path of the form. */
  readonly place: string;
}

/**
 * Text that travels through a page without being readable in it: AES-256-GCM under a key drawn from the sessions' key,
 * which no page shows. It opens for ten minutes, for the same session, at the same place; a password that was typed need
 * not be typed again after "what will change", and is neither in the page's source nor kept on the server.
 */
export function conceal(binding: Binding, text: string, now: number): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, keyOf(binding), nonce);
  cipher.setAAD(boundTo(binding));
  const body = JSON.stringify({ text, expiresAt: now + SECONDS });
  return Buffer.concat([nonce, cipher.update(body, "utf8"), cipher.final(), cipher.getAuthTag()]).toString(
    "base64url",
  );
}

/** `null` for what we did not conceal for this place and person, and after ten minutes. `now`: seconds since 1970. */
export function unveil(binding: Binding, concealed: string, now: number): string | null {
  const bytes = Buffer.from(concealed, "base64url");
  if (bytes.length < NONCE_BYTES + TAG_BYTES) return null;
  try {
    const decipher = createDecipheriv(CIPHER, keyOf(binding), bytes.subarray(0, NONCE_BYTES));
    decipher.setAAD(boundTo(binding));
    decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
    const body = Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
    const { text, expiresAt } = JSON.parse(body.toString()) as { text: string; expiresAt: number };
    return expiresAt > now ? text : null;
  } catch {
    return null;
  }
}

function keyOf({ key, audience }: Binding): Buffer {
  return Buffer.from(hkdfSync("sha256", key.reveal(), "", `xmailcfg concealed ${audience}`, KEY_BYTES));
}

function boundTo({ owner, place }: Binding): Buffer {
  return Buffer.from(JSON.stringify([owner, place]));
}
