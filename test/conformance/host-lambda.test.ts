import { describe, expect, test } from "vitest";
import { type LambdaEvent, toLambda } from "../../adapters/lambda/lambda.ts";
import type { FetchHandler } from "../../src/http/types.ts";
import { suiteHandler } from "./host-handler.ts";
import { type Got, type Host, hostSuite, type OpenHost, type Sent } from "./host-suite.ts";
import { productSuite } from "./product-suite.ts";

const HOST = "abc.lambda-url.eu-west-1.on.aws";
const CANNOT: Host["cannot"] = {
  streams: "the result is one value, sent when all of it is made",
  aborted: "an event has no client that could leave",
  cancelled: "the same",
  broken: "the event comes when the body is whole",
};

/** The event as AWS documents it, there and back through JSON as Lambda's runtime sends it. */
function eventOf({ method, path, headers, body }: Sent, stage: string): LambdaEvent {
  const [rawPath = "", rawQueryString = ""] = path.split("?", 2);
  const { cookie, ...rest } = headers;
  const event = {
    version: "2.0",
    routeKey: "$default",
    rawPath: stage === "$default" ? rawPath : `/${stage}${rawPath}`,
    rawQueryString,
    headers: { host: HOST, ...rest },
    ...(cookie === undefined ? {} : { cookies: cookie.split("; ") }),
    requestContext: { domainName: HOST, stage, http: { method, sourceIp: "127.0.0.1" } },
    ...(body === undefined ? {} : { body: Buffer.from(body).toString("base64"), isBase64Encoded: true }),
  };
  return JSON.parse(JSON.stringify(event)) as LambdaEvent;
}

async function through(handler: FetchHandler, event: LambdaEvent): Promise<Got> {
  const answer = await toLambda(handler)(event);
  const result = JSON.parse(JSON.stringify(answer)) as typeof answer;
  return {
    status: result.statusCode,
    headers: result.headers,
    cookies: result.cookies,
    body: Buffer.from(result.body, result.isBase64Encoded ? "base64" : "utf8"),
  };
}

for (const stage of ["$default", "mail"]) {
  const openHost: OpenHost = async (handler) => ({
    origin: `https://${HOST}`,
    basePath: stage === "$default" ? "" : `/${stage}`,
    send: (sent) => through(handler, eventOf(sent, stage)),
    open: null,
    cannot: CANNOT,
    close: async () => undefined,
  });
  hostSuite(`Lambda, stage ${stage}`, openHost);
  productSuite(`Lambda, stage ${stage}`, ({ panel }) => openHost(panel));
}

describe("Lambda, its own ways", () => {
  const ask = (change: Partial<LambdaEvent>) =>
    through(suiteHandler(), {
      ...eventOf({ method: "GET", path: "/echo/request", headers: {} }, "$default"),
      ...change,
    });
  const json = ({ body }: Got) => JSON.parse(Buffer.from(body).toString()) as Record<string, unknown>;

  test.each([
    ["as sent", "/echo/request/a%20b%3Fc/%E6%97%A5", "/echo/request/a%20b%3Fc/%E6%97%A5"],
    ["decoded", "/echo/request/a b?c#d\\e/日/100%", "/echo/request/a%20b%3Fc%23d%5Ce/%E6%97%A5/100%25"],
    ["empty", "", "/"],
  ])("a path that comes %s", async (_, rawPath, pathname) => {
    const seen: string[] = [];
    await through(
      async (request) => {
        seen.push(request.url);
        return new Response("");
      },
      { ...eventOf({ method: "GET", path: "/", headers: {} }, "$default"), rawPath },
    );
    expect(seen).toEqual([`https://${HOST}${pathname}`]);
  });

  test("the path of a custom domain is the panel's `basePath`; a stage is told", async () => {
    const told: unknown[] = [];
    for (const stage of ["$default", "mail"]) {
      await through(
        async (_, peer = {}) => {
          told.push("basePath" in peer ? peer.basePath : "left to the panel");
          return new Response("");
        },
        eventOf({ method: "GET", path: "/x", headers: {} }, stage),
      );
    }
    expect(told).toEqual(["left to the panel", "/mail"]);
  });

  test("an event ends when what must be waited for is over, also when that fails", async () => {
    const over: string[] = [];
    const later = async (name: string, fails: boolean) => {
      await new Promise((resolve) => setTimeout(resolve, 50));
      over.push(name);
      if (fails) throw new Error(name);
    };
    const got = await through(
      async (_, peer) => {
        peer?.waitUntil?.(later("kept", false));
        peer?.waitUntil?.(later("failed", true));
        return new Response("done");
      },
      eventOf({ method: "GET", path: "/x", headers: {} }, "$default"),
    );
    expect([Buffer.from(got.body).toString(), over]).toEqual(["done", ["kept", "failed"]]);
  });

  test("a body of text", async () => {
    const { requestContext } = eventOf({ method: "POST", path: "/", headers: {} }, "$default");
    const got = await ask({ rawPath: "/echo/bytes", requestContext, body: "日本", isBase64Encoded: false });
    expect(Buffer.from(got.body).toString()).toBe("日本");
  });

  test("headers of several values, cookies, no headers at all", async () => {
    expect(json(await ask({ headers: { "x-test": "a,b" }, cookies: ["a=1", "b=2"] }))).toMatchObject({
      test: "a,b",
      cookie: "a=1; b=2",
      url: `https://${HOST}/echo/request`,
      address: "127.0.0.1",
    });
    const { headers: _, ...bare } = eventOf(
      { method: "GET", path: "/echo/request", headers: {} },
      "$default",
    );
    expect((await through(suiteHandler(), bare)).status).toBe(200);
  });

  test("text goes as text, everything else as base64", async () => {
    const handle = toLambda(suiteHandler());
    const get = (path: string) => handle(eventOf({ method: "GET", path, headers: {} }, "$default"));
    expect(await get("/echo/japanese")).toMatchObject({ isBase64Encoded: false, body: "管理者" });
    for (const path of ["/echo/all-bytes", "/echo/not-utf-8"])
      expect(await get(path)).toMatchObject({ isBase64Encoded: true });
  });

  test("a host that is none is 400, a failing handler fails the event", async () => {
    expect((await ask({ headers: { host: "me@evil.example" } })).status).toBe(400);
    await expect(ask({ rawPath: "/echo/throw" })).rejects.toThrow("the handler failed");
  });

  test.each([
    [
      "a REST API (format 1.0)",
      { version: "1.0", httpMethod: "GET", path: "/", headers: {}, requestContext: {} },
    ],
    ["a load balancer", { httpMethod: "GET", path: "/", headers: {}, requestContext: { elb: {} } }],
    ["something else", {}],
  ])("an event of %s is refused in words", async (_, event) => {
    const handle = toLambda(suiteHandler()) as unknown as (event: object) => Promise<unknown>;
    await expect(handle(event)).rejects.toThrow(/payload format 2\.0/);
  });
});
