import type { Socket } from "node:net";
import { TLSSocket } from "node:tls";
import { randomFrom } from "../../support/random.ts";
import type { Certificate } from "./certificate.ts";
import { slices } from "./random.ts";

/** What the client must send, byte for byte, and what it gets for it. */
export interface Step {
  readonly expect: string;
  readonly reply: string;
  /** The server closes after its reply. */
  readonly closes?: boolean;
  /** TLS begins after the reply. */
  readonly upgrade?: Certificate;
}

export interface Played {
  /** May grow while the client is at work. */
  readonly steps: Step[];
  /** Steps taken. */
  done: number;
  readonly faults: string[];
}

const NOOP = '"noop"\r\n';

/**
 * The server's side of a recorded connection: compares every byte that comes, answers in random slices. A `noop` that
 * the recording does not have is the client's nudge and answered as XMail does.
 */
export function playServer(raw: Socket, greeting: string, played: Played, seed: number): void {
  const random = randomFrom(seed);
  let socket = raw;
  let got = "";
  let sending: Promise<void> = Promise.resolve();

  function say(text: string, closes = false): void {
    sending = sending.then(async () => {
      for (const piece of slices(Buffer.from(text, "latin1"), random)) {
        if (socket.destroyed) return;
        socket.write(piece);
        await new Promise((resolve) => setImmediate(resolve));
      }
      if (closes) socket.end();
    });
  }

  function onData(chunk: Buffer): void {
    got += chunk.toString("latin1");
    for (;;) {
      const step = played.steps[played.done];
      if (step !== undefined && got.startsWith(step.expect)) {
        got = got.slice(step.expect.length);
        played.done += 1;
        say(step.reply, step.closes);
        if (step.upgrade !== undefined) upgrade(step.upgrade);
      } else if (got.startsWith(NOOP)) {
        got = got.slice(NOOP.length);
        say("+00000 OK\r\n");
      } else {
        break;
      }
    }
    const due = played.steps[played.done]?.expect ?? "";
    if (got !== "" && !due.startsWith(got) && !NOOP.startsWith(got)) {
      const [sent, wanted] = [got, due].map((text) => JSON.stringify(text.slice(0, 200)));
      played.faults.push(`sent ${sent} instead of ${wanted}`);
      socket.destroy();
    }
  }

  function upgrade(certificate: Certificate): void {
    socket.off("data", onData);
    sending = sending.then(() => {
      socket = new TLSSocket(raw, { isServer: true, key: certificate.key, cert: certificate.cert });
      socket.on("data", onData).on("error", () => undefined);
    });
  }

  raw.setNoDelay(true);
  raw.on("error", () => undefined).on("data", onData);
  say(greeting, greeting.startsWith("-"));
}
