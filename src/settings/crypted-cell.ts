import { decodePassword, encodePassword } from "../crypto/password-code.ts";
import { cellOf } from "../tab/codec.ts";

/** A password as `ctrlaccounts.tab` and `pop3links.tab` hold it; it can be read back by whoever sees the file. */
export function cryptedCell(password: string): string {
  return encodePassword(cellOf(password));
}

/** Whether XMail can read it. */
export function isCryptedCell(cell: string): boolean {
  return decodePassword(cell) !== null;
}
