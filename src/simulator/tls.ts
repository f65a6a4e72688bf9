import type { Socket } from "node:net";
import { createServer, type TLSSocket } from "node:tls";
import type { MailRoot } from "./root.ts";

/** A handshake that takes longer is given up, ms; the original waits for ever and loses a thread. */
const HANDSHAKE_MS = 30_000;

/** Turns a connection into TLS with the certificate of the MailRoot; rejects when there is none or the peer fails. */
export async function secured(root: MailRoot, socket: Socket): Promise<TLSSocket> {
  const [cert, key] = [await root.read("server.cert"), await root.read("server.key")];
  const gate = createServer({ cert: cert ?? "", key: key ?? "", handshakeTimeout: HANDSHAKE_MS });
  if (cert === null || key === null) throw new Error("no certificate");
  return new Promise((resolve, reject) => {
    gate.once("secureConnection", resolve);
    gate.once("tlsClientError", reject);
    socket.once("close", () => reject(new Error("closed during the handshake")));
    gate.emit("connection", socket);
  });
}
