import { toNodeListener } from "../../adapters/node/node.ts";
import { suiteHandler } from "./host-handler.ts";
import { hostSuite } from "./host-suite.ts";
import { listenOnLoopback, sendHttp } from "./http-client.ts";

hostSuite("node:http", async () => {
  const { origin, close } = await listenOnLoopback((incoming, outgoing) =>
    toNodeListener((request, peer) => suiteHandler()(request, { basePath: "", ...peer }))(incoming, outgoing),
  );
  return { origin, basePath: "", send: (sent) => sendHttp(origin, sent), close };
});
