import { createServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer, TLSSocket } from "node:tls";
import { onTestFinished } from "vitest";
import type { CtrlOptions } from "../../../src/ctrl/options.ts";

export const CHALLENGE = "<1795508911.140369740138176@127.0.0.1>";
export const GREETING = `+00000 ${CHALLENGE} XMail 1.27 CTRL Server; Tue, 24 Nov 2026 08:13:11 -0000\r\n`;
export const OK = "+00000 OK\r\n";

export interface Visit {
  readonly number: number;
  readonly socket: Socket;
  /** All lines of this connection, sign-in included. */
  readonly lines: string[];
  /** Bytes as they came, for what is no line. */
  bytes: string;
  /** Lines that came and are not answered yet, the one at hand included. */
  readonly queue: string[];
}

export interface Peer {
  readonly port: number;
  readonly visits: Visit[];
  /** Client options that fit this peer. */
  readonly options: CtrlOptions;
  /** Lines after the sign-in, of all connections, without nudges. */
  commands(): string[];
}

type Answer = string | null | "close";

export interface PeerOptions {
  readonly greeting?: string;
  readonly login?: string;
  /** Answers a line, one after the other like XMail; `null` says nothing, `close` ends the connection. */
  answer?(line: string, visit: Visit): Answer | Promise<Answer>;
  readonly tls?: { readonly key: string; readonly cert: string; readonly direct: boolean };
}

/** A server that answers as a test wants it; closed when the test ends. */
export async function startPeer({ answer = () => OK, ...options }: PeerOptions = {}): Promise<Peer> {
  const visits: Visit[] = [];
  const sockets = new Set<Socket>();

  function serve(socket: Socket): void {
    sockets.add(socket);
    const visit: Visit = { number: visits.length + 1, socket, lines: [], bytes: "", queue: [] };
    visits.push(visit);
    socket.setNoDelay(true);
    socket.write(options.greeting ?? GREETING);
    listen(socket, visit);
  }

  function listen(socket: Socket, visit: Visit): void {
    let rest = "";
    let signedIn = visit.lines.some((line) => line !== "#!TLS");
    let working: Promise<void> = Promise.resolve();
    const reply = async (line: string) => {
      const said = await answer(line, visit);
      visit.queue.shift();
      if (socket.destroyed) return;
      if (said === "close") socket.end();
      else if (said !== null) socket.write(said, "latin1");
    };
    const onData = (chunk: Buffer) => {
      visit.bytes += chunk.toString("latin1");
      rest += chunk.toString("latin1");
      for (let end = rest.indexOf("\n"); end >= 0; end = rest.indexOf("\n")) {
        const line = rest.slice(0, end).replace(/\r$/, "");
        rest = rest.slice(end + 1);
        visit.lines.push(line);
        if (line === "#!TLS" && options.tls !== undefined) {
          socket.off("data", onData);
          socket.write("+00000 Ready to start TLS mode\r\n");
          listen(new TLSSocket(socket, { isServer: true, ...options.tls }), visit);
          return;
        }
        if (!signedIn) {
          signedIn = true;
          const said = options.login ?? OK;
          if (said !== "") socket.write(said);
          if (said.startsWith("-")) socket.end();
          continue;
        }
        visit.queue.push(line);
        working = working.then(() => reply(line));
      }
    };
    socket.on("data", onData).on("error", () => undefined);
  }

  const server: Server = options.tls?.direct
    ? createTlsServer({ key: options.tls.key, cert: options.tls.cert }, serve)
    : createServer(serve);
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
  });
  server.on("tlsClientError", () => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    port,
    visits,
    options: { host: "127.0.0.1", port, account: "admin", password: "Adm1n-Secret" },
    commands: () =>
      visits.flatMap(({ lines }) => lines.slice(1).filter((line) => line !== '"noop"' && line !== '"quit"')),
  };
}

/** An answer with a list. */
export function list(...lines: readonly string[]): string {
  return `+00100 OK\r\n${lines.map((line) => `${line}\r\n`).join("")}.\r\n`;
}
