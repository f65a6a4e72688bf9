import { ERROR_CODES, type ErrorCode } from "./codes.ts";

/** One refused field: which, by which rule, and the rule's limit where it has one. `message` is English. */
export interface FieldProblem {
  readonly field: string;
  /** Key of the sentence in `web/text/`: `required`, `pattern`, `minLength`, `unknown`, … */
  readonly rule: string;
  readonly limit?: number | string;
  readonly message: string;
}

/** Lines of one of XMail's files that somebody changed since, as people may see them: text, passwords as `***`. */
export interface Conflict {
  /** The file, below MailRoot. */
  readonly file: string;
  /** As the change had left them. */
  readonly left: readonly string[];
  /** As they are now. */
  readonly now: readonly string[];
  /** As they would have become. */
  readonly wanted: readonly string[];
  /** Whether `left` and `now` differ in what is not shown. */
  readonly inSecrets: boolean;
}

export interface ErrorDetails {
  /** Fields at fault, in the order of the form. */
  readonly fields?: readonly FieldProblem[];
  /** Both versions, where somebody else was quicker. */
  readonly conflict?: Conflict;
  /** XMail's own number and text, file paths, anything a stranger should not read: for the log only. */
  readonly internal?: Readonly<Record<string, unknown>>;
  /** When the same may be tried again, where that is known. */
  readonly retryAfterSeconds?: number;
  readonly cause?: unknown;
}

const BRAND = Symbol.for("xmailcfg.error");

/**
 * The only error class. Recognise it with `isAppError`, never with `instanceof`: two copies of this package (ESM and
 * CJS) may live in one process. `message` is safe to show to whoever asked.
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly fields: readonly FieldProblem[];
  readonly conflict?: Conflict;
  readonly internal: Readonly<Record<string, unknown>>;
  readonly retryAfterSeconds?: number;
  readonly [BRAND] = true;

  constructor(code: ErrorCode, message?: string, details: ErrorDetails = {}) {
    super(
      message ?? ERROR_CODES[code].title,
      details.cause === undefined ? undefined : { cause: details.cause },
    );
    this.name = "AppError";
    this.code = code;
    this.fields = details.fields ?? [];
    if (details.conflict) this.conflict = details.conflict;
    this.internal = details.internal ?? {};
    if (details.retryAfterSeconds !== undefined) this.retryAfterSeconds = details.retryAfterSeconds;
  }

  get status(): number {
    return ERROR_CODES[this.code].status;
  }

  get retryable(): boolean {
    return ERROR_CODES[this.code].retryable;
  }
}

/** Throws an `AppError`; an expression of type `never`, so it may stand where a value is missing. */
export function fail(code: ErrorCode, message?: string, details?: ErrorDetails): never {
  throw new AppError(code, message, details);
}

export function isAppError(error: unknown): error is AppError {
  return typeof error === "object" && error !== null && (error as { [BRAND]?: unknown })[BRAND] === true;
}

/** `isAppError` narrowed to some codes: `catch (e) { if (!hasCode(e, "STORAGE_NOT_FOUND")) throw e; }` */
export function hasCode(error: unknown, ...codes: readonly ErrorCode[]): error is AppError {
  return isAppError(error) && codes.includes(error.code);
}

/** Refuses one field: `INVALID_INPUT` with a single entry in `fields`. */
export function failField(field: string, rule: string, message: string, limit?: number | string): never {
  return fail("INVALID_INPUT", message, {
    fields: [limit === undefined ? { field, rule, message } : { field, rule, limit, message }],
  });
}
