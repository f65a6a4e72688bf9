/** Version 3 of SFTP, https://datatracker.ietf.org/doc/html/draft-ietf-secsh-filexfer-02, as OpenSSH speaks it. */
export const TYPE = {
  INIT: 1,
  VERSION: 2,
  OPEN: 3,
  CLOSE: 4,
  READ: 5,
  WRITE: 6,
  LSTAT: 7,
  FSTAT: 8,
  SETSTAT: 9,
  FSETSTAT: 10,
  OPENDIR: 11,
  READDIR: 12,
  REMOVE: 13,
  MKDIR: 14,
  RMDIR: 15,
  REALPATH: 16,
  STAT: 17,
  RENAME: 18,
  EXTENDED: 200,
} as const;

export const STATUS = {
  OK: 0,
  EOF: 1,
  NO_SUCH_FILE: 2,
  PERMISSION_DENIED: 3,
  FAILURE: 4,
  BAD_MESSAGE: 5,
  OP_UNSUPPORTED: 8,
} as const;

/** Flags of OPEN. */
export const FLAG = { READ: 1, WRITE: 2, APPEND: 4, CREATE: 8, EXCLUSIVE: 32 } as const;

/** What the server tells of a file, or is told; anything may be missing. */
export interface Attributes {
  /** Bytes. */
  readonly size?: number;
  readonly uid?: number;
  readonly gid?: number;
  /** Kind and permission bits, as `st_mode`. */
  readonly mode?: number;
  /** Seconds since 1970. */
  readonly mtime?: number;
}

export type Answer =
  | { readonly kind: "status"; readonly code: number; readonly text: string }
  | { readonly kind: "handle"; readonly handle: string }
  | { readonly kind: "data"; readonly data: Uint8Array }
  | {
      readonly kind: "names";
      readonly names: readonly { readonly name: string; readonly attributes: Attributes }[];
    }
  | { readonly kind: "attributes"; readonly attributes: Attributes }
  | { readonly kind: "extended"; readonly body: Buffer };

/** Number: uint32. Bigint: uint64. String: its bytes, one per letter (`latin1`), since names need not be UTF-8. */
export type Field = number | bigint | string | Attributes;

const HAS = { SIZE: 1, OWNER: 2, MODE: 4, TIMES: 8, EXTENDED: 0x80000000 } as const;

/** One packet with its length in front. `data` is counted, and is to be sent after it. */
export function encode(type: number, id: number, fields: readonly Field[], data?: Uint8Array): Buffer {
  let length = 9 + (data ? 4 : 0);
  for (const field of fields) length += lengthOf(field);
  const packet = Buffer.allocUnsafe(length);
  packet.writeUInt32BE(length - 4 + (data?.length ?? 0), 0);
  packet[4] = type;
  let at = packet.writeUInt32BE(id, 5);
  for (const field of fields) at = put(packet, at, field);
  if (data) packet.writeUInt32BE(data.length, at);
  return packet;
}

function lengthOf(field: Field): number {
  if (typeof field === "number") return 4;
  if (typeof field === "bigint") return 8;
  if (typeof field === "string") return 4 + field.length;
  return 4 + (hasOwner(field) ? 8 : 0) + (field.mode === undefined ? 0 : 4);
}

/** Where the next one goes. */
function put(packet: Buffer, at: number, field: Field): number {
  if (typeof field === "number") return packet.writeUInt32BE(field, at);
  if (typeof field === "bigint") return packet.writeBigUInt64BE(field, at);
  if (typeof field === "string") {
    const from = packet.writeUInt32BE(field.length, at);
    return from + packet.write(field, from, "latin1");
  }
  const { uid = 0, gid = 0, mode } = field;
  const flags = (hasOwner(field) ? HAS.OWNER : 0) | (mode === undefined ? 0 : HAS.MODE);
  let end = packet.writeUInt32BE(flags, at);
  if (hasOwner(field)) end = packet.writeUInt32BE(gid, packet.writeUInt32BE(uid, end));
  return mode === undefined ? end : packet.writeUInt32BE(mode, end);
}

function hasOwner({ uid, gid }: Attributes): boolean {
  return uid !== undefined && gid !== undefined;
}

/** Where in a packet the next thing begins. */
export interface Cursor {
  readonly bytes: Buffer;
  at: number;
}

/** An answer and the number of its request. Throws a `RangeError` for what is cut short or of no known kind. */
export function decode(packet: Buffer): { readonly id: number; readonly answer: Answer } {
  const from = { bytes: packet, at: 1 };
  return { id: uint32(from), answer: decodeAnswer(packet[0] ?? 0, from) };
}

function decodeAnswer(type: number, from: Cursor): Answer {
  switch (type) {
    case 101: {
      const code = uint32(from);
      // Some servers leave out the text.
      return { kind: "status", code, text: isAtEnd(from) ? "" : string(from).toString("utf8") };
    }
    case 102:
      return { kind: "handle", handle: string(from).toString("latin1") };
    case 103:
      return { kind: "data", data: string(from) };
    case 104:
      return { kind: "names", names: namesOf(from) };
    case 105:
      return { kind: "attributes", attributes: attributesOf(from) };
    case 201:
      return { kind: "extended", body: from.bytes.subarray(from.at) };
    default:
      throw new RangeError(`an answer of type ${type}`);
  }
}

function namesOf(from: Cursor) {
  const names: { name: string; attributes: Attributes }[] = [];
  for (let left = uint32(from); left > 0; left -= 1) {
    const name = string(from).toString("latin1");
    // A line as `ls -l` prints it.
    string(from);
    names.push({ name, attributes: attributesOf(from) });
  }
  return names;
}

function attributesOf(from: Cursor): Attributes {
  const flags = uint32(from);
  const found: { -readonly [name in keyof Attributes]: Attributes[name] } = {};
  if (flags & HAS.SIZE) found.size = Number(uint64(from));
  if (flags & HAS.OWNER) {
    found.uid = uint32(from);
    found.gid = uint32(from);
  }
  if (flags & HAS.MODE) found.mode = uint32(from);
  if (flags & HAS.TIMES) {
    // When it was read last.
    uint32(from);
    found.mtime = uint32(from);
  }
  if (flags & HAS.EXTENDED) {
    for (let left = uint32(from) * 2; left > 0; left -= 1) string(from);
  }
  return found;
}

export function isAtEnd({ bytes, at }: Cursor): boolean {
  return at >= bytes.length;
}

function uint32(from: Cursor): number {
  return from.bytes.readUInt32BE(take(from, 4));
}

export function uint64(from: Cursor): bigint {
  return from.bytes.readBigUInt64BE(take(from, 8));
}

/** A view, no copy. */
export function string(from: Cursor): Buffer {
  const length = uint32(from);
  const start = take(from, length);
  return from.bytes.subarray(start, start + length);
}

function take(from: Cursor, length: number): number {
  const start = from.at;
  from.at += length;
  if (from.at > from.bytes.length) throw new RangeError("a packet that is cut short");
  return start;
}
