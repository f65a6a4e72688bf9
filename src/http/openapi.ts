import { ERROR_CODES, type ErrorCode } from "../errors/codes.ts";
import { fail } from "../errors/error.ts";
import type { AnyOperation } from "../kernel/operation.ts";
import type { TSchema } from "../kernel/schema.ts";
import { propertiesOf, type Route, routesOf } from "./api-routes.ts";
import { PROBLEM_TYPE } from "./problem.ts";

type Json = Readonly<Record<string, unknown>>;

export interface DocumentInfo {
  readonly version: string;
  /** Address of the API, absolute or below the same host; default `/api`. */
  readonly server?: string;
  /** How a dry run tells changes; without it there is none. */
  readonly changes?: TSchema;
}

const ALWAYS: readonly ErrorCode[] = ["UNAUTHENTICATED", "INVALID_INPUT", "FORBIDDEN", "ABORTED", "INTERNAL"];
const WITH_BODY: readonly ErrorCode[] = [
  "MALFORMED_BODY",
  "UNSUPPORTED_MEDIA_TYPE",
  "BODY_TOO_LARGE",
  "CROSS_ORIGIN",
];
/** The line to XMail and the files may fail under every operation. */
const BELOW = (Object.keys(ERROR_CODES) as ErrorCode[]).filter((code) =>
  /^(?:XMAIL|STORAGE|VALUE|CELL|FILE)_/.test(code),
);

/** The API as OpenAPI 3.1, read off the operation table: pure, and plain JSON. */
export function openapiDocument(operations: readonly AnyOperation[], info: DocumentInfo): Json {
  const paths: Record<string, Record<string, Json>> = {};
  const shared: Shared = { responses: {}, schemas: {} };
  for (const route of routesOf(operations)) {
    requireFields(route);
    const path = paths[route.path] ?? {};
    paths[route.path] = path;
    path[route.method.toLowerCase()] = operationObject(route, info.changes !== undefined, shared);
  }
  const document = {
    openapi: "3.1.0",
    info: {
      title: "xmailcfg",
      version: info.version,
      license: { name: "MIT", identifier: "MIT" },
      description:
        "Administers an XMail mail server. Every success is 200 with a JSON object; lists are " +
        "`{ items, next, total, … }`. Every refusal is a problem document (RFC 9457) with a fixed `code`.",
    },
    servers: [{ url: info.server ?? "/api" }],
    security: [{ apiKey: [] }, { session: [] }],
    tags: [...new Set(operations.map(nounOf))].map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: SECURITY_SCHEMES,
      responses: shared.responses,
      schemas: {
        Problem: PROBLEM_SCHEMA,
        ...(info.changes ? { Changes: info.changes } : {}),
        ...shared.schemas,
      },
    },
  };
  return JSON.parse(JSON.stringify(document)) as Json;
}

/** What many operations have alike stands once, under a name that says what it is. */
interface Shared {
  readonly responses: Record<string, Json>;
  readonly schemas: Record<string, TSchema>;
}

/** Here and not for each request: it reads the schemas of all operations. */
function requireFields({ parts, operation }: Route): void {
  const properties = propertiesOf(operation.input);
  const stray = parts.find((part) => /^\{\w+\}$/.test(part) && !Object.hasOwn(properties, part.slice(1, -1)));
  if (stray) fail("BAD_CONFIG", `${operation.name}: ${stray} in its address is no field of its input.`);
}

function operationObject({ method, parts, operation }: Route, dryRuns: boolean, shared: Shared): Json {
  const properties = Object.entries(propertiesOf(operation.input));
  const required = new Set((operation.input as { required?: readonly string[] }).required ?? []);
  const inPath = ([field]: readonly [string, unknown]) => parts.includes(`{${field}}`);
  const rest = properties.filter((property) => !inPath(property));
  const hasBody = method === "POST" || method === "PUT";
  const change = method !== "GET";
  return {
    operationId: operation.name,
    summary: operation.summary,
    tags: [nounOf(operation)],
    ...(change ? { description: `Effect: ${operation.effect}. With a session, send \`x-csrf-token\`.` } : {}),
    parameters: [
      ...properties.filter(inPath).map((property) => parameter("path", property, true)),
      ...(hasBody ? [] : rest.map((property) => parameter("query", property, required.has(property[0])))),
      ...(change && dryRuns ? [DRY_RUN_PARAMETER] : []),
      ...((change && dryRuns) || operation.opensMail ? [REASON_PARAMETER] : []),
    ],
    ...(hasBody && rest.length > 0 ? { requestBody: requestBody(rest, required) } : {}),
    responses: {
      "200": {
        description: "Done",
        content: {
          "application/json": {
            schema: change && dryRuns ? orDryRun(operation, shared) : operation.output,
          },
        },
      },
      ...refusals([...ALWAYS, ...(change ? WITH_BODY : []), ...operation.errors, ...BELOW], shared),
    },
  };
}

/** The answer stands in it twice, so it gets the name of its operation. */
function orDryRun({ name, output: schema }: AnyOperation, { schemas }: Shared): Json {
  schemas[name] = schema;
  const output = { $ref: `#/components/schemas/${name}` };
  const changes = { $ref: "#/components/schemas/Changes" };
  const dry = {
    type: "object",
    description: "With dryRun=true",
    properties: { result: output, changes },
    required: ["result", "changes"],
    additionalProperties: false,
  };
  return { anyOf: [output, dry] };
}

function parameter(
  place: "path" | "query",
  [name, schema]: readonly [string, TSchema],
  required: boolean,
): Json {
  const { description } = schema as { description?: string };
  return { name, in: place, required, schema, ...(description === undefined ? {} : { description }) };
}

function requestBody(rest: readonly (readonly [string, TSchema])[], all: ReadonlySet<string>): Json {
  const required = rest.map(([field]) => field).filter((field) => all.has(field));
  const schema = {
    type: "object",
    properties: Object.fromEntries(rest),
    ...(required.length > 0 ? { required } : {}),
    additionalProperties: false,
  };
  return { required: required.length > 0, content: { "application/json": { schema } } };
}

/** One entry per status, with exactly the codes that may stand in it. */
function refusals(codes: readonly ErrorCode[], { responses }: Shared): Record<string, Json> {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of new Set(codes)) {
    const { status } = ERROR_CODES[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const entries = [...byStatus].sort(([a], [b]) => a - b);
  return Object.fromEntries(
    entries.map(([status, list]) => {
      const name = [status, ...list].join(".");
      responses[name] = refusal(list);
      return [String(status), { $ref: `#/components/responses/${name}` }];
    }),
  );
}

function refusal(codes: readonly ErrorCode[]): Json {
  const narrowed = { type: "object", properties: { code: { enum: codes } } };
  const schema = { allOf: [{ $ref: "#/components/schemas/Problem" }, narrowed] };
  return {
    description: codes.map((code) => `${code}: ${ERROR_CODES[code].title}.`).join(" "),
    content: { "application/problem+json": { schema } },
  };
}

function nounOf({ name }: AnyOperation): string {
  return name.slice(0, name.indexOf("."));
}

const DRY_RUN_PARAMETER: Json = {
  name: "dryRun",
  in: "query",
  required: false,
  schema: { type: "boolean" },
  description: "true: change nothing, and answer `{ result, changes }`: what would be changed",
};

const REASON_PARAMETER: Json = {
  name: "X-Reason",
  in: "header",
  required: false,
  schema: { type: "string", maxLength: 200 },
  description:
    "Why, for the history and the audit log: one line; letters outside ASCII percent-encoded as UTF-8",
};

const SECURITY_SCHEMES: Json = {
  apiKey: { type: "http", scheme: "bearer", description: "A key made by `xmailcfg admin`: `xmc_…`" },
  session: {
    type: "apiKey",
    in: "cookie",
    name: "xmailcfg",
    description: "Set by the sign-in page; `__Host-xmailcfg` where the panel has a host of its own and TLS",
  },
};

const PROBLEM_SCHEMA: Json = {
  type: "object",
  required: ["type", "title", "status", "detail", "code", "requestId", "retryable"],
  properties: {
    type: { type: "string", description: `\`${PROBLEM_TYPE}\` and the code` },
    title: { type: "string" },
    status: { type: "integer" },
    detail: { type: "string", description: "What to do, safe to show" },
    code: { type: "string", enum: Object.keys(ERROR_CODES) },
    requestId: { type: "string", description: "The same as in the log and in `x-request-id`" },
    retryable: { type: "boolean" },
    errors: {
      type: "array",
      items: {
        type: "object",
        required: ["field", "rule", "message"],
        properties: {
          field: { type: "string" },
          rule: { type: "string" },
          limit: { type: ["number", "string"] },
          message: { type: "string" },
        },
      },
    },
    conflict: {
      type: "object",
      description: "Both versions of lines that somebody changed since; passwords as `***`",
      required: ["file", "left", "now", "wanted", "inSecrets"],
      properties: {
        file: { type: "string", description: "Below MailRoot" },
        left: { type: "array", items: { type: "string" }, description: "As the change had left them" },
        now: { type: "array", items: { type: "string" } },
        wanted: { type: "array", items: { type: "string" }, description: "As they would have become" },
        inSecrets: { type: "boolean", description: "`left` and `now` differ in what is not shown" },
      },
    },
  },
};
