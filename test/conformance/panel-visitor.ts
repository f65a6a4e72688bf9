import type { FetchHandler } from "../../src/http/types.ts";
import { readHtml, type Tag } from "../unit/web/read-html.ts";

/** A browser without script before a real panel: keeps cookies, sends the forms it sees. */
export interface PanelVisitor {
  readonly cookies: Map<string, string>;
  open(path: string, init?: RequestInit): Promise<Seen>;
  /** Sends a form with the token of the page seen last. */
  send(path: string, fields?: Record<string, string> | URLSearchParams, init?: RequestInit): Promise<Seen>;
  signIn(name: string, password: string): Promise<void>;
}

export interface Seen {
  readonly status: number;
  readonly headers: Headers;
  readonly html: string;
  readonly text: string;
  readonly tags: readonly Tag[];
}

export const ORIGIN = "https://panel.example";

/** `door` is `/at/office` for people who sign in there. */
export function visitorOf(
  handler: FetchHandler,
  more: Record<string, string> = {},
  base = "",
  door = "",
): PanelVisitor {
  const cookies = new Map<string, string>();
  let token = "";
  async function open(path: string, init: RequestInit = {}): Promise<Seen> {
    const headers = new Headers({ accept: "text/html", "accept-language": "en", ...more, ...init.headers });
    const sent = [...cookies].map((pair) => pair.join("=")).join("; ");
    const host = headers.get("cookie");
    if (sent !== "") headers.set("cookie", host === null ? sent : `${host}; ${sent}`);
    const response = await handler(new Request(ORIGIN + base + door + path, { ...init, headers }), {
      basePath: base,
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/Max-Age=0/.test(line)) cookies.delete(name);
      else cookies.set(name, value);
    }
    const html = await response.text();
    token = /name="csrf" value="([^"]+)"/.exec(html)?.[1] ?? token;
    const isPage = response.headers.get("content-type")?.startsWith("text/html") ?? false;
    const tags = isPage ? readHtml(html) : [];
    return {
      status: response.status,
      headers: response.headers,
      html,
      tags,
      text: tags[0]?.text.replace(/\s+/g, " ") ?? html,
    };
  }
  const withToken = (fields: URLSearchParams) => {
    if (!fields.has("csrf")) fields.set("csrf", token);
    return fields;
  };
  const send: PanelVisitor["send"] = (path, fields = {}, init = {}) =>
    open(path, {
      method: "POST",
      body: withToken(new URLSearchParams(fields)),
      ...init,
      headers: { origin: ORIGIN, "sec-fetch-site": "same-origin", ...init.headers },
    });
  return {
    cookies,
    open,
    send,
    async signIn(name, password) {
      await open("/sign-in");
      const answer = await send("/sign-in", { name, password });
      if (answer.status !== 303) throw new Error(`sign-in answered ${answer.status}: ${answer.text}`);
    },
  };
}

/** What stands in the fields of that name. */
export function valuesOf({ tags }: Seen, name: string): string[] {
  return tags
    .filter(({ attributes }) => attributes.get("name") === name)
    .map((tag) => tag.attributes.get("value") ?? "");
}

/** The fields of a page as a browser sends them; `send` adds the token. */
export function formOf(page: Seen, names: readonly string[]): URLSearchParams {
  return new URLSearchParams(
    names.flatMap((name) => valuesOf(page, name).map((value): [string, string] => [name, value])),
  );
}
