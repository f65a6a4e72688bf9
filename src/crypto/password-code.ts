const KEY = 101;

/**
 * XMail's coding of passwords in `mailusers.tab`, `ctrlaccounts.tab` and `pop3links.tab`: each byte XOR 101, in two
 * lower-case hex digits. Whoever can read the file has the password. `password` is a byte string.
 */
export function encodePassword(password: string): string {
  return flip(Buffer.from(password, "latin1")).toString("hex");
}

/** The password as a byte string; `null` when `coded` is no such code. */
export function decodePassword(coded: string): string | null {
  if (!/^(?:[0-9a-fA-F]{2})*$/.test(coded)) return null;
  return flip(Buffer.from(coded, "hex")).toString("latin1");
}

function flip(bytes: Buffer): Buffer {
  return Buffer.from(bytes.map((byte) => byte ^ KEY));
}
