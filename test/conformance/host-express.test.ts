import { createGzip } from "node:zlib";
import express5, { type RequestHandler } from "express";
import express4 from "express4";
import { describe, expect, test } from "vitest";
import { toExpress } from "../../adapters/express/express.ts";
import type { FetchHandler } from "../../src/http/types.ts";
import { MASTER_KEY } from "../unit/http/panel-of-notes.ts";
import { suiteHandler } from "./host-handler.ts";
import { hostSuite, type OpenHost } from "./host-suite.ts";
import { listenOnLoopback, openHttp, sendHttp } from "./http-client.ts";
import { productSuite } from "./product-suite.ts";
import { openWorld } from "./world.ts";

for (const [version, express] of [
  ["Express 4", express4],
  ["Express 5", express5],
] as const) {
  const appWith = (mount: string, handler: FetchHandler, ...before: RequestHandler[]) => {
    const app = express();
    app.disable("x-powered-by");
    for (const each of before) app.use(each);
    return mount === "" ? app.use(toExpress(handler)) : app.use(mount, toExpress(handler));
  };

  const hosts: readonly [string, string, (handler: FetchHandler) => express5.Express][] = [
    ["at the root", "", (handler) => appWith("", handler)],
    ["mounted", "/mail", (handler) => appWith("/mail", handler)],
    [
      "mounted in a router of a router",
      "/a/b%20c/mail",
      (handler) => {
        const app = express().disable("x-powered-by");
        const inner = express.Router().use("/mail", toExpress(handler));
        return app.use("/a", express.Router().use("/b c", inner).use("/b%20c", inner));
      },
    ],
    [
      "raw bodies read before",
      "/mail",
      (handler) => appWith("/mail", handler, express.raw({ type: () => true, limit: "9mb" })),
    ],
    [
      "JSON and forms read before",
      "/mail",
      (handler) =>
        appWith(
          "/mail",
          handler,
          express.json({ limit: "9mb" }),
          express.urlencoded({ extended: false, limit: "9mb" }),
        ),
    ],
  ];

  for (const [name, basePath, app] of hosts) {
    // A parser in front waits for the whole body, so the handler never meets one that breaks off.
    const before = "a parser stands in front and takes the body first";
    const openHost: OpenHost = async (handler) => {
      const { origin, close } = await listenOnLoopback(app(handler));
      return {
        origin,
        basePath,
        send: (sent) => sendHttp(origin, { ...sent, path: basePath + sent.path }),
        open: (sent) => openHttp(origin, { ...sent, path: basePath + sent.path }),
        cannot: name.startsWith("raw") ? { uploads: before } : {},
        close,
      };
    };
    hostSuite(`${version}, ${name}`, openHost);
    if (basePath === "/mail") productSuite(`${version}, ${name}`, ({ panel }) => openHost(panel));
  }

  ownWays(version, express);
}

/** What the package `compression` does: it puts itself in place of the answer's own methods. */
const packing: RequestHandler = (_request, response, next) => {
  const gzip = createGzip();
  const write = response.write.bind(response) as (chunk: Buffer) => boolean;
  const end = response.end.bind(response) as () => void;
  const on = response.on.bind(response);
  gzip.on("data", (chunk: Buffer) => {
    if (!write(chunk)) gzip.pause();
  });
  on("drain", () => void gzip.resume());
  gzip.on("end", () => end());
  const begin = () => {
    if (response.headersSent) return;
    response.removeHeader("content-length");
    response.setHeader("content-encoding", "gzip");
  };
  return next(
    void Object.assign(response, {
      write(chunk: Buffer) {
        begin();
        return gzip.write(chunk);
      },
      end(chunk?: Buffer) {
        begin();
        gzip.end(chunk);
        return response;
      },
      on(name: string, listener: () => void) {
        if (name === "drain") gzip.on(name, listener);
        else on(name, listener);
        return response;
      },
    }),
  );
};

async function withApp<T>(app: express5.Express, use: (origin: string) => Promise<T>): Promise<T> {
  const { origin, close } = await listenOnLoopback(app);
  try {
    return await use(origin);
  } finally {
    await close();
  }
}

function ownWays(version: string, express: typeof express5): void {
  describe(`${version}, its own ways`, () => {
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

    test.each([
      ["express.text", express.text({ type: () => true })],
      ["express.raw", express.raw({ type: () => true })],
      ["express.json", express.json()],
    ])("%s in front leaves the API what was sent", async (_, parser) => {
      const app = express().use(parser, toExpress(suiteHandler()));
      const headers = {
        "content-type": "application/json; charset=utf-8",
        authorization: `Bearer ${MASTER_KEY}`,
      };
      const body = '{"text":"日本"}';
      const response = await withApp(app, (origin) =>
        fetch(`${origin}/api/domains/a/notes`, { method: "POST", body, headers }),
      );
      expect(await response.json()).toMatchObject({ text: "日本" });
    });

    test("compression in front packs a large answer whole", async () => {
      const app = express().use(packing, toExpress(suiteHandler()));
      const { packed, text } = await withApp(app, async (origin) => {
        const response = await fetch(`${origin}/echo/large`);
        return { packed: response.headers.get("content-encoding"), text: await response.text() };
      });
      expect([packed, text.length, text.slice(-10)]).toEqual(["gzip", 5_000_000, "0123456789"]);
    });

    test("two panels in one app keep their people and their cookies apart", async () => {
      const worlds = await Promise.all([openWorld("tab"), openWorld("tab")]);
      const app = express();
      for (const [index, { panel }] of worlds.entries()) app.use(`/mail${index}`, toExpress(panel));
      await withApp(app, async (origin) => {
        const form = await fetch(`${origin}/mail0/sign-in`);
        const visitor = form.headers.getSetCookie().map((line) => line.split(";")[0]);
        const csrf = /name="csrf" value="([^"]+)"/.exec(await form.text())?.[1] ?? "";
        const signedIn = await fetch(`${origin}/mail0/sign-in`, {
          method: "POST",
          body: new URLSearchParams({ csrf, name: "master", password: "Administrator-1" }),
          headers: { cookie: visitor.join("; "), origin },
          redirect: "manual",
        });
        const lines = signedIn.headers.getSetCookie();
        expect(lines.length).toBeGreaterThan(0);
        expect(lines.filter((line) => !line.includes("Path=/mail0"))).toEqual([]);
        const cookie = lines.map((line) => line.split(";")[0]).join("; ");
        const statuses = await Promise.all(
          [0, 1].map(async (index) => {
            const page = await fetch(`${origin}/mail${index}/accounts`, {
              headers: { cookie },
              redirect: "manual",
            });
            return page.status;
          }),
        );
        // The other panel has another key: a cookie that strayed there is worth nothing.
        expect(statuses).toEqual([200, 303]);
      });
      await Promise.all(worlds.map((world) => world.close()));
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
      }) as express5.ErrorRequestHandler);
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
}
