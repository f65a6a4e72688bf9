import { encodePassword } from "../crypto/password-code.ts";

/**
 * The password behind a code as the server reads it; `null` when it is none. More lenient than `decodePassword`: of
 * each two digits the second may be anything.
 */
export function readPassword(code: string): string | null {
  if (code.length % 2 !== 0) return null;
  let coded = "";
  for (const pair of code.match(/../gs) ?? []) {
    const digits = /^[0-9a-fA-F]{1,2}/.exec(pair)?.[0];
    if (digits === undefined) return null;
    coded += String.fromCharCode(Number.parseInt(digits, 16));
  }
  // The coding is its own inverse.
  return Buffer.from(encodePassword(coded), "hex").toString("latin1");
}
