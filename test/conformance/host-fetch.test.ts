import type { Server } from "node:http";
import { createAdaptorServer } from "@hono/node-server";
import { getConnInfo } from "@hono/node-server/conninfo";
import { Hono } from "hono";
import { hostSuite, type OpenHost } from "./host-suite.ts";
import { boundTo, openHttp, sendHttp } from "./http-client.ts";
import { productSuite } from "./product-suite.ts";

/** Any router of Fetch handlers: Hono, over its own server for Node. */
const openHono: OpenHost = async (handler) => {
  const app = new Hono();
  app.all("/mail/*", (c) => {
    const { address } = getConnInfo(c).remote;
    return handler(c.req.raw, { basePath: "/mail", ...(address === undefined ? {} : { address }) });
  });
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  const origin = `http://127.0.0.1:${await boundTo(server)}`;
  return {
    origin,
    basePath: "/mail",
    send: (sent) => sendHttp(origin, { ...sent, path: `/mail${sent.path}` }),
    open: (sent) => openHttp(origin, { ...sent, path: `/mail${sent.path}` }),
    cannot: {},
    differs: {
      "two cookies, a joined header, a header above ASCII": "its server sends such a header as UTF-8",
      "POST without a body": "its server gives every POST a body, if an empty one",
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

hostSuite("Hono", openHono);
productSuite("Hono", ({ panel }) => openHono(panel));
