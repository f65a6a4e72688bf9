import { isAppError } from "../errors/error.ts";

/** What a failure is called. */
export function codeOf(error: unknown): string {
  return isAppError(error) ? error.code : "INTERNAL";
}

/** Messages of ours are made to be shown. */
export function reasonOf(error: unknown): string {
  return isAppError(error) ? error.message : "INTERNAL";
}
