import { createHmac, timingSafeEqual } from "node:crypto";
import type { Secret } from "../errors/secret.ts";

/** What a signature is for; one made for one purpose never passes for another. */
export type Purpose = "session" | "flash" | "visitor" | "csrf" | "device";

export function signatureOf(key: Secret, purpose: Purpose, audience: string, text: string): string {
  const mac = createHmac("sha256", key.reveal());
  return mac.update(JSON.stringify(["xmailcfg", 1, purpose, audience, text])).digest("base64url");
}

export function sameSignature(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** `value` as text for a cookie: readable by anybody, written only by us. */
export function seal(key: Secret, purpose: Purpose, audience: string, value: object): string {
  const text = Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${text}.${signatureOf(key, purpose, audience, text)}`;
}

/** What `seal` was given, or `null` for anything we did not seal for this purpose and audience. */
export function unseal(key: Secret, purpose: Purpose, audience: string, sealed: string): unknown {
  const [text = "", signature = "", ...more] = sealed.split(".");
  if (more.length > 0 || !sameSignature(signature, signatureOf(key, purpose, audience, text))) return null;
  return JSON.parse(Buffer.from(text, "base64url").toString());
}
