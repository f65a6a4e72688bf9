import type { Duplex } from "node:stream";
import { type LineSource, lineSource } from "./line-source.ts";

/** A client that takes nothing for this long is given up, ms. */
const STALL_MS = 90_000;
const PIECE = 64 * 1024;

/** Both directions of one connection. Text is byte strings. */
export interface Talk {
  readonly stream: Duplex;
  readonly lines: LineSource;
  /** False when the client is gone. */
  say(line: string): Promise<boolean>;
  sayAll(lines: Iterable<string>): Promise<boolean>;
}

export function talkOver(stream: Duplex): Talk {
  const push = (text: string) => written(stream, Buffer.from(text, "latin1"));

  async function sayAll(lines: Iterable<string>): Promise<boolean> {
    let text = "";
    for (const line of lines) {
      text += `${line}\r\n`;
      if (text.length < PIECE) continue;
      if (!(await push(text))) return false;
      text = "";
    }
    return text === "" || push(text);
  }

  return { stream, lines: lineSource(stream), say: (line) => push(`${line}\r\n`), sayAll };
}

function written(stream: Duplex, bytes: Buffer): Promise<boolean> {
  if (stream.destroyed || !stream.writable) return Promise.resolve(false);
  return new Promise((resolve) => {
    const timer = setTimeout(() => finish(false), STALL_MS);
    const gone = () => finish(false);
    const finish = (ok: boolean) => {
      clearTimeout(timer);
      stream.off("close", gone);
      if (!ok) stream.destroy();
      resolve(ok);
    };
    stream.once("close", gone);
    stream.write(bytes, (error) => finish(!error));
  });
}
