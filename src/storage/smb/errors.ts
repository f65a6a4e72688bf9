import type { ErrorCode } from "../../errors/codes.ts";
import { AppError, fail, isAppError } from "../../errors/error.ts";
import type { StoragePath } from "../path.ts";
import type { Reply } from "./messages.ts";
import { STATUS, statusName } from "./status.ts";

/** Whether the caller wanted what is there, or wanted to put something there: decides what a thing of the wrong kind means. */
export type Aim = "find" | "put";

const IN_USE = "Another program has this file open and keeps others out.";
const FULL = "The file server has no room left.";

const MEANINGS: Readonly<Record<number, readonly [ErrorCode, message?: string]>> = {
  [STATUS.NO_SUCH_FILE]: ["STORAGE_NOT_FOUND"],
  [STATUS.OBJECT_NAME_NOT_FOUND]: ["STORAGE_NOT_FOUND"],
  [STATUS.OBJECT_PATH_NOT_FOUND]: ["STORAGE_NOT_FOUND"],
  [STATUS.DELETE_PENDING]: ["STORAGE_NOT_FOUND"],
  [STATUS.OBJECT_NAME_COLLISION]: ["STORAGE_EXISTS"],
  [STATUS.DIRECTORY_NOT_EMPTY]: ["STORAGE_EXISTS"],
  [STATUS.ACCESS_DENIED]: ["STORAGE_DENIED"],
  [STATUS.CANNOT_DELETE]: ["STORAGE_DENIED"],
  [STATUS.MEDIA_WRITE_PROTECTED]: ["STORAGE_DENIED"],
  [STATUS.PRIVILEGE_NOT_HELD]: ["STORAGE_DENIED"],
  [STATUS.STOPPED_ON_SYMLINK]: ["STORAGE_DENIED"],
  [STATUS.OBJECT_NAME_INVALID]: ["STORAGE_PATH"],
  [STATUS.OBJECT_PATH_INVALID]: ["STORAGE_PATH"],
  [STATUS.OBJECT_PATH_SYNTAX_BAD]: ["STORAGE_PATH"],
  [STATUS.NAME_TOO_LONG]: ["STORAGE_PATH"],
  [STATUS.NOT_SAME_DEVICE]: ["STORAGE_UNSUPPORTED"],
  [STATUS.SHARING_VIOLATION]: ["STORAGE_FAILED", IN_USE],
  [STATUS.FILE_LOCK_CONFLICT]: ["STORAGE_FAILED", IN_USE],
  [STATUS.DISK_FULL]: ["STORAGE_FAILED", FULL],
  [STATUS.QUOTA_EXCEEDED]: ["STORAGE_FAILED", FULL],
};

/** The server's answer as an error, still without what the caller wanted. */
export function failStatus(status: number): never {
  return fail("STORAGE_FAILED", undefined, { internal: { status } });
}

/** The status that an error of `failStatus` carries. */
export function statusOf(error: unknown): number | null {
  const status = isAppError(error) ? error.internal["status"] : null;
  return typeof status === "number" ? status : null;
}

export function hasStatus(error: unknown, ...statuses: readonly number[]): boolean {
  const status = statusOf(error);
  return status !== null && statuses.includes(status);
}

/** The reply, if its status is good or one of `also`. */
export function expectOk(reply: Reply | undefined, ...also: readonly number[]): Reply {
  if (!reply) return failStatus(STATUS.INVALID_DEVICE_REQUEST);
  if (reply.status !== STATUS.OK && !also.includes(reply.status)) failStatus(reply.status);
  return reply;
}

/** What a caller is told: a code by what was wanted, and no path. */
export function asAppError(error: unknown, path: StoragePath, aim: Aim): AppError {
  const status = statusOf(error);
  if (status !== null) {
    const [code, message] = meaningOf(status, aim);
    return new AppError(code, message, { cause: error, internal: { path, status: statusName(status) } });
  }
  if (!isAppError(error))
    return new AppError("STORAGE_FAILED", undefined, { cause: error, internal: { path } });
  // Many calls may share the error of one connection; each gets one with its own path.
  return new AppError(error.code, error.message, { cause: error, internal: { path, ...error.internal } });
}

function meaningOf(status: number, aim: Aim): readonly [ErrorCode, message?: string] {
  if (status === STATUS.FILE_IS_A_DIRECTORY || status === STATUS.NOT_A_DIRECTORY) {
    return [aim === "find" ? "STORAGE_NOT_FOUND" : "STORAGE_EXISTS"];
  }
  return MEANINGS[status] ?? ["STORAGE_FAILED"];
}
