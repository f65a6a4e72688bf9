import { createHash } from "node:crypto";
import { connect, type Socket } from "node:net";
import { connect as connectTls, type TLSSocket } from "node:tls";

/** A client of the recordings' player: lines in, lines out, as byte strings. */
export interface Line {
  /** Of the last greeting. */
  challenge: string;
  /** Whether the server has closed; known once a read came to the end. */
  isClosed(): boolean;
  send(bytes: string): void;
  /** `null` at the end or when nothing comes in time. */
  read(waitMs?: number): Promise<string | null>;
  secure(): Promise<void>;
  end(): void;
}

const WAIT_MS = 5_000;

export async function dial(port: number, tls: boolean): Promise<Line> {
  let socket: Socket | TLSSocket = connect(port, "127.0.0.1");
  let text = "";
  let closed = false;
  let news = () => {};

  const listen = () => {
    socket.on("data", (chunk: Buffer) => {
      text += chunk.toString("latin1");
      news();
    });
    const end = () => {
      closed = true;
      news();
    };
    socket.on("end", end).on("close", end).on("error", end);
  };

  async function secure(): Promise<void> {
    socket.removeAllListeners("data").removeAllListeners("end").removeAllListeners("close");
    const plain = socket;
    await new Promise<void>((resolve, reject) => {
      socket = connectTls({ socket: plain, rejectUnauthorized: false }, resolve);
      socket.once("error", reject);
    });
    listen();
  }

  async function read(waitMs = WAIT_MS): Promise<string | null> {
    const until = Date.now() + waitMs;
    for (;;) {
      const newline = text.indexOf("\n");
      if (newline !== -1) {
        const line = text.slice(0, newline).replace(/\r+$/, "");
        text = text.slice(newline + 1);
        return line;
      }
      const left = until - Date.now();
      if (closed || left <= 0) return null;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        news = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  const line: Line = {
    challenge: "",
    isClosed: () => closed && text === "",
    send: (bytes) => void socket.write(Buffer.from(bytes, "latin1")),
    read,
    secure,
    end: () => socket.destroy(),
  };
  if (tls) await secure();
  else listen();
  return line;
}

/** A recorded command or payload line as the bytes that were sent. */
export function sentBytes(text: string, challenge: string): string {
  const digest = (password: string) =>
    createHash("md5")
      .update(challenge + password)
      .digest("hex");
  const expanded = text
    .replace(/\{\{rep:(.):(\d+)\}\}/g, (_, letter: string, times: string) => letter.repeat(Number(times)))
    .replace(/\{\{md5:([^}]*)\}\}/g, (_, password: string) => digest(password))
    .replace(/\{\{MD5:([^}]*)\}\}/g, (_, password: string) => digest(password).toUpperCase());
  return Buffer.from(expanded, "utf8").toString("latin1");
}
