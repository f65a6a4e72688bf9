import type { Secret } from "../errors/secret.ts";

/** A passkey as it may be shown. */
export interface Passkey {
  readonly id: string;
  readonly name: string;
  readonly createdAt: string;
  /** ISO 8601; empty for never. */
  readonly lastUsedAt: string;
}

/** What somebody has besides his password. */
export interface FactorsOf {
  readonly totp: boolean;
  /** Recovery codes that are not used yet. */
  readonly recoveryLeft: number;
  readonly passkeys: readonly Passkey[];
}

/** A passkey with what checks it: base64url of the COSE public key, and how often it was used. */
export interface KeptPasskey extends Passkey {
  readonly publicKey: string;
  readonly counter: number;
  readonly transports: readonly string[];
}

/** Who the owner of an account is where people have their ids: `owner:hana@example.com`. */
export function ownerIdOf({ domain, name }: { readonly domain: string; readonly name: string }): string {
  return `owner:${name}@${domain}`.toLowerCase();
}

/** The account whose owner has the id; `null` for people. */
export function accountOfOwner(id: string): { readonly domain: string; readonly name: string } | null {
  const [, name, domain] = /^owner:([^@\s]+)@([^@\s]+)$/.exec(id) ?? [];
  return name === undefined || domain === undefined ? null : { domain, name };
}

/** `owner` is a person's id, or that of the owner of an account. */
export interface SecondFactors {
  of(owner: string): Promise<FactorsOf>;
  /** A new secret (Base32) that counts once `confirmTotp` saw a code of it. */
  beginTotp(owner: string): Promise<Secret>;
  /** Resolves ten new recovery codes, to be shown once; `null` when the code is wrong. */
  confirmTotp(owner: string, code: string, now: Date): Promise<readonly Secret[] | null>;
  removeTotp(owner: string): Promise<void>;
  /** Older ones are over. */
  newRecoveryCodes(owner: string): Promise<readonly Secret[]>;
  /** A code of the authenticator, or a recovery code: each counts once. */
  isCode(owner: string, code: string, now: Date): Promise<boolean>;
  passkeys(owner: string): Promise<readonly KeptPasskey[]>;
  addPasskey(owner: string, passkey: KeptPasskey): Promise<void>;
  /** `NOT_FOUND`. */
  removePasskey(owner: string, id: string): Promise<void>;
  /** Refuses (`false`) a counter that did not grow: the passkey was copied. */
  notePasskeyUse(owner: string, id: string, counter: number, at: Date): Promise<boolean>;
  /** Of somebody who is gone. */
  forget(owner: string): Promise<void>;
  /** Of all mailboxes of a domain that is gone. */
  forgetDomain(domain: string): Promise<void>;
}
