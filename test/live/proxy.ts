import { connect, createServer, type Socket } from "node:net";

/** What the network does to the bytes; may be changed while connections stand. */
export interface Weather {
  /** Milliseconds before each piece goes on. */
  delayMs?: number;
  /** Most bytes of a piece; larger ones are cut. */
  sliceBytes?: number;
  /** After so many bytes from the client, over all connections from now on, everything is reset. */
  resetAfterSent?: number;
  /** After so many bytes from the server, everything is reset. */
  resetAfterReceived?: number;
  /** From now on nothing goes on, and nobody is told. */
  stalled?: boolean;
  /** Called with each piece from the server; what it returns goes on. For corrupted bytes. */
  corrupt?(piece: Buffer): Buffer;
  /** The same for pieces from the client. */
  corruptSent?(piece: Buffer): Buffer;
}

export interface Proxy {
  readonly port: number;
  /** Replaces the weather; bytes are counted anew. */
  weather(next: Weather): void;
  /** Bytes that have come from clients and from the server since the last change of weather. */
  readonly sent: number;
  readonly received: number;
  /** Resets every connection; new ones are still taken. */
  reset(): void;
  close(): Promise<void>;
}

/** A TCP proxy on loopback between a driver and its real server, with bad weather on demand. */
export async function startProxy(targetPort: number): Promise<Proxy> {
  let weather: Weather = {};
  let counts = { sent: 0, received: 0 };
  const open = new Set<Socket>();

  const reset = () => {
    for (const socket of open) socket.resetAndDestroy();
  };

  const carry = (from: Socket, to: Socket, way: "sent" | "received") => {
    let before = Promise.resolve();
    from.on("data", (piece) => {
      from.pause();
      before = before.then(() => pass(piece)).finally(() => void from.resume());
    });
    // What is on its way goes on before the end does.
    from.on("end", () => void before.then(() => to.end()));
    from.on("error", () => to.resetAndDestroy());
    from.on("close", () => open.delete(from));

    async function pass(piece: Buffer): Promise<void> {
      const change = way === "received" ? weather.corrupt : weather.corruptSent;
      const whole = change ? change(piece) : piece;
      const step = weather.sliceBytes ?? whole.length;
      for (let at = 0; at < whole.length; at += step) {
        if (weather.delayMs) await new Promise((resolve) => setTimeout(resolve, weather.delayMs));
        if (weather.stalled) return;
        const slice = whole.subarray(at, at + step);
        const limit = way === "sent" ? weather.resetAfterSent : weather.resetAfterReceived;
        const room = limit === undefined ? slice.length : limit - counts[way];
        counts[way] += Math.min(slice.length, Math.max(room, 0));
        if (room > 0 && !to.destroyed) await written(to, slice.subarray(0, room));
        if (room < slice.length) return reset();
      }
    }
  };

  const server = createServer((client) => {
    const target = connect({ port: targetPort, host: "127.0.0.1", noDelay: true });
    client.setNoDelay(true);
    open.add(client).add(target);
    carry(client, target, "sent");
    carry(target, client, "received");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the proxy has no port");

  return {
    port: address.port,
    weather(next) {
      weather = next;
      counts = { sent: 0, received: 0 };
    },
    get sent() {
      return counts.sent;
    },
    get received() {
      return counts.received;
    },
    reset,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        reset();
      }),
  };
}

function written(to: Socket, bytes: Buffer): Promise<void> {
  return new Promise((resolve) => {
    if (to.write(bytes)) resolve();
    else {
      to.once("drain", resolve);
      to.once("close", resolve);
    }
  });
}
