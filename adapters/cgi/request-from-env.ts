import type { Peer } from "../../src/index.ts";

/** The environment of one CGI request, RFC 3875. */
export type CgiEnvironment = Readonly<Record<string, string | undefined>>;

export interface CgiRequest {
  readonly request: Request;
  readonly peer: Peer & { readonly basePath: string };
}

/**
 * Argument vectors are never looked at: a query without `=` arrives there as words a stranger chose. `HTTP_PROXY` is
 * no header either: some servers make it of a `Proxy:` header (httpoxy).
 */
export function requestFromEnv(
  given: CgiEnvironment,
  body: () => ReadableStream<Uint8Array>,
  platform: NodeJS.Platform = process.platform,
): CgiRequest {
  const env = decoded(given, platform);
  const method = env["REQUEST_METHOD"] ?? "GET";
  const { path, basePath } = pathOf(env);
  const hasBody = method !== "GET" && method !== "HEAD" && bodyLength(env) !== 0;
  const request = new Request(originOf(env) + path, {
    method,
    headers: headersOf(env),
    ...(hasBody ? { body: body(), duplex: "half" } : {}),
  });
  const address = env["REMOTE_ADDR"];
  // IIS sets both, and only the second where Windows signed somebody in without a name of his own.
  const user = env["REMOTE_USER"] || env["AUTH_USER"];
  return { request, peer: { basePath, ...(address ? { address } : {}), ...(user ? { user } : {}) } };
}

/**
 * Every value as text. Node reads UTF-8 from Unix; Windows hands over text: IIS what it decoded, Apache one character
 * for each byte.
 */
function decoded(env: CgiEnvironment, platform: NodeJS.Platform): CgiEnvironment {
  if (platform !== "win32" || !/^Apache\b/i.test(env["SERVER_SOFTWARE"] ?? "")) return env;
  return Object.fromEntries(Object.entries(env).map(([name, value = ""]) => [name, fromBytes(value)]));
}

function fromBytes(text: string): string {
  if (!/[\x80-\xff]/.test(text) || /[^\0-\xff]/.test(text)) return text;
  const bytes = Buffer.from(text, "latin1");
  const read = bytes.toString();
  // Not UTF-8 after all, as a browser of old may send it.
  return Buffer.from(read).equals(bytes) ? read : text;
}

/** Bytes on standard input; `null` when only its end tells (a chunked request). */
export function bodyLength(env: CgiEnvironment): number | null {
  const length = env["CONTENT_LENGTH"] ?? "";
  if (/^\d{1,15}$/.test(length)) return Number(length);
  return env["HTTP_TRANSFER_ENCODING"] === undefined ? 0 : null;
}

function originOf(env: CgiEnvironment): string {
  const secure = /^(?:on|1)$/i.test(env["HTTPS"] ?? "") || env["REQUEST_SCHEME"] === "https";
  const port = env["SERVER_PORT"] ?? "";
  const usual = secure ? "443" : "80";
  const named = (env["SERVER_NAME"] ?? "localhost") + (port === "" || port === usual ? "" : `:${port}`);
  return `${secure ? "https" : "http"}://${env["HTTP_HOST"] ?? named}`;
}

/** The path as sent, and how much of its front is the program's own. */
function pathOf(env: CgiEnvironment): { readonly path: string; readonly basePath: string } {
  const script = env["SCRIPT_NAME"] ?? "";
  const told = env["PATH_INFO"] ?? "";
  // IIS repeats the program's own path at the front.
  const repeated = script !== "" && (told === script || told.startsWith(`${script}/`));
  const rest = repeated ? told.slice(script.length) : told;
  const [uri, query] = uriOf(env);
  const search = query === "" ? "" : `?${query}`;
  if (uri === null) {
    const basePath = encodePath(script);
    return { path: (basePath + encodePath(rest) || "/") + search, basePath };
  }
  return { path: uri + search, basePath: frontOf(uri, script, rest) };
}

/** `REQUEST_URI` has the raw form; `PATH_INFO` is decoded already and cannot tell `%3F` from `?`. */
function uriOf(env: CgiEnvironment): readonly [string | null, string] {
  const uri = env["REQUEST_URI"] ?? "";
  if (!uri.startsWith("/")) return [null, env["QUERY_STRING"] ?? ""];
  const at = uri.indexOf("?");
  return at < 0 ? [uri, ""] : [uri.slice(0, at), uri.slice(at + 1)];
}

/** A rewritten address (`/mail/…` to `/cgi-bin/xmailcfg.cgi/…`) has its front where `PATH_INFO` begins. */
function frontOf(uri: string, script: string, rest: string): string {
  const own = encodePath(script);
  if (uri === own || uri.startsWith(`${own}/`)) return own;
  // Servers make one slash of several in `PATH_INFO`; counted as they came, a front could become `//other.host`.
  const parts = uri.replace(/\/+/g, "/").split("/");
  return parts.slice(0, Math.max(1, parts.length - (rest.split("/").length - 1))).join("/");
}

function encodePath(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}

function headersOf(env: CgiEnvironment): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined || name === "HTTP_PROXY") continue;
    const header = name.startsWith("HTTP_")
      ? name.slice(5)
      : /^CONTENT_(?:TYPE|LENGTH)$/.test(name)
        ? name
        : null;
    // The environment is text by now; a header is bytes, as every other host hands it over.
    if (header && value !== "") headers.set(header.toLowerCase().replaceAll("_", "-"), bytesOf(value));
  }
  return headers;
}

function bytesOf(text: string): string {
  return Buffer.from(text).toString("latin1");
}
