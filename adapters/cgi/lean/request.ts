import { type BodySource, extractBody } from "./body.ts";
import { Headers } from "./headers.ts";
import { Message } from "./message.ts";

export interface RequestInit {
  readonly method?: string;
  readonly headers?: ConstructorParameters<typeof Headers>[0];
  readonly body?: BodySource;
  readonly signal?: AbortSignal | null;
  readonly duplex?: "half";
}

const USUAL = new Set(["DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT"]);
const FORBIDDEN = new Set(["CONNECT", "TRACE", "TRACK"]);

export class Request extends Message {
  readonly url: string;
  readonly method: string;
  #signal: AbortSignal | null;

  constructor(input: string | URL | Request, init: RequestInit = {}) {
    const from = input instanceof Request ? input : null;
    const url = from ? from.url : checkedUrl(input as string | URL);
    const method = init.method === undefined ? (from?.method ?? "GET") : checkedMethod(init.method);
    const headers = new Headers(init.headers ?? from?.headers);
    const given = init.body ?? (init.body === undefined ? from?.body : null);
    if (given !== null && given !== undefined && (method === "GET" || method === "HEAD")) {
      throw new TypeError(`A request with ${method} cannot have a body.`);
    }
    if (
      given !== null &&
      typeof given === "object" &&
      isStreamBody(given) &&
      !from &&
      init.duplex === undefined
    ) {
      throw new TypeError("A stream as body needs duplex: half.");
    }
    const { stream, type } = extractBody(given);
    if (type !== null && !headers.has("content-type")) headers.set("content-type", type);
    super(headers, stream);
    this.url = url;
    this.method = method;
    this.#signal = init.signal ?? (from ? from.signal : null);
  }

  /** Made when somebody asks: most requests end without. */
  get signal(): AbortSignal {
    this.#signal ??= new AbortController().signal;
    return this.#signal;
  }

  clone(): Request {
    const copy = this.split();
    const { url, method, headers } = this;
    return new Request(url, {
      method,
      headers,
      signal: this.#signal,
      ...(copy ? { body: copy, duplex: "half" } : {}),
    });
  }

  get [Symbol.toStringTag](): string {
    return "Request";
  }
}

function checkedUrl(input: string | URL): string {
  const url = new URL(input);
  if (url.username !== "" || url.password !== "") throw new TypeError("An address with a name or password.");
  return url.href;
}

function checkedMethod(method: string): string {
  const upper = method.toUpperCase();
  if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(method) || FORBIDDEN.has(upper)) {
    throw new TypeError(`${method} is no method of a request.`);
  }
  return USUAL.has(upper) ? upper : method;
}

function isStreamBody(body: object): boolean {
  return "getReader" in body;
}
