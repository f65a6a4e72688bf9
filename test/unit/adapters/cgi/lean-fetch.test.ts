import { describe, expect, test } from "vitest";
import * as lean from "../../../../adapters/cgi/lean/fetch.ts";

/** What our code, hono and whoever writes a plugin rely on. The real classes are the truth; the lean ones must agree. */
const KINDS = { real: globalThis, lean: lean as unknown as typeof globalThis };

describe.each(Object.entries(KINDS))("%s Headers", (_, { Headers }) => {
  test("names have no case, values no blanks around them", () => {
    const headers = new Headers({ "X-Test": "  a b \t", Accept: "*/*" });
    expect([headers.get("x-test"), headers.get("ACCEPT"), headers.get("none")]).toEqual(["a b", "*/*", null]);
    expect([headers.has("x-TEST"), headers.has("none")]).toEqual([true, false]);
    headers.delete("X-test");
    expect([...headers]).toEqual([["accept", "*/*"]]);
  });

  test("values of one name are joined, cookies stay apart, names are sorted", () => {
    const headers = new Headers([
      ["vary", "a"],
      ["set-cookie", "a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT"],
      ["cookie", "a=1"],
    ]);
    headers.append("Vary", "b");
    headers.append("Set-Cookie", "b=2");
    headers.append("cookie", "b=2");
    headers.set("allow", "GET");
    expect([...headers]).toEqual([
      ["allow", "GET"],
      ["cookie", "a=1; b=2"],
      ["set-cookie", "a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT"],
      ["set-cookie", "b=2"],
      ["vary", "a, b"],
    ]);
    expect(headers.getSetCookie()).toHaveLength(2);
    expect([...headers.keys()]).toEqual(["allow", "cookie", "set-cookie", "set-cookie", "vary"]);
    expect([...headers.values()].at(-1)).toBe("a, b");
    const seen: string[] = [];
    headers.forEach((value, name) => {
      seen.push(`${name}: ${value}`);
    });
    expect(seen).toHaveLength(5);
    expect([...new Headers(headers)]).toEqual([...headers]);
    headers.set("set-cookie", "c=3");
    expect(headers.getSetCookie()).toEqual(["c=3"]);
  });

  test.each([
    ["a b", "x"],
    ["", "x"],
    ["x\r\n", "x"],
    ["x", "a\r\nb: c"],
    ["x", "a\0"],
    ["x", "日"],
  ])("%j: %j is refused", (name, value) => {
    expect(() => new Headers().append(name, value)).toThrow(TypeError);
    expect(() => new Headers().set(name, value)).toThrow(TypeError);
  });

  test("bytes above ASCII are taken", () => {
    expect(new Headers({ x: "caf\xe9" }).get("x")).toBe("caf\xe9");
  });
});

describe.each(Object.entries(KINDS))("%s Response", (_, { Response, Headers }) => {
  test("text brings its type, unless it has one; bytes bring none", () => {
    const typeOf = (response: Response) => response.headers.get("content-type");
    expect(typeOf(new Response("a"))).toBe("text/plain;charset=UTF-8");
    expect(typeOf(new Response("a", { headers: { "content-type": "text/html" } }))).toBe("text/html");
    expect(typeOf(new Response(Uint8Array.of(1)))).toBeNull();
    expect(typeOf(new Response(new URLSearchParams("a=b")))).toBe(
      "application/x-www-form-urlencoded;charset=UTF-8",
    );
    expect(typeOf(new Response(null))).toBeNull();
    expect(typeOf(Response.json({}))).toBe("application/json");
    expect(typeOf(Response.json({}, { headers: { "content-type": "application/problem+json" } }))).toBe(
      "application/problem+json",
    );
  });

  test("a body moves on to the next response as it is, and brings no type", async () => {
    const first = new Response("日本", { status: 404, headers: { "content-type": "text/html" } });
    const next = new Response(first.body, { status: first.status, headers: new Headers(first.headers) });
    expect([next.status, next.ok, next.headers.get("content-type")]).toEqual([404, false, "text/html"]);
    expect(await next.text()).toBe("日本");
    expect(new Response(new Response("a").body).headers.get("content-type")).toBeNull();
  });

  test("is read once", async () => {
    const response = new Response("a");
    expect(response.bodyUsed).toBe(false);
    expect(await response.text()).toBe("a");
    expect(response.bodyUsed).toBe(true);
    await expect(response.text()).rejects.toThrow(TypeError);
  });

  test("as text, JSON, bytes and blob", async () => {
    const of = () => new Response('{"a":"日"}', { headers: { "content-type": "application/json" } });
    expect(await of().json()).toEqual({ a: "日" });
    expect(Buffer.from(await of().arrayBuffer()).toString()).toBe('{"a":"日"}');
    expect((await of().blob()).type).toBe("application/json");
    expect(await new Response(Buffer.from("\ufeffa")).text()).toBe("a");
    expect(await new Response(null).text()).toBe("");
    expect(await new Response(Uint8Array.of(0x61, 0xff)).text()).toBe("a\ufffd");
  });

  test("bytes are copied when they are given", async () => {
    const bytes = Uint8Array.of(1, 2, 3);
    const response = new Response(bytes.subarray(1));
    bytes.fill(9);
    expect([...new Uint8Array(await response.arrayBuffer())]).toEqual([2, 3]);
  });

  test("a stream is read piece by piece, or given up", async () => {
    const streamOf = (...pieces: readonly string[]) => {
      const left = [...pieces];
      return new ReadableStream<Uint8Array>({
        pull(controller) {
          const piece = left.shift();
          if (piece === undefined) controller.close();
          else controller.enqueue(Buffer.from(piece));
        },
      });
    };
    expect(await new Response(streamOf("a", "b")).text()).toBe("ab");
    const reader = new Response(streamOf("a", "b")).body?.getReader();
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe("a");
    await reader?.cancel();
    let reason: unknown;
    const endless = new ReadableStream({
      cancel(given) {
        reason = given;
      },
    });
    await new Response(endless).body?.cancel("enough");
    expect(reason).toBe("enough");
    const pieces: string[] = [];
    const { body } = new Response(streamOf("a", "b"));
    if (body)
      for await (const piece of body as unknown as AsyncIterable<Uint8Array>)
        pieces.push(Buffer.from(piece).toString());
    expect(pieces).toEqual(["a", "b"]);
  });

  test("a locked body cannot be read again", () => {
    const response = new Response("a");
    response.body?.getReader();
    expect(() => response.body?.getReader()).toThrow(TypeError);
  });

  test("clones, tees and pipes", async () => {
    const response = new Response("abc", { status: 201, headers: { x: "y" } });
    const copy = response.clone();
    expect([await response.text(), await copy.text()]).toEqual(["abc", "abc"]);
    expect([copy.status, copy.headers.get("x")]).toEqual([201, "y"]);
    const [one, two] = new Response("ab").body?.tee() ?? [];
    expect([await new Response(one ?? null).text(), await new Response(two ?? null).text()]).toEqual([
      "ab",
      "ab",
    ]);
    const upper = new TransformStream<Uint8Array, Uint8Array>({
      transform: (piece, controller) =>
        controller.enqueue(Buffer.from(String(Buffer.from(piece)).toUpperCase())),
    });
    expect(await new Response(new Response("ab").body?.pipeThrough(upper) ?? null).text()).toBe("AB");
  });

  test.each([199, 600, 1.5])("status %s is refused", (status) => {
    expect(() => new Response(null, { status })).toThrow(RangeError);
  });

  test.each([204, 205, 304])("status %i has no body", (status) => {
    expect(new Response(null, { status }).body).toBeNull();
    expect(() => new Response("a", { status })).toThrow(TypeError);
  });

  test("redirects", () => {
    const { status, headers } = Response.redirect("https://a.example/b", 303);
    expect([status, headers.get("location")]).toEqual([303, "https://a.example/b"]);
    expect(() => Response.redirect("https://a.example/", 200)).toThrow(RangeError);
  });

  test("forms of many parts", async () => {
    const form = new FormData();
    form.append("a", "日");
    form.append("file", new Blob(["xyz"]), "f.txt");
    const sent = new Response(form);
    expect(sent.headers.get("content-type")).toMatch(/^multipart\/form-data; boundary=/);
    const got = await sent.formData();
    expect([got.get("a"), (got.get("file") as File).name]).toEqual(["日", "f.txt"]);
    expect((await new Response(new URLSearchParams("a=b")).formData()).get("a")).toBe("b");
  });
});

describe.each(Object.entries(KINDS))("%s Request", (_, { Request, Headers }) => {
  const URL_TEXT = "http://h.example/a b?q=1#f";

  test("has its address written out, GET and no body", () => {
    const request = new Request(URL_TEXT, { headers: { Accept: "x" } });
    expect([request.url, request.method, request.body]).toEqual([
      "http://h.example/a%20b?q=1#f",
      "GET",
      null,
    ]);
    expect([request.headers.get("accept"), request.bodyUsed]).toEqual(["x", false]);
    expect(request.signal.aborted).toBe(false);
    expect(new Request(new URL(URL_TEXT)).url).toBe(request.url);
  });

  test("usual methods have no case, others keep theirs", () => {
    expect(new Request(URL_TEXT, { method: "post" }).method).toBe("POST");
    expect(new Request(URL_TEXT, { method: "purge" }).method).toBe("purge");
  });

  test.each(["TRACE", "track", "CONNECT", "a b", ""])("method %j is refused", (method) => {
    expect(() => new Request(URL_TEXT, { method })).toThrow(TypeError);
  });

  test.each(["/relative", "http://user:word@h.example/", "http://[bad/"])("address %j is refused", (url) => {
    expect(() => new Request(url)).toThrow(TypeError);
  });

  test("carries a body, but not with GET or HEAD", async () => {
    const request = new Request(URL_TEXT, { method: "POST", body: "日" });
    expect(request.headers.get("content-type")).toBe("text/plain;charset=UTF-8");
    expect(await request.text()).toBe("日");
    for (const method of ["GET", "HEAD"]) {
      expect(() => new Request(URL_TEXT, { method, body: "a" })).toThrow(TypeError);
    }
  });

  test("takes a stream only with duplex: half", async () => {
    const stream = () => new Blob(["ab"]).stream();
    expect(() => new Request(URL_TEXT, { method: "PUT", body: stream() })).toThrow(TypeError);
    const init = { method: "PUT", body: stream(), duplex: "half" } as const;
    expect(await new Request(URL_TEXT, init).text()).toBe("ab");
  });

  test("is made of another one", async () => {
    const first = new Request(URL_TEXT, { method: "POST", body: "a", headers: { x: "y" } });
    const copy = first.clone();
    const next = new Request(first, { headers: new Headers({ x: "z" }) });
    expect([next.method, next.url, next.headers.get("x")]).toEqual(["POST", first.url, "z"]);
    expect([await next.text(), await copy.text()]).toEqual(["a", "a"]);
  });

  test("hands on the signal it was given", () => {
    const gone = new AbortController();
    const { signal } = new Request(URL_TEXT, { signal: gone.signal });
    gone.abort();
    expect(signal.aborted).toBe(true);
  });
});
