import { fail, failField } from "../errors/error.ts";
import type { Call } from "../kernel/context.ts";
import { invokeAny } from "../kernel/invoke.ts";
import type { AnyOperation } from "../kernel/operation.ts";
import type { TSchema } from "../kernel/schema.ts";
import { mergeInput } from "./api-input.ts";
import { API_PREFIX, type Match, matchesOf, routesOf } from "./api-routes.ts";
import { mediaTypeOf } from "./body.ts";
import { callOf, type Work } from "./call-of.ts";
import { jsonObject } from "./json-body.ts";
import { openapiDocument } from "./openapi.ts";
import { wrongMethod } from "./problem.ts";
import type { Site, Visit } from "./types.ts";

export interface ApiOptions extends Work {
  readonly operations: readonly AnyOperation[];
  /** Of the package; stands in the OpenAPI document. */
  readonly version: string;
  /** Answers `?dryRun=true`, and how that answer tells changes; without it nobody can ask. */
  readonly dryRun?: {
    readonly schema: TSchema;
    run(operation: AnyOperation, call: Call, input: unknown): Promise<unknown>;
  };
}

/** Asks, in the address of a change, what it would change. */
const DRY_RUN = "dryRun";

/**
 * The JSON API below `/api`, read off the operation table. Every success is 200 with a JSON object, also for what was
 * made: its address is in the answer's own fields. Refuses in the order 401, 404/405 (address), 415/400 (body), 422,
 * 403, 404/409 (the thing itself).
 */
export function createApi(options: ApiOptions): Site {
  const routes = routesOf(options.operations);
  return async (visit) => {
    if (!visit.path.startsWith(`${API_PREFIX}/`)) return null;
    const path = visit.path.slice(API_PREFIX.length);
    const matches = matchesOf(routes, path);
    if (path === "/openapi.json") return document(visit, options);
    if (visit.method === "OPTIONS" && matches.length > 0) {
      return new Response(null, { status: 204, headers: { allow: allowOf(matches) } });
    }
    if (!visit.principal) fail("UNAUTHENTICATED");
    const match = matches.find(({ route }) => route.method === visit.method);
    if (match) return json(await call(match, visit, options));
    return matches.length > 0 ? wrongMethod(allowOf(matches), visit.requestId) : fail("NOT_FOUND");
  };
}

async function call({ route, params }: Match, visit: Visit, options: ApiOptions): Promise<unknown> {
  const body = visit.body.length > 0 ? jsonBody(visit) : {};
  const { operation } = route;
  const { dryRun, query } = dryRunIn(visit.query, operation, options);
  const input = mergeInput(operation.input, { params, query, body });
  const reason = reasonOf(visit.request.headers);
  const context = { ...callOf(visit, options), ...(reason === undefined ? {} : { reason }) };
  return dryRun ? options.dryRun?.run(operation, context, input) : invokeAny(operation, context, input);
}

/** `?dryRun=true` belongs to no operation, so it is taken out before the operation's own fields are read. */
function dryRunIn(query: URLSearchParams, { effect }: AnyOperation, { dryRun }: ApiOptions) {
  if (effect === "read" || !dryRun || !query.has(DRY_RUN)) return { dryRun: false, query };
  const rest = new URLSearchParams(query);
  rest.delete(DRY_RUN);
  const [wish = "", ...more] = query.getAll(DRY_RUN);
  if (more.length > 0 || !/^(?:true|false)$/.test(wish)) {
    failField(DRY_RUN, "type", `${DRY_RUN} is true or false, once.`);
  }
  return { dryRun: wish === "true", query: rest };
}

/** UTF-8, percent-encoded where it is not plain ASCII, as headers hold nothing else. */
function reasonOf(headers: Headers): string | undefined {
  const given = headers.get("x-reason") ?? undefined;
  try {
    return given && decodeURIComponent(given);
  } catch {
    return given;
  }
}

function jsonBody({ request, body }: Visit): Record<string, unknown> {
  const charset = /;\s*charset="?([^;"]+)/i.exec(request.headers.get("content-type") ?? "")?.[1] ?? "utf-8";
  if (mediaTypeOf(request.headers) !== "application/json" || !/^utf-?8$/i.test(charset.trim())) {
    fail("UNSUPPORTED_MEDIA_TYPE", "Send the body as application/json in UTF-8.");
  }
  return jsonObject(body);
}

function document(visit: Visit, { operations, version, dryRun }: ApiOptions): Response {
  if (visit.method !== "GET") return wrongMethod("GET, HEAD", visit.requestId);
  return json(
    openapiDocument(operations, {
      version,
      server: visit.base + API_PREFIX,
      ...(dryRun ? { changes: dryRun.schema } : {}),
    }),
  );
}

function json(value: unknown): Response {
  const body = JSON.stringify(value);
  const headers = { "content-type": "application/json", "content-length": String(Buffer.byteLength(body)) };
  return new Response(body, { headers });
}

function allowOf(matches: readonly Match[]): string {
  const methods = new Set(matches.map(({ route }) => route.method));
  if (methods.has("GET")) methods.add("HEAD");
  return [...methods, "OPTIONS"].join(", ");
}
