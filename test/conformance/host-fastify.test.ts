import fastify from "fastify";
import { toNodeListener } from "../../adapters/node/node.ts";
import { hostSuite, type OpenHost } from "./host-suite.ts";
import { openHttp, sendHttp } from "./http-client.ts";
import { productSuite } from "./product-suite.ts";

/** Fastify hands over Node's own pair; its parsers must leave the body where it is. */
const openFastify: OpenHost = async (handler) => {
  const app = fastify();
  const listener = toNodeListener((request, peer) => handler(request, { ...peer, basePath: "/mail" }));
  app.register(async (mail) => {
    mail.removeAllContentTypeParsers();
    mail.addContentTypeParser("*", (_request, _body, done) => done(null));
    mail.all("/mail/*", (request, reply) => {
      reply.hijack();
      listener(request.raw, reply.raw);
    });
  });
  const origin = await app.listen({ port: 0, host: "127.0.0.1" });
  return {
    origin,
    basePath: "/mail",
    send: (sent) => sendHttp(origin, { ...sent, path: `/mail${sent.path}` }),
    open: (sent) => openHttp(origin, { ...sent, path: `/mail${sent.path}` }),
    cannot: {},
    async close() {
      app.server.closeAllConnections();
      await app.close();
    },
  };
};

hostSuite("Fastify", openFastify);
productSuite("Fastify", ({ panel }) => openFastify(panel));
