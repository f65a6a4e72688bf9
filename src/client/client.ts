import type { Dispatcher } from "undici";
import { ERROR_CODES, type ErrorCode } from "../errors/codes.ts";
import { AppError, type Conflict, type FieldProblem, fail } from "../errors/error.ts";
import { type Secret, secret } from "../errors/secret.ts";
import type { AnyOperation } from "../kernel/operation.ts";
import type { RunOptions, TableMethods } from "../operations/methods.ts";
import { OPERATIONS } from "../operations/table.ts";
import { requestFor } from "./request.ts";

export interface ClientOptions {
  /** Address of the panel, like `https://mail.example.com/panel`; the API is below it at `/api`. */
  readonly url: string;
  /** An API key, as `xmailcfg api-key add` shows it once. */
  readonly key: string | Secret;
  /** For a whole call, milliseconds; default 60,000. */
  readonly timeoutMs?: number;
  /** An undici dispatcher of your own: proxy, client certificate, connection limits. */
  readonly dispatcher?: Dispatcher;
}

const DEFAULT_TIMEOUT_MS = 60_000;

/**
 * The operations of an xmailcfg elsewhere, over its API: the same methods as `openXMail` gives, and the same
 * `AppError`. `XMAIL_UNREACHABLE` when the panel cannot be reached, `XMAIL_PROTOCOL` when something else answers.
 */
export function createClient(options: ClientOptions): TableMethods {
  const settled = { ...options, key: secret(options.key), url: options.url.replace(/\/+$/, "") };
  if (!/^https?:\/\/[^/]/.test(settled.url)) fail("BAD_CONFIG", "url must be an http or https address.");
  const method =
    (operation: AnyOperation) =>
    (input: Readonly<Record<string, unknown>> = {}, run?: RunOptions) =>
      send(operation, input, settled, run);
  return Object.fromEntries(
    Object.entries(OPERATIONS).map(([noun, verbs]) => [
      noun,
      Object.fromEntries(
        Object.entries<AnyOperation>(verbs).map(([verb, operation]) => [verb, method(operation)]),
      ),
    ]),
  ) as unknown as TableMethods;
}

async function send(
  operation: AnyOperation,
  input: Readonly<Record<string, unknown>>,
  { url, key, timeoutMs = DEFAULT_TIMEOUT_MS, dispatcher }: ClientOptions & { readonly key: Secret },
  { signal, dryRun, reason }: RunOptions = {},
): Promise<unknown> {
  if (operation.http === null) return fail("NOT_FOUND", `${operation.name} is not on the network.`);
  // Loading undici costs 50 ms or more; whoever never calls does not pay.
  const { request } = await import("undici");
  const { method, path, body } = requestFor(operation, input, dryRun);
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const response = await request(`${url}/api${path}`, {
      method: method as Dispatcher.HttpMethod,
      headers: {
        authorization: `Bearer ${key.reveal()}`,
        accept: "application/json",
        ...(reason === undefined ? {} : { "x-reason": encodeURIComponent(reason) }),
        ...(body === null ? {} : { "content-type": "application/json" }),
      },
      body,
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      ...(dispatcher ? { dispatcher } : {}),
    });
    const answer = parse(await response.body.text());
    if (response.statusCode === 200) return answer;
    throw errorOf(answer, response.statusCode);
  } catch (error) {
    if (error instanceof AppError) throw error;
    if (signal?.aborted) return fail("ABORTED", undefined, { cause: error });
    if (timeout.aborted) return fail("XMAIL_TIMEOUT", "The panel did not answer in time.", { cause: error });
    return fail("XMAIL_UNREACHABLE", "The panel cannot be reached.", { cause: error });
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    return fail("XMAIL_PROTOCOL", "What answers at this address is not xmailcfg.", { cause });
  }
}

/** The error that the far side raised, with its fields. */
function errorOf(answer: unknown, status: number): AppError {
  const { code, detail, errors, conflict, requestId } = (answer ?? {}) as {
    code?: string;
    detail?: string;
    errors?: readonly FieldProblem[];
    conflict?: Conflict;
    requestId?: string;
  };
  if (code === undefined || !Object.hasOwn(ERROR_CODES, code)) {
    return new AppError("XMAIL_PROTOCOL", "What answers at this address is not xmailcfg.", {
      internal: { status },
    });
  }
  return new AppError(code as ErrorCode, detail, {
    internal: { status, requestId },
    ...(errors ? { fields: errors } : {}),
    ...(conflict ? { conflict } : {}),
  });
}
