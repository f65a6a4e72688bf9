import { failField } from "../errors/error.ts";

/** Characters of a reason. */
const LONGEST_REASON = 200;

/** Why somebody makes a change, on one line; `undefined` for nothing but blanks. `INVALID_INPUT`. */
export function checkedReason(given: string | undefined): string | undefined {
  const reason = given?.trim() ?? "";
  if (reason === "") return undefined;
  if (/[\p{Cc}\u2028\u2029]/u.test(reason)) failField("reason", "one-line", "reason: one line of text");
  if ([...reason].length > LONGEST_REASON) {
    failField("reason", "maxLength", `reason has ${LONGEST_REASON} characters at most.`, LONGEST_REASON);
  }
  return reason;
}
