import { isUtf8 } from "node:buffer";
import type { FetchHandler } from "../../src/index.ts";

/** Payload format 2.0 of function URLs and HTTP APIs, as far as it is used here. */
export interface LambdaEvent {
  readonly rawPath: string;
  readonly rawQueryString?: string;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly cookies?: readonly string[];
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
  readonly requestContext: {
    readonly domainName?: string;
    readonly stage?: string;
    readonly http: { readonly method: string; readonly sourceIp?: string };
  };
}

export interface LambdaResult {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[];
  readonly body: string;
  readonly isBase64Encoded: boolean;
}

/**
 * `export const handler = toLambda(panel)`. Rejects with `TypeError` for events of another shape. The answer goes out
 * whole, and nobody tells when a client has left: that is all such hosts can do.
 */
export function toLambda(handler: FetchHandler): (event: LambdaEvent) => Promise<LambdaResult> {
  return async (event) => {
    requireFormat2(event);
    let request: Request;
    try {
      request = requestFrom(event);
    } catch {
      return { statusCode: 400, headers: {}, cookies: [], body: "", isBase64Encoded: false };
    }
    const { sourceIp } = event.requestContext.http;
    const stage = stageOf(event);
    const peer = {
      // Without a stage the host cannot tell: a custom domain's path is the `basePath` of the panel.
      ...(stage === null ? {} : { basePath: stage }),
      ...(sourceIp === undefined ? {} : { address: sourceIp }),
    };
    const waiting: Promise<unknown>[] = [];
    const waitUntil = (work: Promise<unknown>) => void waiting.push(work);
    const result = await resultOf(await handler(request, { ...peer, waitUntil }));
    // Once it has answered, the process may be frozen.
    await Promise.allSettled(waiting);
    return result;
  };
}

/** Format 1.0 and load balancers tell cookies and queries otherwise; half understood, sign-in would fail for no reason. */
function requireFormat2(event: Partial<LambdaEvent>): void {
  if (typeof event.rawPath === "string" && typeof event.requestContext?.http?.method === "string") return;
  throw new TypeError(
    "xmailcfg takes events of payload format 2.0 (rawPath, requestContext.http): of a function URL, or of an HTTP API whose integration has that format. REST APIs and load balancers send another.",
  );
}

function requestFrom(event: LambdaEvent): Request {
  const { method } = event.requestContext.http;
  const headers = new Headers();
  for (const [name, value] of Object.entries(event.headers ?? {})) {
    if (value !== undefined) headers.set(name, value);
  }
  if (event.cookies && event.cookies.length > 0) headers.set("cookie", event.cookies.join("; "));
  const host = event.headers?.["host"] ?? event.requestContext.domainName ?? "localhost";
  const query = event.rawQueryString ? `?${event.rawQueryString}` : "";
  // Lambda is reached by TLS only.
  const url = new URL(`https://${host}${pathOf(event)}${query}`);
  const body = method === "GET" || method === "HEAD" ? undefined : event.body;
  const bytes = body === undefined ? null : Buffer.from(body, event.isBase64Encoded ? "base64" : "utf8");
  return new Request(url, { method, headers, ...(bytes ? { body: bytes } : {}) });
}

/** HTTP APIs decode the path, function URLs do not; what cannot stand in a path was encoded when it was sent. */
function pathOf({ rawPath }: LambdaEvent): string {
  const encoded = rawPath
    .replace(/%(?![0-9A-Fa-f]{2})/g, "%25")
    .replace(/[?#\\]/g, (letter) => encodeURIComponent(letter));
  return encoded.startsWith("/") ? encoded : `/${encoded}`;
}

/** A named stage of an HTTP API stands in front of the path; a function URL has only `$default`. */
function stageOf({ rawPath, requestContext: { stage = "$default" } }: LambdaEvent): string | null {
  const front = `/${stage}`;
  return rawPath === front || rawPath.startsWith(`${front}/`) ? front : null;
}

async function resultOf(response: Response): Promise<LambdaResult> {
  const bytes = Buffer.from(await response.arrayBuffer());
  const headers = Object.fromEntries([...response.headers].filter(([name]) => name !== "set-cookie"));
  const asText = isText(response.headers) && isUtf8(bytes);
  return {
    statusCode: response.status,
    headers,
    cookies: response.headers.getSetCookie(),
    body: bytes.toString(asText ? "utf8" : "base64"),
    isBase64Encoded: !asText,
  };
}

function isText(headers: Headers): boolean {
  if (headers.has("content-encoding")) return false;
  return /^(?:text\/|application\/(?:[\w.+-]*json|javascript|xml))/i.test(headers.get("content-type") ?? "");
}
