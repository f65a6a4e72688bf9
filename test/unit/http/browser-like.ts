import type { FetchHandler } from "../../../src/http/types.ts";

/** Keeps cookies as a browser does, for one origin and one prefix. */
export function browserLike(handler: FetchHandler, origin: string, base = "") {
  const jar = new Map<string, string>();
  async function go(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    if (jar.size > 0) headers.set("cookie", [...jar].map((pair) => pair.join("=")).join("; "));
    const response = await handler(new Request(origin + base + path, { ...init, headers }));
    for (const line of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/Max-Age=0/.test(line)) jar.delete(name);
      else jar.set(name, value);
    }
    return response;
  }
  async function page(path = "/form") {
    return (await (await go(path)).json()) as {
      csrf: string;
      base: string;
      flash: { text: string } | null;
      name: string | null;
    };
  }
  /** As a browser sends a form of its own page. */
  function submit(path: string, fields: Record<string, string>, headers: Record<string, string> = {}) {
    return go(path, {
      method: "POST",
      body: new URLSearchParams(fields),
      headers: { origin, "sec-fetch-site": "same-origin", ...headers },
    });
  }
  return { jar, go, page, submit };
}

export async function signedIn(handler: FetchHandler, origin: string, base = "") {
  const browser = browserLike(handler, origin, base);
  const { csrf } = await browser.page();
  const answer = await browser.submit("/sign-in", { u: "master", p: "correct horse battery", csrf });
  if (answer.status !== 303) throw new Error(`sign-in answered ${answer.status}`);
  return browser;
}
