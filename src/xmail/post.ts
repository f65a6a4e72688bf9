import type { CallOptions } from "./call-options.ts";

/** A mail of plain text that XMail is to deliver. */
export interface Letter {
  /** Who wrote it, and gets the answers; the envelope has the null sender, so that nothing bounces for ever. */
  readonly from: string;
  readonly to: string;
  /** One line, any letters. */
  readonly subject: string;
  /** Any letters; lines end in LF. */
  readonly text: string;
  readonly at: Date;
}

/** Gives mail to XMail, where its spool is at hand. */
export interface Post {
  /**
   * Resolves when XMail has it, whole; a stopped XMail delivers it when it is started. `INVALID_INPUT` for an address that is
   * none, `STORAGE_UNSUPPORTED` where files cannot be moved.
   */
  send(letter: Letter, options?: CallOptions): Promise<void>;
}

const PLAIN = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9.-]{1,255}$/;

/** Addresses that can be written to; others are nobody's, and could bring lines into a mail. */
export function isPlainAddress(address: string): boolean {
  return PLAIN.test(address);
}
