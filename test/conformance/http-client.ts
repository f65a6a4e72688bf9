import { createServer, type IncomingMessage, request } from "node:http";
import { createServer as createSecureServer, request as secureRequest } from "node:https";
import type { AddressInfo, Server } from "node:net";
import type { Got, Opening, Sent } from "./host-suite.ts";

/** Sends exactly `path`: `fetch` would tidy it up first. */
export async function sendHttp(origin: string, sent: Sent): Promise<Got> {
  const outgoing = begin(origin, sent);
  const answer = answerTo(outgoing);
  outgoing.end(sent.body);
  const incoming = await answer;
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const { "set-cookie": cookies = [], ...rest } = incoming.headers;
  return {
    status: incoming.statusCode ?? 0,
    headers: Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, String(value)])),
    cookies,
    body: Buffer.concat(chunks),
  };
}

/** The same, with both ends left open. */
export function openHttp(origin: string, sent: Sent): Opening {
  const outgoing = begin(origin, sent);
  const answer = answerTo(outgoing).then((incoming) => incoming[Symbol.asyncIterator]());
  // Whoever leaves before the answer does not wait for it.
  answer.catch(() => undefined);
  if (sent.method === "GET") outgoing.end();
  else outgoing.flushHeaders();
  return {
    write: (bytes) => void outgoing.write(bytes),
    async read() {
      const { done, value } = await (await answer).next();
      return done ? null : (value as Buffer);
    },
    leave: () => void outgoing.destroy(),
  };
}

function begin(origin: string, { method, path, headers, body }: Sent) {
  const { protocol, hostname, port } = new URL(origin);
  const length = body ? { "content-length": String(body.byteLength) } : {};
  const options = { hostname, port, method, path, headers: { ...headers, ...length }, agent: false } as const;
  // Our own server, with a certificate of its own making.
  return protocol === "https:" ? secureRequest({ ...options, rejectUnauthorized: false }) : request(options);
}

function answerTo(outgoing: ReturnType<typeof request>): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    outgoing.once("response", resolve);
    outgoing.on("error", reject);
  });
}

export type Listener = Parameters<typeof createServer>[1];

/** A real server on loopback, at a free port. */
export async function listenOnLoopback(
  listener: Listener,
  tls?: { readonly key: string; readonly cert: string },
): Promise<{ origin: string; close(): Promise<void> }> {
  const server = tls ? createSecureServer(tls, listener as never) : createServer({}, listener as never);
  const port = await boundTo(server);
  return {
    origin: `${tls ? "https" : "http"}://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The free port that a server got. */
export async function boundTo(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}
