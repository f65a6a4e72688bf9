import { AppError, isAppError } from "../../errors/error.ts";

/** The connection is no more; what was asked may have been done or not. */
export function lostConnection(
  cause: unknown,
  message = "The connection to the file server broke.",
): AppError {
  return new AppError("STORAGE_FAILED", message, { cause, internal: { lost: true } });
}

export function isLost(error: unknown): boolean {
  return isAppError(error) && error.internal["lost"] === true;
}
