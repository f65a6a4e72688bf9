import { createHash } from "node:crypto";
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import { isoBase64URL } from "@simplewebauthn/server/helpers";
import type { KeptPasskey } from "../kernel/second-factor.ts";

/** Where a passkey counts: it is bound to the host, and the browser says from which origin it was asked. */
export interface PasskeyPlace {
  /** Origin as browsers see it, and never what a form says. */
  readonly origin: string;
  /** Shown by the browser beside the host. */
  readonly name: string;
}

/** What a browser is asked, as JSON, and what its answer must hold. */
export interface PasskeyAsked {
  readonly options: string;
  readonly challenge: string;
}

/** Of a passkey that was made, without what only we say of it. */
export type MadePasskey = Pick<KeptPasskey, "id" | "publicKey" | "counter" | "transports">;

type Registered = Parameters<typeof verifyRegistrationResponse>[0]["response"];
type Shown = Parameters<typeof verifyAuthenticationResponse>[0]["response"];

/** Browsers make passkeys for names alone, over TLS or on the machine itself (WebAuthn, 5.1.3 and 13.4.9). */
export function takesPasskeys(origin: string): boolean {
  const { protocol, hostname } = new URL(origin);
  if (/^[\d.]+$|^\[/.test(hostname)) return false;
  return protocol === "https:" || hostname === "localhost" || hostname.endsWith(".localhost");
}

export async function askToMake(
  place: PasskeyPlace,
  person: { readonly id: string; readonly name: string },
  known: readonly KeptPasskey[],
): Promise<PasskeyAsked> {
  const options = await generateRegistrationOptions({
    rpName: place.name,
    rpID: new URL(place.origin).hostname,
    userName: person.name,
    // 64 bytes at most, and nothing that says who it is (WebAuthn, 14.6.1).
    userID: new Uint8Array(createHash("sha256").update(person.id).digest()),
    excludeCredentials: known.map(described),
    authenticatorSelection: { residentKey: "discouraged", userVerification: "required" },
  });
  return { options: JSON.stringify(options), challenge: options.challenge };
}

/** `null` for what is no good answer to `challenge`, whatever is wrong with it. */
export async function madeFrom(
  { origin }: PasskeyPlace,
  challenge: string,
  credential: string,
): Promise<MadePasskey | null> {
  try {
    const response = JSON.parse(credential) as Registered;
    const { registrationInfo } = await verifyRegistrationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: new URL(origin).hostname,
      requireUserVerification: true,
    });
    if (!registrationInfo) return null;
    const { id, publicKey, counter } = registrationInfo.credential;
    const { transports = [] } = response.response;
    const known = transports.filter((way) => typeof way === "string" && way.length <= 32).slice(0, 16);
    return { id, publicKey: isoBase64URL.fromBuffer(publicKey), counter, transports: known };
  } catch {
    return null;
  }
}

export async function askToShow(
  { origin }: PasskeyPlace,
  known: readonly KeptPasskey[],
): Promise<PasskeyAsked> {
  const options = await generateAuthenticationOptions({
    rpID: new URL(origin).hostname,
    allowCredentials: known.map(described),
    userVerification: "required",
  });
  return { options: JSON.stringify(options), challenge: options.challenge };
}

/** Which of the passkeys it was, and how often that one was used; `null` for none of them. */
export async function shownBy(
  { origin }: PasskeyPlace,
  known: readonly KeptPasskey[],
  challenge: string,
  credential: string,
): Promise<{ readonly id: string; readonly counter: number } | null> {
  try {
    const response = JSON.parse(credential) as Shown;
    const passkey = known.find(({ id }) => id === response.id);
    if (!passkey) return null;
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: new URL(origin).hostname,
      requireUserVerification: true,
      credential: {
        id: passkey.id,
        publicKey: isoBase64URL.toBuffer(passkey.publicKey),
        counter: passkey.counter,
      },
    });
    return verified ? { id: passkey.id, counter: authenticationInfo.newCounter } : null;
  } catch {
    return null;
  }
}

function described({ id, transports }: KeptPasskey) {
  return { id, transports: [...transports] };
}
