/** What passes between the program that a web server starts and the process that stayed. */
export const KIND = {
  // To the one that stayed.
  request: 1,
  body: 2,
  bodyEnd: 3,
  // From there.
  taken: 11,
  refused: 12,
  output: 13,
  errors: 14,
  exit: 15,
} as const;

const HEAD_BYTES = 5;
/** An environment may have 2 MiB on Linux; all else is cut. */
const MOST_BYTES = 4 * 1024 * 1024;
export const PIECE_BYTES = 64 * 1024;
const NOTHING = Buffer.alloc(0);

export function frame(kind: number, bytes: Uint8Array = NOTHING): Buffer {
  const whole = Buffer.allocUnsafe(HEAD_BYTES + bytes.byteLength);
  whole.writeUInt8(kind, 0);
  whole.writeUInt32BE(bytes.byteLength, 1);
  whole.set(bytes, HEAD_BYTES);
  return whole;
}

/** Cuts what arrives into frames. Throws at what is none. */
export function frameReader(take: (kind: number, bytes: Buffer) => void): (chunk: Buffer) => void {
  let rest: Buffer = NOTHING;
  return (chunk) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    while (rest.length >= HEAD_BYTES) {
      const length = rest.readUInt32BE(1);
      if (length > MOST_BYTES) throw new Error("a frame that is too long");
      const end = HEAD_BYTES + length;
      if (rest.length < end) return;
      const kind = rest.readUInt8(0);
      const bytes = rest.subarray(HEAD_BYTES, end);
      rest = rest.subarray(end);
      take(kind, bytes);
    }
  };
}

/** `NAME=value`, as the system has them: neither holds a NUL. */
export function environmentBytes(env: Readonly<Record<string, string | undefined>>): Buffer {
  const pairs = Object.entries(env).map(([name, value = ""]) => `${name}=${value}`);
  return Buffer.from(pairs.join("\0"));
}

export function environmentOf(bytes: Buffer): Record<string, string> {
  // No prototype: a variable may have any name.
  const env: Record<string, string> = Object.create(null);
  for (const pair of bytes.toString().split("\0")) {
    const at = pair.indexOf("=");
    if (at > 0) env[pair.slice(0, at)] = pair.slice(at + 1);
  }
  return env;
}
