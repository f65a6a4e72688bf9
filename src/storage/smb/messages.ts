import { type Message, malformed, part, u16, u32, u64 } from "./wire.ts";

export const COMMAND = {
  negotiate: 0,
  sessionSetup: 1,
  treeConnect: 3,
  create: 5,
  close: 6,
  flush: 7,
  read: 8,
  write: 9,
  ioctl: 11,
  echo: 13,
  queryDirectory: 14,
  setInfo: 17,
} as const;
export type Command = (typeof COMMAND)[keyof typeof COMMAND];

/** One thing asked of the server. */
export interface Request {
  readonly command: Command;
  /** What follows the header. */
  readonly body: readonly Uint8Array[];
  /** Bytes of file or list that it carries or asks for: 64 KiB cost a credit. */
  readonly payload?: number;
  /** Is given the answer as it comes in; its bytes are overwritten afterwards. */
  readonly consume?: ((reply: Reply) => void) | undefined;
}

export interface Reply {
  readonly status: number;
  /** From its header on, so that the offsets in it count. */
  readonly message: Message;
}

export interface Header {
  readonly status: number;
  readonly command: number;
  readonly credits: number;
  readonly id: number;
  readonly session: bigint;
  readonly isAsync: boolean;
}

const HEADER_BYTES = 64;
/** Number of what a server says unasked. */
export const UNASKED = Number(0xffff_ffff_ffff_ffffn);
const PROTOCOL = 0x424d53fe;
const FLAG = { response: 1, async: 2, related: 4 } as const;

export interface Addressed {
  readonly session: bigint;
  readonly tree: number;
  readonly id: number;
  readonly charge: number;
  readonly creditsWanted: number;
}

/** One request of a chain; all but the first use the file that the one before opened. */
export function encode(request: Request, place: { first: boolean; last: boolean }, to: Addressed): Buffer {
  const { first, last } = place;
  const length = HEADER_BYTES + request.body.reduce((sum, { length }) => sum + length, 0);
  const message = Buffer.allocUnsafe(last ? length : Math.ceil(length / 8) * 8);
  message.fill(0, 0, HEADER_BYTES);
  message.writeUInt32LE(PROTOCOL, 0);
  message.writeUInt16LE(HEADER_BYTES, 4);
  message.writeUInt16LE(to.charge, 6);
  message.writeUInt16LE(request.command, 12);
  message.writeUInt16LE(to.creditsWanted, 14);
  message.writeUInt32LE(first ? 0 : FLAG.related, 16);
  message.writeUInt32LE(last ? 0 : message.length, 20);
  message.writeBigUInt64LE(BigInt(to.id), 24);
  message.writeUInt32LE(to.tree, 36);
  message.writeBigUInt64LE(to.session, 40);
  let at = HEADER_BYTES;
  for (const bytes of request.body) {
    message.set(bytes, at);
    at += bytes.length;
  }
  return message.fill(0, at);
}

export function headerOf(message: Message): Header {
  part(message, 0, HEADER_BYTES);
  if (u32(message, 0) !== PROTOCOL || u16(message, 4) !== HEADER_BYTES) malformed("no header");
  const flags = u32(message, 16);
  if ((flags & FLAG.response) === 0) malformed("a request of the server");
  return {
    status: u32(message, 8),
    command: u16(message, 12),
    credits: u16(message, 14),
    id: Number(u64(message, 24)),
    session: u64(message, 40),
    isAsync: (flags & FLAG.async) !== 0,
  };
}

/** The messages of a frame, which may hold several. */
export function* messagesIn(frame: Message): Generator<Message> {
  for (let at = 0; ; ) {
    const next = u32(frame, at + 20);
    if (next === 0) {
      yield frame.subarray(at);
      return;
    }
    if (next % 8 !== 0 || next < HEADER_BYTES) malformed("a chain of messages");
    yield part(frame, at, next);
    at += next;
  }
}
