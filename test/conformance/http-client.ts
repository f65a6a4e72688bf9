import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Got, Sent } from "./host-suite.ts";

/** Sends exactly `path`: `fetch` would tidy it up first. */
export function sendHttp(origin: string, { method, path, headers, body }: Sent): Promise<Got> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    const length = body ? { "content-length": String(body.byteLength) } : {};
    const outgoing = request({
      hostname,
      port,
      method,
      path,
      headers: { ...headers, ...length },
      agent: false,
    });
    outgoing.once("error", reject);
    outgoing.once("response", (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
      incoming.once("error", reject);
      incoming.once("end", () => {
        const { "set-cookie": cookies = [], ...rest } = incoming.headers;
        resolve({
          status: incoming.statusCode ?? 0,
          headers: Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, String(value)])),
          cookies,
          body: Buffer.concat(chunks),
        });
      });
    });
    outgoing.end(body);
  });
}

export type Listener = Parameters<typeof createServer>[1];

/** A real server on loopback, at a free port. */
export async function listenOnLoopback(
  listener: Listener,
): Promise<{ origin: string; close(): Promise<void> }> {
  const server: Server = createServer({}, listener as never);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
