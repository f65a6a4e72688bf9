import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { FetchHandler } from "../../src/http/types.ts";
import { MASTER_KEY } from "../unit/http/panel-of-notes.ts";
import { suiteHandler } from "./host-handler.ts";
import { streamSuite } from "./host-streams.ts";

/** A request as it goes over the wire: the path is not touched by any URL parser. */
export interface Sent {
  readonly method: string;
  /** Below the mount, with its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

export interface Got {
  readonly status: number;
  /** Lower-case names, without `set-cookie`. */
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[];
  readonly body: Uint8Array;
}

/** A request whose two ends stay in the suite's hands. */
export interface Opening {
  write(bytes: Uint8Array): void;
  /** The next bytes of the answer's body; `null` at its end. */
  read(): Promise<Uint8Array | null>;
  /** The client goes away, in the middle of whatever happens. */
  leave(): void;
}

/**
 * What a handler can do or notice under a host: send bytes at once, take a body as it comes, and see of a client that
 * left that the request's signal fires, the answer's source is cancelled (also one that is silent: `idle`), or the
 * request's body breaks off. `departures`: that it notices at all who leaves during an answer.
 */
export type Ability = "streams" | "uploads" | "aborted" | "cancelled" | "idle" | "departures" | "broken";

export interface Host {
  /** As the program sees it: `http://127.0.0.1:8080`. */
  readonly origin: string;
  readonly basePath: string;
  send(request: Sent): Promise<Got>;
  /** `null` where nobody can leave. */
  open: ((request: Sent) => Opening) | null;
  /** What this host cannot do, and why. */
  readonly cannot: Partial<Record<Ability, string>>;
  /** Cases in which a server that is not ours shows something else, and why. */
  readonly differs?: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

export type OpenHost = (handler: FetchHandler) => Promise<Host>;

/** Each request meets a fresh `suiteHandler()`. */
const fresh: FetchHandler = (request, peer) => suiteHandler()(request, peer);

const KEY = { authorization: `Bearer ${MASTER_KEY}` };
const JSON_TYPE = { "content-type": "application/json" };
const BYTES = { "content-type": "application/octet-stream" };
const allBytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);

const CASES: readonly [string, number, Omit<Sent, "headers"> & { headers?: Sent["headers"] }][] = [
  [
    "path, query and headers",
    200,
    {
      method: "GET",
      path: "/echo/request/a%20b%3F/%E6%97%A5?q=1+2&q=%26",
      headers: { "x-test": "y; z", cookie: "a=1; b=2" },
    },
  ],
  ["a path that could name another host", 200, { method: "GET", path: "/echo/request//evil.example//x" }],
  ["a query without =", 200, { method: "GET", path: "/echo/request?--version+-e" }],
  ["HEAD", 200, { method: "HEAD", path: "/api/openapi.json" }],
  ["two cookies, a joined header, a header above ASCII", 200, { method: "GET", path: "/echo/headers" }],
  ["redirect", 303, { method: "GET", path: "/echo/away" }],
  ["204", 204, { method: "GET", path: "/echo/status/204" }],
  ["304", 304, { method: "GET", path: "/echo/status/304" }],
  ["499, a status of our own", 499, { method: "GET", path: "/echo/status/499" }],
  [
    "body of all byte values, both ways",
    200,
    { method: "POST", path: "/echo/bytes", headers: BYTES, body: allBytes },
  ],
  ["binary answer", 200, { method: "GET", path: "/echo/all-bytes" }],
  ["text that is no UTF-8", 200, { method: "GET", path: "/echo/not-utf-8" }],
  ["Japanese", 200, { method: "GET", path: "/echo/japanese" }],
  ["large answer", 200, { method: "GET", path: "/echo/large" }],
  [
    "large request",
    200,
    { method: "PUT", path: "/echo/digest", headers: BYTES, body: Buffer.alloc(3_000_000, "abc") },
  ],
  ["answer in pieces", 200, { method: "GET", path: "/echo/stream" }],
  ["POST without a body", 200, { method: "POST", path: "/echo/request" }],
  [
    "DELETE with a body",
    200,
    { method: "DELETE", path: "/echo/digest", headers: BYTES, body: Buffer.from("x") },
  ],
  [
    "API",
    200,
    {
      method: "POST",
      path: "/api/domains/example.com/notes",
      headers: { ...KEY, ...JSON_TYPE },
      body: Buffer.from('{"text":"日本"}'),
    },
  ],
  [
    "API, wrong field",
    422,
    {
      method: "POST",
      path: "/api/domains/example.com/notes",
      headers: { ...KEY, ...JSON_TYPE },
      body: Buffer.from('{"stars":"x"}'),
    },
  ],
  ["API, stranger", 401, { method: "GET", path: "/api/notes" }],
  ["API, wrong method", 405, { method: "PUT", path: "/api/notes", headers: KEY }],
  ["API, slash in a part", 404, { method: "GET", path: "/api/domains/a%2Fb/notes", headers: KEY }],
  [
    "too large for the panel",
    413,
    {
      method: "POST",
      path: "/api/domains/a/notes",
      headers: { ...KEY, ...JSON_TYPE },
      body: Buffer.from(JSON.stringify({ text: "x".repeat(1_500_000) })),
    },
  ],
  ["page with a cookie", 200, { method: "GET", path: "/form" }],
  ["nothing there", 404, { method: "GET", path: "/nothing" }],
  [
    "from another site",
    403,
    { method: "POST", path: "/sign-out", headers: { origin: "https://evil.example" } },
  ],
];

/** The same requests through a host and straight into the handler: whoever asks sees no difference. */
export function hostSuite(name: string, openHost: OpenHost): void {
  describe(name, { timeout: 60_000 }, () => {
    let host: Host;
    beforeAll(async () => {
      host = await openHost(fresh);
    });
    afterAll(() => host?.close());

    test.each(CASES)("%s: %i", async (title, status, given) => {
      const sent: Sent = { headers: {}, ...given };
      const [got, wanted] = [await host.send(sent), await directly(host, sent)];
      expect(wanted.status).toBe(status);
      const reason = host.differs?.[title];
      if (reason === undefined) expect(comparable(got, host)).toEqual(comparable(wanted, host));
      else expect(comparable(got, host), `no longer true: ${reason}`).not.toEqual(comparable(wanted, host));
    });

    streamSuite(() => host);
  });
}

/** Without any host: the request as a program would make it. */
async function directly(host: Host, { method, path, headers, body }: Sent): Promise<Got> {
  const request = new Request(host.origin + host.basePath + path, {
    method,
    headers,
    ...(body === undefined ? {} : { body: Uint8Array.from(body) }),
  });
  const response = await suiteHandler()(request, { basePath: host.basePath, address: "127.0.0.1" });
  return {
    status: response.status,
    headers: Object.fromEntries([...response.headers].filter(([name]) => name !== "set-cookie")),
    cookies: response.headers.getSetCookie(),
    body: new Uint8Array(await response.arrayBuffer()),
  };
}

/** What a host may add for the connection itself. */
const OF_THE_CONNECTION = new Set(["date", "server", "connection", "keep-alive", "transfer-encoding"]);

function comparable(got: Got, host: Host) {
  const headers = Object.fromEntries(
    Object.entries(got.headers).filter(([name]) => !OF_THE_CONNECTION.has(name)),
  );
  if (headers["x-request-id"]) headers["x-request-id"] = withoutChance(headers["x-request-id"]);
  // CGI needs the whole address, and both forms lead to the same place.
  if (headers["location"]) headers["location"] = new URL(headers["location"], host.origin).href;
  // Hosts that know the length of the answer may say so.
  if (headers["content-length"] === String(got.body.byteLength)) delete headers["content-length"];
  const text = Buffer.from(got.body).toString("latin1");
  return { status: got.status, headers, cookies: got.cookies.map(withoutChance), body: withoutChance(text) };
}

/** Request ids, visitors and their tokens are new each time; only their form can be the same. */
function withoutChance(text: string): string {
  return text
    .replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "<uuid>")
    .replace(/visitor=[\w-]+\.[\w-]+/g, "visitor=<sealed>")
    .replace(/"csrf":"[\w-]{43}"/g, '"csrf":"<token>"');
}
