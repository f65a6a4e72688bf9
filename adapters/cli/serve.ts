import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { parseArgs } from "node:util";
import { type FetchHandler, isAppError, type Site } from "../../src/index.ts";
import { toNodeListener } from "../node/node.ts";
import { type Terminal, UsageError } from "./terminal.ts";

const DEFAULT_PORT = 8080;
const DEFAULT_HOST = "127.0.0.1";

export interface Listening {
  readonly address: string;
  close(): Promise<void>;
}

/** `xmailcfg serve`: the panel and the API until the first SIGINT. */
export async function runServe(
  args: readonly string[],
  terminal: Terminal,
  open: () => Promise<Site>,
): Promise<void> {
  const wish = listenOptions(args);
  const site = await open();
  // A server that is out of reach now is asked again before the first change.
  await site.recover().catch((error: unknown) => {
    if (!isAppError(error)) throw error;
    terminal.err(`xmailcfg: whether a change was interrupted is not known yet: ${error.message}\n`);
  });
  const { host, port, basePath = "" } = site.config.panel ?? {};
  const listening = await listen(site.panel(), {
    host: wish.host ?? host ?? DEFAULT_HOST,
    port: wish.port ?? port ?? DEFAULT_PORT,
  });
  terminal.out(`xmailcfg listens on ${new URL(`${basePath}/`, listening.address)}\n`);
  await terminal.stopped();
  await listening.close();
  await site.close();
}

export function listenOptions(args: readonly string[]): { host?: string; port?: number } {
  const { values } = parseArgs({
    args: [...args],
    options: { host: { type: "string" }, port: { type: "string" } },
  });
  return {
    ...(values.host === undefined ? {} : { host: values.host }),
    ...(values.port === undefined ? {} : { port: portOf(values.port) }),
  };
}

export function portOf(text: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535)
    throw new UsageError(`--port takes a number up to 65535, not ${text}.`);
  return port;
}

export async function listen(
  panel: FetchHandler,
  { host = DEFAULT_HOST, port = DEFAULT_PORT }: { host?: string; port?: number },
): Promise<Listening> {
  const server = createServer(toNodeListener(panel));
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      reject(
        error.code === "EADDRINUSE"
          ? new UsageError(`Port ${port} on ${host} is in use. Choose another with --port N.`)
          : error,
      ),
    );
    server.listen(port, host, resolve);
  });
  const { address, family, port: bound } = server.address() as AddressInfo;
  return {
    address: `http://${family === "IPv6" ? `[${address}]` : address}:${bound}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
