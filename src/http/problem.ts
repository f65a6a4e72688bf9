import { ERROR_CODES, type ErrorCode } from "../errors/codes.ts";
import { AppError, type Conflict, type FieldProblem, isAppError } from "../errors/error.ts";
import type { Logger } from "../kernel/context.ts";

/** What `type` begins with; the code follows. Each code has a heading in `docs/errors.md`, which ships with the package. */
export const PROBLEM_TYPE = "errors.md#";

/** RFC 9457. Nothing here but what the asker may read: `internal` and causes never leave the log. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: ErrorCode;
  readonly requestId: string;
  /** Whether the same request may succeed later. */
  readonly retryable: boolean;
  /** Refused fields in the order of the form; absent when the fault is no field's. */
  readonly errors?: readonly FieldProblem[];
  /** Both versions, where somebody else changed the same lines; passwords as `***`. */
  readonly conflict?: Conflict;
}

function problemOf(error: AppError, requestId: string): Problem {
  const { status, title, retryable } = ERROR_CODES[error.code];
  return {
    type: PROBLEM_TYPE + error.code,
    title,
    status,
    detail: error.message,
    code: error.code,
    requestId,
    retryable,
    ...(error.fields.length > 0 ? { errors: error.fields } : {}),
    ...(error.conflict ? { conflict: error.conflict } : {}),
  };
}

export function problemResponse(
  error: AppError,
  requestId: string,
  headers: Readonly<Record<string, string>> = {},
): Response {
  const body = JSON.stringify(problemOf(error, requestId));
  return new Response(body, {
    status: error.status,
    headers: {
      ...headers,
      ...retryAfter(error),
      // RFC 9110 wants a challenge with every 401.
      ...(error.code === "UNAUTHENTICATED" ? { "www-authenticate": 'Bearer realm="xmailcfg"' } : {}),
      "content-type": "application/problem+json",
      "content-length": String(Buffer.byteLength(body)),
    },
  });
}

/** RFC 9110's header, of an error that knows when the same may be tried again. */
function retryAfter({ retryAfterSeconds }: AppError): Readonly<Record<string, string>> {
  return retryAfterSeconds === undefined ? {} : { "retry-after": String(retryAfterSeconds) };
}

/** 405 with the methods the address does take, which RFC 9110 wants in `Allow`. */
export function wrongMethod(allow: string, requestId: string): Response {
  const error = new AppError("METHOD_NOT_ALLOWED", `This address takes ${allow}.`);
  return problemResponse(error, requestId, { allow });
}

/** Whatever was thrown, as an `AppError`: a stranger's exception becomes `INTERNAL` and its text stays inside. */
export function asAppError(error: unknown): AppError {
  if (isAppError(error)) return error;
  if (error instanceof Error && error.name === "AbortError") {
    return new AppError("ABORTED", undefined, { cause: error });
  }
  return new AppError("INTERNAL", undefined, { cause: error });
}

/** Our own faults and those of the line to XMail are errors; a refused request is everyday life. */
export function logProblem(log: Logger, error: AppError, details: object): void {
  const entry = { ...details, code: error.code, ...error.internal, causes: causesOf(error) };
  if (error.status >= 500) log.error({ ...entry, stack: error.stack }, error.message);
  else log.info(entry, error.message);
}

/** As text: an `Error` in JSON is `{}`. */
function causesOf(error: Error): readonly string[] {
  const causes: string[] = [];
  for (let { cause } = error; cause !== undefined && causes.length < 5; ) {
    causes.push(cause instanceof Error ? (cause.stack ?? cause.message) : String(cause));
    cause = cause instanceof Error ? cause.cause : undefined;
  }
  return causes;
}
