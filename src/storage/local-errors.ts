import type { ErrorCode } from "../errors/codes.ts";
import { AppError, fail, isAppError } from "../errors/error.ts";
import type { StoragePath } from "./path.ts";

/** Whether the caller wanted what is there, or wanted to put something there: decides what a thing of the wrong kind means. */
export type Aim = "find" | "put";

const CODES: Readonly<Record<string, ErrorCode>> = {
  ENOENT: "STORAGE_NOT_FOUND",
  EEXIST: "STORAGE_EXISTS",
  ENOTEMPTY: "STORAGE_EXISTS",
  EACCES: "STORAGE_DENIED",
  EPERM: "STORAGE_DENIED",
  EROFS: "STORAGE_DENIED",
  ELOOP: "STORAGE_DENIED",
  ENXIO: "STORAGE_DENIED",
  ENAMETOOLONG: "STORAGE_PATH",
  EXDEV: "STORAGE_UNSUPPORTED",
  ABORT_ERR: "ABORTED",
};

/** Runs `work`; what the file system throws becomes an `AppError` that tells strangers no path. */
export async function mapped<T>(path: StoragePath, aim: Aim, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw asAppError(error, path, aim);
  }
}

export function asAppError(error: unknown, path: StoragePath, aim: Aim): AppError {
  if (isAppError(error)) return error;
  const errno = errnoOf(error);
  return new AppError(codeFor(errno, aim), undefined, { cause: error, internal: { path, errno } });
}

export function errnoOf(error: unknown): string {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === "string" ? code : "";
}

/** Resolves `null` where the file system says that there is nothing. */
export async function orNull<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (errnoOf(error) === "ENOENT") return null;
    throw error;
  }
}

/** A link that leads out of the root or nowhere, a device, a pipe. */
export function refusePlace(path: string): never {
  return fail("STORAGE_DENIED", "This name leads out of the storage, or is neither a file nor a folder.", {
    internal: { path },
  });
}

function codeFor(errno: string, aim: Aim): ErrorCode {
  if (errno === "ENOTDIR" || errno === "EISDIR")
    return aim === "find" ? "STORAGE_NOT_FOUND" : "STORAGE_EXISTS";
  return CODES[errno] ?? "STORAGE_FAILED";
}
