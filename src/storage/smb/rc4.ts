/** Our own, because OpenSSL 3 keeps it locked away; NTLM wraps a random key of 16 bytes with it. */
export function rc4(key: Uint8Array, data: Uint8Array): Buffer {
  const state = Uint8Array.from({ length: 256 }, (_, index) => index);
  const at = (index: number) => state[index & 255] ?? 0;
  let j = 0;
  const swap = (i: number) => {
    const kept = at(i);
    state[i & 255] = at(j);
    state[j] = kept;
  };
  for (let i = 0; i < 256; i += 1) {
    j = (j + at(i) + (key[i % key.length] ?? 0)) & 255;
    swap(i);
  }
  j = 0;
  return Buffer.from(
    data.map((byte, index) => {
      j = (j + at(index + 1)) & 255;
      swap(index + 1);
      return byte ^ at(at(index + 1) + at(j));
    }),
  );
}
