import { describe, expect, test } from "vitest";
import { AppError } from "../../../src/errors/error.ts";
import type { HandlerOptions } from "../../../src/http/handler.ts";
import type { Site } from "../../../src/http/types.ts";
import { browserLike, signedIn } from "./browser-like.ts";
import { MASTER_KEY, notesPanel, ORIGIN } from "./panel-of-notes.ts";

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
  "form-action 'self'; frame-ancestors 'none'; base-uri 'none'; require-trusted-types-for 'script'; " +
  "trusted-types 'none'";

async function codeOf(response: Response): Promise<string> {
  return ((await response.json()) as { code: string }).code;
}

describe("every answer carries the security headers", () => {
  test.each([
    ["page", "/form", 200],
    ["unknown address", "/nothing", 404],
    ["API refusal", "/api/notes", 401],
    ["document", "/api/openapi.json", 200],
    ["address that is not UTF-8", "/%ff", 404],
  ])("%s", async (_, path, status) => {
    const response = await notesPanel().fetch(path);
    expect(response.status).toBe(status);
    expect(response.headers.get("content-security-policy")).toBe(POLICY);
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    expect(response.headers.get("referrer-policy")).toBe("same-origin");
    expect(response.headers.get("cross-origin-opener-policy")).toBe("same-origin");
    expect(response.headers.get("cross-origin-resource-policy")).toBe("same-origin");
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(response.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  });

  test("a request id is ours, never the client's", async () => {
    const response = await notesPanel().fetch("/form", { headers: { "x-request-id": "mine" } });
    expect(response.headers.get("x-request-id")).not.toBe("mine");
  });

  test("a site that throws a stranger's exception answers a problem without its text", async () => {
    const broken: Site = async () => {
      throw new Error("/etc/shadow");
    };
    const panel = notesPanel({}, [broken]);
    const response = await panel.fetch("/nothing");
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain("shadow");
    expect(panel.logged.filter(({ level }) => level === "error")).toHaveLength(1);
  });
});

describe("redirects stay on the site", () => {
  test.each([
    ["/form", 303],
    ["form", 303],
    [`${ORIGIN}/form`, 303],
    ["//evil.example/", 500],
    ["/\\evil.example", 500],
    ["https://evil.example/", 500],
    ["http://panel.test:8081/", 500],
    ["javascript:alert(1)", 500],
  ])("Location %s: %i", async (location, status) => {
    const away: Site = async () => new Response(null, { status: 303, headers: { location } });
    const response = await notesPanel({}, [away]).fetch("/go");
    expect(response.status).toBe(status);
    expect(response.headers.get("location")).toBe(status === 303 ? location : null);
  });
});

describe("changes from another site", () => {
  const cases: readonly [string, Record<string, string>, boolean][] = [
    ["same origin", { "sec-fetch-site": "same-origin", origin: ORIGIN }, true],
    ["typed by the person", { "sec-fetch-site": "none" }, true],
    ["neither header, but the token", {}, true],
    ["same host, TLS ended by a proxy", { origin: "https://panel.test:8080" }, true],
    ["another site", { "sec-fetch-site": "cross-site", origin: "https://evil.example" }, false],
    ["a neighbour", { "sec-fetch-site": "same-site" }, false],
    ["only Origin, another", { origin: "https://evil.example" }, false],
    ["another port", { origin: "http://panel.test:9090" }, false],
    ["a hidden origin", { origin: "null" }, false],
    ["forged Origin with the browser's own word", { "sec-fetch-site": "cross-site", origin: ORIGIN }, false],
    [
      "forged word with the browser's own Origin",
      { "sec-fetch-site": "same-origin", origin: "http://evil" },
      false,
    ],
  ];
  test.each(cases)("%s", async (_, headers, passes) => {
    const panel = notesPanel();
    const browser = await signedIn(panel.handler, ORIGIN);
    const { csrf } = await browser.page();
    const response = await browser.go("/api/domains/a/notes", {
      method: "POST",
      body: '{"text":"x"}',
      headers: { "content-type": "application/json", "x-csrf-token": csrf, ...headers },
    });
    expect([response.status, panel.kept.size]).toEqual(passes ? [200, 1] : [403, 0]);
    if (!passes) expect(await codeOf(response)).toBe("CROSS_ORIGIN");
  });

  test.each(["POST", "DELETE"])("%s with a session but without its token", async (method) => {
    const panel = notesPanel();
    panel.kept.set("b", { text: "", pinned: false, stars: 0 });
    const browser = await signedIn(panel.handler, ORIGIN);
    const foreign = (await (await signedIn(panel.handler, ORIGIN)).page()).csrf;
    for (const token of [undefined, "", "x", foreign]) {
      const response = await browser.go(`/api/domains/${method === "POST" ? "a" : "b"}/notes`, {
        method,
        headers: {
          "content-type": "application/json",
          ...(token === undefined ? {} : { "x-csrf-token": token }),
        },
        ...(method === "POST" ? { body: '{"text":"x"}' } : {}),
      });
      expect([response.status, await codeOf(response)]).toEqual([403, "CROSS_ORIGIN"]);
    }
    expect([...panel.kept.keys()]).toEqual(["b"]);
  });

  test("reading needs no token", async () => {
    const browser = await signedIn(notesPanel().handler, ORIGIN);
    expect((await browser.go("/api/notes", { headers: { "sec-fetch-site": "cross-site" } })).status).toBe(
      200,
    );
  });

  test("an API key needs none, and cookies beside it do not count", async () => {
    const panel = notesPanel();
    const browser = await signedIn(panel.handler, ORIGIN);
    const send = (key: string) =>
      browser.go("/api/domains/a/notes", {
        method: "POST",
        body: '{"text":"x"}',
        headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
      });
    expect((await send("wrong")).status).toBe(401);
    expect((await send(MASTER_KEY)).status).toBe(200);
    expect(await browser.page()).toMatchObject({ name: "master" });
  });

  test("an API key opens the API only", async () => {
    const panel = notesPanel();
    const headers = { authorization: `Bearer ${MASTER_KEY}` };
    expect(await (await panel.fetch("/form", { headers })).json()).toMatchObject({ name: null });
    const response = await panel.fetch("/sign-out", { method: "POST", headers });
    expect(response.status).toBe(403);
  });

  test("with baseUrl the origin is exact", async () => {
    const panel = notesPanel({ baseUrl: "https://panel.test:8080" });
    const stranger = browserLike(panel.handler, ORIGIN);
    const { csrf } = await stranger.page();
    const send = async (origin: string) => (await stranger.submit("/sign-out", { csrf }, { origin })).status;
    expect(await send("https://panel.test:8080")).toBe(303);
    expect(await send(ORIGIN)).toBe(403);
  });
});

describe("hosts", () => {
  const status = async (options: Partial<HandlerOptions>, url: string, headers = {}) =>
    (await notesPanel(options).fetch(url, { headers })).status;

  test("any without a rule; with one, only those and loopback", async () => {
    expect(await status({}, "http://anything.example/form")).toBe(200);
    const options = { baseUrl: "https://mail.example.com", allowedHosts: ["inner"] };
    expect(await status(options, "http://mail.example.com/form")).toBe(200);
    expect(await status(options, "http://inner:81/form")).toBe(200);
    expect(await status(options, "http://127.0.0.1:8080/form")).toBe(200);
    expect(await status(options, "http://[::1]:8080/form")).toBe(200);
    expect(await status(options, "http://rebound.example/form")).toBe(404);
  });

  test("X-Forwarded-* counts only when told so", async () => {
    const headers = { "x-forwarded-host": "rebound.example", "x-forwarded-proto": "https" };
    const options = { allowedHosts: ["inner"] };
    expect(await status(options, "http://inner/form", headers)).toBe(200);
    expect(await status({ ...options, trustProxy: true }, "http://inner/form", headers)).toBe(404);
  });
});

describe("pages for people", () => {
  test("a failure outside the API is a page when HTML is asked for", async () => {
    const errorPage = async (error: AppError) =>
      new Response(`<h1>${error.code}</h1>`, {
        status: error.status,
        headers: { "content-type": "text/html" },
      });
    const panel = notesPanel({ errorPage });
    const html = { accept: "text/html,application/xhtml+xml,*/*;q=0.8" };
    const text = async (path: string, init: RequestInit) => (await panel.fetch(path, init)).text();
    expect(await text("/nothing", { headers: html })).toBe("<h1>NOT_FOUND</h1>");
    expect(await text("/sign-out", { method: "POST", headers: html })).toBe("<h1>CROSS_ORIGIN</h1>");
    expect(JSON.parse(await text("/nothing", {}))).toMatchObject({ code: "NOT_FOUND" });
    expect(JSON.parse(await text("/api/nothing", { headers: html }))).toMatchObject({
      code: "UNAUTHENTICATED",
    });
  });

  test("an error page that fails leaves a problem document", async () => {
    const errorPage = async () => Promise.reject(new AppError("NOT_ACCEPTABLE"));
    const response = await notesPanel({ errorPage }).fetch("/nothing", { headers: { accept: "text/html" } });
    expect([response.status, await codeOf(response)]).toEqual([406, "NOT_ACCEPTABLE"]);
  });
});

test("options that cannot work are refused at once", () => {
  for (const options of [
    { basePath: "mail" },
    { basePath: "/mail/" },
    { baseUrl: "mail.example.com" },
    { baseUrl: "ftp://mail.example.com" },
    { bodyLimit: 0 },
    { sessionSeconds: 1.5 },
  ]) {
    expect(() => notesPanel(options), JSON.stringify(options)).toThrowError(
      expect.objectContaining({ code: "BAD_CONFIG" }),
    );
  }
});
