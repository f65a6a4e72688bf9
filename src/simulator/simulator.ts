import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import type { Storage } from "../storage/storage.ts";
import { mailDate } from "./dates.ts";
import { isAllowed } from "./ip-map.ts";
import { loginLog } from "./login-log.ts";
import { watchMagicFiles } from "./magic-files.ts";
import { refusalLine } from "./refusal.ts";
import { type MailRoot, openMailRoot } from "./root.ts";
import { holdSession } from "./session.ts";
import { type Talk, talkOver } from "./talk.ts";
import { secured } from "./tls.ts";
import { makeWorkFolders } from "./work-folders.ts";

export interface SimulatorOptions {
  readonly storage: Storage;
  /** 0, the default, takes any free port. */
  readonly port?: number;
  readonly tlsPort?: number;
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Record logins in `logs/`, with what was sent as a password. */
  readonly ctrlLog?: boolean;
  readonly maxSessions?: number;
  /** Time without a command before a session is dropped. */
  readonly sessionTimeoutMs?: number;
}

export interface Simulator {
  readonly port: number;
  readonly tlsPort: number;
  /** Settles when the server has stopped, by `close` or by the file `.shutdown`. */
  readonly closed: Promise<void>;
  close(): Promise<void>;
}

/** An XMail control server over a MailRoot: clear text with `#!TLS` on `port`, TLS on `tlsPort`. */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const { storage, host = "127.0.0.1", maxSessions = 512, sessionTimeoutMs = 120_000 } = options;
  const root = await openMailRoot(storage, () => new Date());
  await makeWorkFolders(storage);
  const sockets = new Map<Socket, Promise<void>>();
  let connections = 0;

  async function accept(socket: Socket, tls: boolean): Promise<void> {
    const peer = plainAddress(socket.remoteAddress);
    const talk = talkOver(tls ? await secured(root, socket) : socket);
    if (!(await isAllowed(root, peer))) return void (await talk.say(refusalLine(130)));
    if (sockets.size > maxSessions) return void (await talk.say(refusalLine(129)));
    const now = root.now();
    connections += 1;
    const challenge = `<${Math.floor(now.getTime() / 1000)}.${connections}@${plainAddress(socket.localAddress)}>`;
    await talk.say(`+00000 ${challenge} XMail 1.27 CTRL Server; ${mailDate(now)}`);
    const log = options.ctrlLog ? loginLog(root, peer) : null;
    const upgrade = () => upgraded(root, socket);
    await holdSession({ root, challenge, idleMs: sessionTimeoutMs, log, tls, upgrade }, talk);
  }

  const listener = (tls: boolean) =>
    createServer((socket) => {
      socket.on("error", () => socket.destroy());
      socket.setNoDelay(true);
      // Whatever fails in one session must not end the others.
      const done = accept(socket, tls)
        .catch(() => undefined)
        .then(() => farewell(socket))
        .finally(() => sockets.delete(socket));
      sockets.set(socket, done);
    });
  const servers = [listener(false), listener(true)] as const;
  const port = await listening(servers[0], options.port ?? 0, host);
  const tlsPort = await listening(servers[1], options.tlsPort ?? 0, host);

  let closing: Promise<void> | null = null;
  let settle = () => {};
  const closed = new Promise<void>((resolve) => {
    settle = resolve;
  });
  const stopWatching = await watchMagicFiles(storage, () => void close());

  async function stop(): Promise<void> {
    stopWatching();
    const stopped = servers.map((server) => new Promise<void>((resolve) => server.close(() => resolve())));
    const running = [...sockets.values()];
    for (const socket of sockets.keys()) socket.destroy();
    await Promise.all([...stopped, ...running]);
    settle();
  }

  function close(): Promise<void> {
    closing ??= stop();
    return closing;
  }

  return { port, tlsPort, closed, close };
}

async function upgraded(root: MailRoot, socket: Socket): Promise<Talk | null> {
  try {
    return talkOver(await secured(root, socket));
  } catch {
    return null;
  }
}

function listening(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}

/** Lets the last answer go out before the connection is closed. */
function farewell(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    if (socket.destroyed) return resolve();
    socket.once("close", () => resolve());
    socket.destroySoon();
  });
}

/** IPv4 in its own form, also when the socket shows it as IPv6. */
function plainAddress(address: string | undefined): string {
  return (address ?? "").replace(/^::ffff:/, "");
}
