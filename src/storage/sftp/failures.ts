import type { ErrorCode } from "../../errors/codes.ts";
import { AppError, fail, hasCode, isAppError } from "../../errors/error.ts";
import { STATUS } from "./wire.ts";

/** The server said no. */
interface Refusal extends Error {
  readonly status: number;
}

const CODES: Readonly<Record<number, ErrorCode>> = {
  [STATUS.NO_SUCH_FILE]: "STORAGE_NOT_FOUND",
  [STATUS.PERMISSION_DENIED]: "STORAGE_DENIED",
  // OpenSSH says so of names that are too long and of folders moved into themselves.
  [STATUS.BAD_MESSAGE]: "STORAGE_PATH",
  [STATUS.OP_UNSUPPORTED]: "STORAGE_UNSUPPORTED",
};

export function refusal(status: number, text: string): Refusal {
  return Object.assign(new Error(`SFTP status ${status}: ${text}`), { status });
}

/** The status by which the server refused; `null` for everything else that may go wrong. */
export function statusOf(error: unknown): number | null {
  const { status } = (error ?? {}) as { status?: unknown };
  return error instanceof Error && !isAppError(error) && typeof status === "number" ? status : null;
}

/** Resolves `null` where the server says that there is nothing. */
export async function orNull<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (statusOf(error) === STATUS.NO_SUCH_FILE) return null;
    throw error;
  }
}

/** What came of the server becomes an `AppError` that tells strangers no path. */
export function asAppError(error: unknown, path: string): AppError {
  if (isAppError(error)) return error;
  const status = statusOf(error);
  const code = (status === null ? undefined : CODES[status]) ?? "STORAGE_FAILED";
  return new AppError(code, undefined, { cause: error, internal: { path, status } });
}

/** A link that leads out of the root or nowhere, a device, a pipe. */
export function refusePlace(path: string): never {
  return fail("STORAGE_DENIED", "This name leads out of the storage, or is neither a file nor a folder.", {
    internal: { path },
  });
}

/** The connection is no more; what was asked last may have been done. */
export function lineLost(why: "closed" | "silent", cause?: unknown): AppError {
  const message =
    why === "silent"
      ? "The SFTP server does not answer any more."
      : "The connection to the SFTP server broke off.";
  return new AppError("STORAGE_FAILED", message, { cause, internal: { lost: why } });
}

export function isLineLost(error: unknown): error is AppError {
  return hasCode(error, "STORAGE_FAILED") && error.internal["lost"] !== undefined;
}
