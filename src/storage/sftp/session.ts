import type { Duplex } from "node:stream";
import { lineLost, refusal } from "./failures.ts";
import { packetCutter } from "./packets.ts";
import { type Answer, decode, encode, type Field, isAtEnd, STATUS, string, TYPE, uint64 } from "./wire.ts";

/** What a session needs of the socket below it. */
export interface Wire {
  readonly bytesRead: number;
  ref(): unknown;
  unref(): unknown;
  destroy(): unknown;
  /** Calls back when the connection below has ended, with the cause where there is one. */
  onEnd(listener: (cause?: unknown) => void): void;
}

export interface SessionOptions {
  /** Milliseconds without a byte from the server, while something is asked, after which the session ends. */
  readonly timeoutMs: number;
  /** Milliseconds after the last answer when the connection is given back; forgotten ones die in silence. */
  readonly idleMs: number;
}

/** One conversation with an SFTP server. Many questions may be under way; the process may end while there is none. */
export interface Session {
  /** Rejects with a refusal of the server, or `STORAGE_FAILED` once the line is lost. Never stays without an end. */
  ask(type: number, fields: readonly Field[], data?: Uint8Array): Promise<Answer>;
  /** Whether the server announced this addition to the protocol, in this version. */
  has(extension: string, version?: string): boolean;
  /** Most bytes of one READ and of one WRITE. */
  readonly readBytes: number;
  readonly writeBytes: number;
  readonly over: boolean;
  end(): void;
}

/** What every server must take; OpenSSH tells its own, larger limits. */
const LEAST_BYTES = 32 * 1024;
const MOST_BYTES = 255 * 1024;
/** Silence is counted in steps, so that a process that stood still itself first reads what has come meanwhile. */
const STEPS = 5;

interface Waiting {
  resolve(answer: Answer): void;
  reject(error: Error): void;
}

export async function openSession(channel: Duplex, wire: Wire, options: SessionOptions): Promise<Session> {
  const waiting = new Map<number, Waiting>();
  let lost: Error | null = null;
  let lastId = 0;
  let outgoing: Uint8Array[] = [];
  let watchdog: NodeJS.Timeout | undefined;
  let idle: NodeJS.Timeout | undefined;
  let greet: (packet: Buffer) => void = () => {};

  const end = (why: Error) => {
    if (lost) return;
    lost = why;
    clearInterval(watchdog);
    clearTimeout(idle);
    wire.destroy();
    for (const { reject } of waiting.values()) reject(why);
    waiting.clear();
  };

  const cut = packetCutter((packet) => {
    if (packet[0] === TYPE.VERSION) return greet(packet);
    const { id, answer } = decode(packet);
    const asked = waiting.get(id);
    if (!asked) throw new RangeError("an answer to nothing");
    waiting.delete(id);
    if (waiting.size === 0) rest();
    if (answer.kind === "status" && answer.code !== STATUS.OK) {
      asked.reject(refusal(answer.code, answer.text));
    } else asked.resolve(answer);
  });
  channel.on("data", (piece: Buffer) => {
    if (lost) return;
    try {
      cut(piece);
    } catch (cause) {
      end(lineLost("closed", cause));
    }
  });
  const ended = (cause?: unknown) => end(lineLost("closed", cause));
  for (const event of ["end", "close", "error"]) channel.on(event, ended);
  wire.onEnd(ended);

  function work(): void {
    clearTimeout(idle);
    wire.ref();
    let silent = 0;
    let heard = wire.bytesRead;
    watchdog = setInterval(() => {
      silent = wire.bytesRead === heard ? silent + 1 : 0;
      heard = wire.bytesRead;
      if (silent >= STEPS) end(lineLost("silent"));
    }, options.timeoutMs / STEPS);
  }

  function rest(): void {
    clearInterval(watchdog);
    wire.unref();
    idle = setTimeout(() => end(lineLost("closed")), options.idleMs);
    idle.unref();
  }

  /** What is asked in one turn goes out in one piece: every SSH packet costs an encryption. */
  function send(...pieces: Uint8Array[]): void {
    if (outgoing.length === 0) setImmediate(flush);
    outgoing.push(...pieces);
  }

  function flush(): void {
    const pieces = outgoing;
    outgoing = [];
    if (!lost) channel.write(Buffer.concat(pieces));
  }

  function ask(type: number, fields: readonly Field[], data?: Uint8Array): Promise<Answer> {
    return new Promise<Answer>((resolve, reject) => {
      if (lost) return reject(lost);
      lastId = (lastId + 1) >>> 0;
      if (waiting.size === 0) work();
      waiting.set(lastId, { resolve, reject });
      const head = encode(type, lastId, fields, data);
      if (data) send(head, data);
      else send(head);
    });
  }

  work();
  const version = await new Promise<Buffer>((resolve, reject) => {
    waiting.set(0, { resolve: () => {}, reject });
    greet = (packet) => {
      waiting.delete(0);
      greet = () => {
        throw new RangeError("a second greeting");
      };
      rest();
      resolve(packet);
    };
    send(Buffer.from([0, 0, 0, 5, TYPE.INIT, 0, 0, 0, 3]));
  });
  const extensions = extensionsOf(version);
  const has = (name: string, wanted = "1") => extensions.get(name) === wanted;
  const limits = has("limits@openssh.com") ? await ask(TYPE.EXTENDED, ["limits@openssh.com"]) : null;
  const [readBytes, writeBytes] = bytesAtOnce(limits);
  return {
    ask,
    has,
    readBytes,
    writeBytes,
    get over() {
      return lost !== null;
    },
    end: () => end(lineLost("closed")),
  };
}

function extensionsOf(version: Buffer): ReadonlyMap<string, string> {
  const from = { bytes: version, at: 5 };
  const found = new Map<string, string>();
  while (!isAtEnd(from)) found.set(string(from).toString("latin1"), string(from).toString("latin1"));
  return found;
}

function bytesAtOnce(limits: Answer | null): readonly [read: number, write: number] {
  if (limits?.kind !== "extended") return [LEAST_BYTES, LEAST_BYTES];
  const from = { bytes: limits.body, at: 0 };
  // Most bytes of a packet.
  uint64(from);
  const within = (limit: bigint) => (limit === 0n ? LEAST_BYTES : Math.min(Number(limit), MOST_BYTES));
  return [within(uint64(from)), within(uint64(from))];
}
