const ROUNDS = [
  {
    mix: (b: number, c: number, d: number) => (b & c) | (~b & d),
    add: 0,
    shifts: [3, 7, 11, 19],
    order: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
  },
  {
    mix: (b: number, c: number, d: number) => (b & c) | (b & d) | (c & d),
    add: 0x5a827999,
    shifts: [3, 5, 9, 13],
    order: [0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15],
  },
  {
    mix: (b: number, c: number, d: number) => b ^ c ^ d,
    add: 0x6ed9eba1,
    shifts: [3, 9, 11, 15],
    order: [0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15],
  },
] as const;

/** RFC 1320. Our own, because OpenSSL 3 keeps it locked away and the NT hash of a password is nothing else. */
export function md4(bytes: Uint8Array): Buffer {
  const padded = Buffer.alloc(64 * Math.ceil((bytes.length + 9) / 64));
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  padded.writeBigUInt64LE(BigInt(bytes.length) * 8n, padded.length - 8);
  let sum = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476] as const;
  for (let block = 0; block < padded.length; block += 64) {
    let [a, b, c, d] = sum as readonly [number, number, number, number];
    for (const { mix, add, shifts, order } of ROUNDS) {
      for (const [step, word] of order.entries()) {
        const mixed = (a + mix(b, c, d) + padded.readUInt32LE(block + 4 * word) + add) | 0;
        const shift = shifts[step % 4] ?? 0;
        [a, b, c, d] = [d, (mixed << shift) | (mixed >>> (32 - shift)), b, c];
      }
    }
    sum = [sum[0] + a, sum[1] + b, sum[2] + c, sum[3] + d].map((word) => word | 0) as unknown as typeof sum;
  }
  const digest = Buffer.alloc(16);
  for (const [index, word] of sum.entries()) digest.writeInt32LE(word | 0, 4 * index);
  return digest;
}
