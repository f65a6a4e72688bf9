import { spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createServer } from "node-fastcgi";
import { expect, test } from "vitest";
import { toNodeListener } from "../../../adapters/node/node.ts";
import { type Host, hostSuite, type OpenHost } from "../../conformance/host-suite.ts";
import { boundTo, openHttp, sendHttp } from "../../conformance/http-client.ts";
import { productSuite } from "../../conformance/product-suite.ts";
import { TOP } from "../../gates/tree-copy.ts";
import { apache, describeWith } from "../../peers.ts";
import { accepts, apacheFolder, freePort, OF_APACHE, startApache } from "./server.ts";
import { configurationOf, guideConf } from "./site.ts";

const BASE = "/mail";

const hostAt = (origin: string, more: Pick<Host, "cannot" | "close"> & Partial<Host>): Host => ({
  origin,
  basePath: BASE,
  send: (sent) => sendHttp(origin, { ...sent, path: BASE + sent.path }),
  open: (sent) => openHttp(origin, { ...sent, path: BASE + sent.path }),
  ...more,
});

describeWith("apache", apache(), "Apache, in front of a process that stays", (where) => {
  /** `xmailcfg serve` as the guide's service starts it. */
  productSuite("mod_proxy to xmailcfg serve", async (world) => {
    const folder = apacheFolder();
    const config = join(folder, "xmailcfg.config.json");
    writeFileSync(config, JSON.stringify(configurationOf(world, { trustProxy: true })));
    const port = await freePort();
    const program = join(TOP, "dist/bin/xmailcfg.cjs");
    const served = spawn(process.execPath, [program, "serve", "--config", config, "--port", String(port)], {
      stdio: ["ignore", "ignore", "inherit"],
    });
    const ended = once(served, "exit");
    await accepts(port, served);
    const server = await startApache(where, {
      modules: ["proxy", "proxy_http", "headers"],
      conf: () => guideConf("proxy", { "127.0.0.1:8080": `127.0.0.1:${port}` }),
    });
    return hostAt(server.origin, {
      cannot: {},
      async close() {
        await server.stop();
        served.kill("SIGINT");
        await ended;
        rmSync(folder, { recursive: true, force: true });
      },
    });
  });

  const overFastCgi: OpenHost = async (handler) => {
    const listener = toNodeListener((request, peer) => handler(request, { ...peer, basePath: BASE }));
    const backend = createServer(listener);
    const port = await boundTo(backend);
    const server = await startApache(where, {
      modules: ["proxy", "proxy_fcgi"],
      conf: () => guideConf("fastcgi", { "127.0.0.1:9000": `127.0.0.1:${port}` }),
    });
    return hostAt(server.origin, {
      cannot: { departures: "Apache reads the answer to its end for a client who has left" },
      differs: OF_APACHE,
      async close() {
        await server.stop();
        backend.close();
      },
    });
  };
  hostSuite("mod_proxy_fcgi to node-fastcgi", overFastCgi);
  productSuite("mod_proxy_fcgi to node-fastcgi", ({ panel }) => overFastCgi(panel));

  test("FastCGI tells that a request came by TLS", async () => {
    const seen: string[] = [];
    const backend = createServer(
      toNodeListener(async (request) => {
        seen.push(new URL(request.url).protocol);
        return new Response("");
      }),
    );
    const port = await boundTo(backend);
    const server = await startApache(where, {
      modules: ["proxy", "proxy_fcgi", "setenvif"],
      // As mod_ssl sets it.
      conf: () => `${guideConf("fastcgi", { "127.0.0.1:9000": `127.0.0.1:${port}` })}
SetEnvIf Request_URI secure HTTPS=on`,
    });
    for (const path of ["/mail/secure", "/mail/plain"])
      await sendHttp(server.origin, { method: "GET", path, headers: {} });
    await server.stop();
    backend.close();
    expect(seen).toEqual(["https:", "http:"]);
  });

  test("a forged X-Forwarded-For counts for nothing behind mod_proxy", async () => {
    const seen: string[] = [];
    const backend = (await import("node:http")).createServer((incoming, outgoing) => {
      seen.push(String(incoming.headers["x-forwarded-for"]), String(incoming.headers["x-forwarded-prefix"]));
      outgoing.end();
    });
    const port = await boundTo(backend);
    const server = await startApache(where, {
      modules: ["proxy", "proxy_http", "headers"],
      conf: () => guideConf("proxy", { "127.0.0.1:8080": `127.0.0.1:${port}` }),
    });
    const headers = { "x-forwarded-for": "192.0.2.1", "x-forwarded-prefix": "/evil" };
    await sendHttp(server.origin, { method: "GET", path: "/mail/", headers });
    await server.stop();
    backend.close();
    // The panel believes the last of the first, and all of the second.
    expect(seen[0]?.split(/, */).at(-1)).toBe("127.0.0.1");
    expect(seen[1]).toBe("/mail");
  });
});
