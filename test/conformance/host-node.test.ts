import { createServer as createHttp2Server, type Http2Server, type ServerHttp2Session } from "node:http2";
import { toNodeListener } from "../../adapters/node/node.ts";
import type { FetchHandler } from "../../src/http/types.ts";
import { selfSigned } from "../unit/ctrl/certificate.ts";
import { hostSuite, type OpenHost } from "./host-suite.ts";
import { boundTo, listenOnLoopback, openHttp, sendHttp } from "./http-client.ts";
import { http2Client } from "./http2-client.ts";
import { productSuite } from "./product-suite.ts";

const atRoot =
  (handler: FetchHandler): FetchHandler =>
  (request, peer) =>
    handler(request, { basePath: "", ...peer });

const overHttp =
  (tls?: Parameters<typeof listenOnLoopback>[1]): OpenHost =>
  async (handler) => {
    const { origin, close } = await listenOnLoopback(toNodeListener(atRoot(handler)), tls);
    return {
      origin,
      basePath: "",
      send: (sent) => sendHttp(origin, sent),
      open: (sent) => openHttp(origin, sent),
      cannot: {},
      close,
    };
  };

/** Node's own layer makes its HTTP/2 requests look like those of `node:http`. */
const overHttp2: OpenHost = async (handler) => {
  const listener = toNodeListener(atRoot(handler));
  const server: Http2Server = createHttp2Server(
    listener as unknown as Parameters<typeof createHttp2Server>[0],
  );
  const origin = `http://127.0.0.1:${await boundTo(server)}`;
  const sessions = new Set<ServerHttp2Session>();
  server.on("session", (session) => void sessions.add(session));
  const { send, open, close } = http2Client(origin);
  return {
    origin,
    basePath: "",
    send,
    open,
    cannot: {},
    async close() {
      close();
      for (const session of sessions) session.destroy();
      await new Promise<void>((resolve) => void server.close(() => resolve()));
    },
  };
};

for (const [name, openHost] of [
  ["node:http", overHttp()],
  ["node:https", overHttp(selfSigned())],
  ["node:http2", overHttp2],
] as const) {
  hostSuite(name, openHost);
  productSuite(name, ({ panel }) => openHost(panel));
}
