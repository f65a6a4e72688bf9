import { createHash, randomInt, timingSafeEqual } from "node:crypto";
import { Secret } from "../errors/secret.ts";

const HOW_MANY = 10;
const GROUPS = 4;
const GROUP = 4;
/** Without what looks alike on paper: 0 and O, 1, I and L. Sixteen of them are 79 bits, which nobody guesses. */
const LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";

/** Ten codes such as `7KQM-2XWP-…`, for when the authenticator is lost. */
export function newRecoveryCodes(): readonly Secret[] {
  return Array.from({ length: HOW_MANY }, () => new Secret(Array.from({ length: GROUPS }, group).join("-")));
}

/** How a code is kept. A fast digest is enough for 79 random bits; it needs no key, so codes outlive a lost one. */
export function recoveryDigest(owner: string, code: string): string {
  const letters = code.toUpperCase().replace(/[^A-Z0-9]/g, "");
  return createHash("sha256")
    .update(JSON.stringify(["recovery", owner, letters]))
    .digest("hex");
}

/** Where in `kept` the digest stands; `-1` for nowhere. Looks at all of them, whatever it finds. */
export function placeOfDigest(kept: readonly string[], digest: string): number {
  const given = Buffer.from(digest, "hex");
  let found = -1;
  for (const [at, one] of kept.entries()) if (timingSafeEqual(given, Buffer.from(one, "hex"))) found = at;
  return found;
}

function group(): string {
  return Array.from({ length: GROUP }, () => LETTERS[randomInt(LETTERS.length)]).join("");
}
