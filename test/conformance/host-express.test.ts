import express, { type RequestHandler } from "express";
import { describe, expect, test } from "vitest";
import { toExpress } from "../../adapters/express/express.ts";
import type { FetchHandler } from "../../src/http/types.ts";
import { MASTER_KEY } from "../unit/http/panel-of-notes.ts";
import { suiteHandler } from "./host-handler.ts";
import { hostSuite } from "./host-suite.ts";
import { listenOnLoopback, sendHttp } from "./http-client.ts";

/** Each request meets a fresh handler, as the suite wants it. */
const fresh: RequestHandler = (request, response, next) => toExpress(suiteHandler())(request, response, next);

function appWith(mount: string, ...before: RequestHandler[]) {
  const app = express();
  app.disable("x-powered-by");
  for (const handler of before) app.use(handler);
  return mount === "" ? app.use(fresh) : app.use(mount, fresh);
}

const hosts: readonly [string, string, () => express.Express][] = [
  ["at the root", "", () => appWith("")],
  ["mounted", "/mail", () => appWith("/mail")],
  [
    "mounted in a router of a router",
    "/a/b%20c/mail",
    () => {
      const app = express().disable("x-powered-by");
      const inner = express.Router().use("/mail", fresh);
      return app.use("/a", express.Router().use("/b c", inner).use("/b%20c", inner));
    },
  ],
  [
    "raw bodies read before",
    "/mail",
    () => appWith("/mail", express.raw({ type: () => true, limit: "9mb" })),
  ],
  ["JSON read before", "/mail", () => appWith("/mail", express.json({ limit: "9mb" }))],
];

for (const [name, basePath, app] of hosts) {
  hostSuite(`Express, ${name}`, async () => {
    const { origin, close } = await listenOnLoopback(app());
    return {
      origin,
      basePath,
      send: (sent) => sendHttp(origin, { ...sent, path: basePath + sent.path }),
      close,
    };
  });
}

async function withApp<T>(app: express.Express, use: (origin: string) => Promise<T>): Promise<T> {
  const { origin, close } = await listenOnLoopback(app);
  try {
    return await use(origin);
  } finally {
    await close();
  }
}

describe("Express, its own ways", () => {
  const show: FetchHandler = async (request) =>
    Response.json({ type: request.headers.get("content-type"), text: await request.text() });

  test("fields that express.urlencoded took apart come back, nested ones too", async () => {
    const app = express().use(express.urlencoded({ extended: true }), toExpress(show));
    const body = "a=1&b=x+y&b=%26&c[d]=%E6%97%A5&e=";
    const { text } = await withApp(app, async (origin) => {
      const headers = { "content-type": "application/x-www-form-urlencoded" };
      return (await (await fetch(origin, { method: "POST", body, headers })).json()) as { text: string };
    });
    expect([...new URLSearchParams(text)]).toEqual([...new URLSearchParams(body)]);
  });

  test("JSON that came packed is handed on unpacked", async () => {
    const { gzipSync } = await import("node:zlib");
    const app = express().use(express.json(), toExpress(suiteHandler()));
    const response = await withApp(app, (origin) =>
      fetch(`${origin}/api/domains/a/notes`, {
        method: "POST",
        body: gzipSync('{"text":"packed"}'),
        headers: {
          "content-type": "application/json",
          "content-encoding": "gzip",
          authorization: `Bearer ${MASTER_KEY}`,
        },
      }),
    );
    expect(await response.json()).toMatchObject({ text: "packed" });
  });

  test("a body that somebody read and did not keep is 400, not an empty one", async () => {
    const eat: RequestHandler = (request, _response, next) => {
      request.resume().once("end", next);
    };
    const app = express().use(eat, toExpress(show));
    const response = await withApp(app, (origin) => fetch(origin, { method: "POST", body: "lost" }));
    expect(response.status).toBe(400);
  });

  test("a handler that fails goes to the app's error handler", async () => {
    const app = express().use(toExpress(suiteHandler()));
    app.use(((error: Error, _request, response, _next) => {
      response.status(503).send(error.message);
    }) as express.ErrorRequestHandler);
    const answer = await withApp(app, async (origin) => (await fetch(`${origin}/echo/throw`)).text());
    expect(answer).toBe("the handler failed");
  });

  test("the app's trust in its proxy gives scheme and client", async () => {
    const seen: unknown[] = [];
    const look: FetchHandler = async (request, peer) => {
      seen.push(new URL(request.url).protocol, peer?.address);
      return new Response("ok");
    };
    const app = express().set("trust proxy", "loopback").use(toExpress(look));
    const headers = { "x-forwarded-proto": "https", "x-forwarded-for": "192.0.2.9" };
    await withApp(app, (origin) => fetch(origin, { headers }));
    await withApp(express().use(toExpress(look)), (origin) => fetch(origin, { headers }));
    expect(seen).toEqual(["https:", "192.0.2.9", "http:", "127.0.0.1"]);
  });

  test("a client that goes away ends the work and the answer", async () => {
    let aborted: () => void = () => undefined;
    const wasAborted = new Promise<void>((resolve) => {
      aborted = resolve;
    });
    let cancelled: () => void = () => undefined;
    const wasCancelled = new Promise<void>((resolve) => {
      cancelled = resolve;
    });
    const endless: FetchHandler = async (request) => {
      request.signal.addEventListener("abort", () => aborted());
      const body = new ReadableStream<Uint8Array>({
        pull: (controller) => controller.enqueue(new Uint8Array(65_536)),
        cancel: () => cancelled(),
      });
      return new Response(body);
    };
    await withApp(express().use(toExpress(endless)), async (origin) => {
      const leaving = new AbortController();
      const response = await fetch(origin, { signal: leaving.signal });
      await response.body?.getReader().read();
      leaving.abort();
      await Promise.all([wasAborted, wasCancelled]);
    });
  });

  test("a refused large body still gets its answer, and the connection survives a small one", async () => {
    await withApp(express().use(toExpress(suiteHandler())), async (origin) => {
      const headers = { authorization: `Bearer ${MASTER_KEY}`, "content-type": "application/json" };
      for (const size of [1_500_000, 12_000_000]) {
        const body = Buffer.alloc(size, " ");
        const response = await fetch(`${origin}/api/domains/a/notes`, { method: "POST", body, headers });
        expect(response.status).toBe(413);
      }
    });
  });

  test.each([
    ["TRACE", { method: "TRACE", path: "/", headers: {} }, 405],
    ["a host that is none", { method: "GET", path: "/", headers: { host: "a b/../c" } }, 400],
    ["a host with a user", { method: "GET", path: "/", headers: { host: "me@evil.example" } }, 400],
  ])("%s is refused", async (_, sent, status) => {
    const app = express().use(toExpress(suiteHandler()));
    expect((await withApp(app, (origin) => sendHttp(origin, sent))).status).toBe(status);
  });
});
