import { type BodySource, extractBody } from "./body.ts";
import { Headers } from "./headers.ts";
import { Message } from "./message.ts";

export interface ResponseInit {
  readonly status?: number;
  readonly statusText?: string;
  readonly headers?: ConstructorParameters<typeof Headers>[0];
}

const WITHOUT_BODY = new Set([204, 205, 304]);
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

export class Response extends Message {
  readonly status: number;
  readonly statusText: string;
  readonly type = "default";
  readonly url = "";
  readonly redirected = false;

  constructor(body: BodySource = null, { status = 200, statusText = "", headers }: ResponseInit = {}) {
    if (!Number.isInteger(status) || status < 200 || status > 599) {
      throw new RangeError(`${status} is no status of a response.`);
    }
    if (body !== null && WITHOUT_BODY.has(status)) throw new TypeError(`${status} has no body.`);
    const { stream, type } = extractBody(body);
    const all = new Headers(headers);
    if (type !== null && !all.has("content-type")) all.set("content-type", type);
    super(all, stream);
    this.status = status;
    this.statusText = statusText;
  }

  get ok(): boolean {
    return this.status < 300;
  }

  clone(): Response {
    const copy = this.split();
    const { status, statusText, headers } = this;
    return new Response(copy, { status, statusText, headers });
  }

  static json(value: unknown, init: ResponseInit = {}): Response {
    const headers = new Headers(init.headers);
    if (!headers.has("content-type")) headers.set("content-type", "application/json");
    return new Response(JSON.stringify(value), { ...init, headers });
  }

  static redirect(url: string | URL, status = 302): Response {
    if (!REDIRECTS.has(status)) throw new RangeError(`${status} is no redirect.`);
    return new Response(null, { status, headers: { location: new URL(url).href } });
  }

  get [Symbol.toStringTag](): string {
    return "Response";
  }
}
