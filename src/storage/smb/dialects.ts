import { DIALECTS, type SmbDialect } from "./options.ts";

export interface Dialect {
  readonly name: SmbDialect;
  /** As it stands in messages; a later dialect has a larger one. */
  readonly code: number;
}

const CODES: Readonly<Record<SmbDialect, number>> = {
  "2.0.2": 0x202,
  "2.1": 0x210,
  "3.0": 0x300,
  "3.0.2": 0x302,
  "3.1.1": 0x311,
};

/** Oldest first. Encryption begins with 3.0. */
export function dialectsFrom(oldest: SmbDialect, withEncryption: boolean): readonly Dialect[] {
  return DIALECTS.slice(DIALECTS.indexOf(oldest))
    .map((name) => ({ name, code: CODES[name] }))
    .filter(({ code }) => !withEncryption || code >= 0x300);
}
