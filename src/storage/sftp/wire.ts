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
  const pieces = [Buffer.from([type]), ...[id, ...fields].map(encodeField)];
  if (data) pieces.push(uint32(data.length));
  const body = Buffer.concat(pieces);
  return Buffer.concat([uint32(body.length + (data?.length ?? 0)), body]);
}

function encodeField(field: Field): Buffer {
  if (typeof field === "number") return uint32(field);
  if (typeof field === "string") return Buffer.concat([uint32(field.length), Buffer.from(field, "latin1")]);
  if (typeof field === "bigint") {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64BE(field);
    return bytes;
  }
  const { uid, gid, mode } = field;
  const owner = uid !== undefined && gid !== undefined;
  const flags = (owner ? HAS.OWNER : 0) | (mode === undefined ? 0 : HAS.MODE);
  const values = [flags, ...(owner ? [uid, gid] : []), ...(mode === undefined ? [] : [mode])];
  return Buffer.concat(values.map(uint32));
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** An answer and the number of its request. Throws a `RangeError` for what is cut short or of no known kind. */
export function decode(packet: Buffer): { readonly id: number; readonly answer: Answer } {
  const from = reader(packet, 1);
  return { id: from.uint32(), answer: decodeAnswer(packet[0] ?? 0, from) };
}

function decodeAnswer(type: number, from: Reader): Answer {
  switch (type) {
    case 101: {
      const code = from.uint32();
      // Some servers leave out the text.
      return { kind: "status", code, text: from.left() > 0 ? from.string().toString("utf8") : "" };
    }
    case 102:
      return { kind: "handle", handle: from.string().toString("latin1") };
    case 103:
      return { kind: "data", data: from.string() };
    case 104:
      return { kind: "names", names: namesOf(from) };
    case 105:
      return { kind: "attributes", attributes: attributesOf(from) };
    case 201:
      return { kind: "extended", body: from.rest() };
    default:
      throw new RangeError(`an answer of type ${type}`);
  }
}

function namesOf(from: Reader) {
  const names: { name: string; attributes: Attributes }[] = [];
  for (let left = from.uint32(); left > 0; left -= 1) {
    const name = from.string().toString("latin1");
    // A line as `ls -l` prints it.
    from.string();
    names.push({ name, attributes: attributesOf(from) });
  }
  return names;
}

function attributesOf(from: Reader): Attributes {
  const flags = from.uint32();
  const size = flags & HAS.SIZE ? { size: Number(from.uint64()) } : {};
  const owner = flags & HAS.OWNER ? { uid: from.uint32(), gid: from.uint32() } : {};
  const mode = flags & HAS.MODE ? { mode: from.uint32() } : {};
  const [, mtime] = flags & HAS.TIMES ? [from.uint32(), from.uint32()] : [];
  if (flags & HAS.EXTENDED) {
    for (let left = from.uint32() * 2; left > 0; left -= 1) from.string();
  }
  return { ...size, ...owner, ...mode, ...(mtime === undefined ? {} : { mtime }) };
}

export interface Reader {
  uint32(): number;
  uint64(): bigint;
  /** A view, no copy. */
  string(): Buffer;
  left(): number;
  rest(): Buffer;
}

/** Reads one thing after the other; a `RangeError` when there is not enough. */
export function reader(bytes: Buffer, start = 0): Reader {
  let at = start;
  const take = (length: number) => {
    if (at + length > bytes.length) throw new RangeError("a packet that is cut short");
    at += length;
    return at - length;
  };
  const uint32 = () => bytes.readUInt32BE(take(4));
  return {
    uint32,
    uint64: () => bytes.readBigUInt64BE(take(8)),
    string() {
      const length = uint32();
      const from = take(length);
      return bytes.subarray(from, from + length);
    },
    left: () => bytes.length - at,
    rest: () => bytes.subarray(at),
  };
}
