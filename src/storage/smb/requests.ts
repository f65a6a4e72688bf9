import { COMMAND, type Reply, type Request } from "./messages.ts";
import { fields, type Message, malformed, milliseconds, part, size64, u8, u32, u64, utf16 } from "./wire.ts";

/** A file that the server holds open. */
export type Handle = Buffer;

export interface Opened {
  readonly handle: Handle;
  readonly isFolder: boolean;
  readonly attributes: number;
  readonly size: number;
  readonly mtimeMs: number;
}

/** Rights asked for. */
export const ACCESS = {
  readData: 0x1,
  writeData: 0x2,
  appendData: 0x4,
  readAttributes: 0x80,
  writeAttributes: 0x100,
  delete: 0x10000,
  synchronize: 0x100000,
} as const;
/** What others may do meanwhile. */
export const SHARE = { read: 1, write: 2, delete: 4, all: 7 } as const;
export const DISPOSITION = { open: 1, create: 2, openOrCreate: 3 } as const;
export const OPTION = {
  folder: 0x1,
  file: 0x40,
  deleteOnClose: 0x1000,
  /** The link itself, where the server shows links. */
  linkItself: 0x200000,
} as const;
export const ATTRIBUTE = { readOnly: 0x1, folder: 0x10, normal: 0x80, reparse: 0x400 } as const;

/** In a chain: the file that the first request opened. */
export const SAME_FILE: Handle = Buffer.alloc(16, 0xff);

export interface Opening {
  readonly access: number;
  readonly disposition?: number;
  readonly options?: number;
  readonly share?: number;
}

/** `name`: parts joined by backslashes; empty is the share itself. */
export function openRequest(name: string, how: Opening): Request {
  const text = utf16(name);
  const fixed = fields(
    56,
    ...([
      [0, 2, 57],
      [4, 4, 2],
      [24, 4, how.access],
      [32, 4, how.share ?? SHARE.all],
      [36, 4, how.disposition ?? DISPOSITION.open],
      [40, 4, how.options ?? 0],
      [44, 2, 64 + 56],
      [46, 2, text.length],
    ] as const),
  );
  // The variable part has at least a byte.
  return { command: COMMAND.create, body: [fixed, text.length > 0 ? text : Buffer.alloc(1)] };
}

export function openedBy({ message }: Reply): Opened {
  const attributes = u32(message, 120);
  const isFolder = (attributes & ATTRIBUTE.folder) !== 0;
  return {
    handle: Buffer.from(part(message, 128, 16)),
    isFolder,
    attributes,
    size: isFolder ? 0 : size64(message, 112),
    mtimeMs: milliseconds(u64(message, 88)),
  };
}

export function closeRequest(handle: Handle): Request {
  return { command: COMMAND.close, body: [fields(8, [0, 2, 24]), handle] };
}

/** Resolves when what was written has reached the disk, as far as the server is honest. */
export function flushRequest(handle: Handle): Request {
  return { command: COMMAND.flush, body: [fields(8, [0, 2, 24]), handle] };
}

export function readRequest(handle: Handle, offset: number, length: number): Request {
  const start = fields(16, [0, 2, 49], [2, 1, 64 + 16], [4, 4, length], [8, 8, offset]);
  return { command: COMMAND.read, body: [start, handle, Buffer.alloc(17)], payload: length };
}

/** A view of at most `length` bytes. */
export function bytesRead({ message }: Reply, length: number): Message {
  const got = u32(message, 68);
  if (got > length) malformed("more bytes than asked for");
  return part(message, u8(message, 66), got);
}

export function writeRequest(handle: Handle, offset: number, bytes: Uint8Array): Request {
  const start = fields(16, [0, 2, 49], [2, 2, 64 + 48], [4, 4, bytes.length], [8, 8, offset]);
  return { command: COMMAND.write, body: [start, handle, Buffer.alloc(16), bytes], payload: bytes.length };
}

export function bytesWritten({ message }: Reply): number {
  return u32(message, 68);
}

const INFO = { basic: 4, rename: 10, link: 11, disposition: 13 } as const;

/** Gives the open file another name; a file of that name goes if `replace`. */
export function renameRequest(handle: Handle, name: string, replace: boolean): Request {
  return setInfo(handle, INFO.rename, nameInfo(name, replace));
}

/** Gives the open file one more name, which must be free. */
export function linkRequest(handle: Handle, name: string): Request {
  return setInfo(handle, INFO.link, nameInfo(name, false));
}

/** It goes when the last who has it open closes it. */
export function deleteRequest(handle: Handle): Request {
  return setInfo(handle, INFO.disposition, Buffer.from([1]));
}

/** Times stay as they are. */
export function attributesRequest(handle: Handle, attributes: number): Request {
  return setInfo(handle, INFO.basic, fields(40, [32, 4, attributes]));
}

function nameInfo(name: string, replace: boolean): Buffer {
  const text = utf16(name);
  return Buffer.concat([fields(20, [0, 1, replace ? 1 : 0], [16, 4, text.length]), text, Buffer.alloc(4)]);
}

function setInfo(handle: Handle, kind: number, info: Buffer): Request {
  const start = fields(16, [0, 2, 33], [2, 1, 1], [3, 1, kind], [4, 4, info.length], [8, 2, 64 + 32]);
  return { command: COMMAND.setInfo, body: [start, handle, info] };
}
