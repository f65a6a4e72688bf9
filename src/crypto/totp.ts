import { timingSafeEqual } from "node:crypto";
import { Secret as Seed, TOTP } from "otpauth";
import { Secret } from "../errors/secret.ts";

/** What every authenticator app takes: others ignore anything else silently, and show wrong codes. */
const SHAPE = { algorithm: "SHA1", digits: 6, period: 30 } as const;
/** RFC 4226 wants 16 bytes at least and recommends 20. */
const SEED_BYTES = 20;
/** Steps before and after the present one that count, too: clocks differ, and people type slowly (RFC 6238, 5.2). */
const WINDOW = 1;

/** A new secret in Base32, as authenticator apps take it. */
export function newTotpSecret(): Secret {
  return new Secret(new Seed({ size: SEED_BYTES }).base32);
}

/** The `otpauth:` address that an app reads off a QR code. `issuer` and `label` name it in the app. */
export function totpUri(secret: Secret, issuer: string, label: string): string {
  return new TOTP({ ...SHAPE, issuer, label, secret: secret.reveal() }).toString();
}

/**
 * The step of 30 seconds whose code this is; `null` when it is none near `now`, or none later than `after`, the last one
 * that was used. Takes the same time for every code.
 */
export function stepOfCode(secret: Secret, code: string, now: Date, after: number): number | null {
  const seed = Seed.fromBase32(secret.reveal());
  const given = Buffer.from(/^\d{6}$/.test(code) ? code : "      ");
  const present = Math.floor(now.getTime() / 1000 / SHAPE.period);
  let found: number | null = null;
  for (let step = present + WINDOW; step >= present - WINDOW; step--) {
    const timestamp = step * SHAPE.period * 1000;
    const wanted = Buffer.from(TOTP.generate({ ...SHAPE, secret: seed, timestamp }));
    if (timingSafeEqual(given, wanted) && step > after) found = step;
  }
  return found;
}
