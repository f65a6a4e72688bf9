import type { ErrorCode } from "../../errors/codes.ts";
import type { Text } from "../text/en.ts";

/** What can be done about an error; how long to wait, where that is known. */
export function adviceFor(
  t: Text,
  { code, retryAfterSeconds }: { readonly code: ErrorCode; readonly retryAfterSeconds?: number },
): string {
  if (code !== "TOO_MANY_TRIES" || retryAfterSeconds === undefined) return t.errors[code].advice;
  return t.failure.waitMinutes(Math.ceil(retryAfterSeconds / 60));
}
