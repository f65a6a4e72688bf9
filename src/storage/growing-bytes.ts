/** How far each buffer is used, so that of two who grow the same bytes only the first writes behind them. */
const used = new WeakMap<ArrayBufferLike, number>();

/** `bytes` and `more` behind them, in a time that does not depend on how many bytes there are, seen over many calls. */
export function grown(bytes: Uint8Array, more: Uint8Array): Uint8Array {
  const { buffer, byteOffset } = bytes;
  const end = byteOffset + bytes.length;
  const whole = bytes.length + more.length;
  if (used.get(buffer) === end && buffer.byteLength - end >= more.length) {
    new Uint8Array(buffer, end, more.length).set(more);
    used.set(buffer, end + more.length);
    return new Uint8Array(buffer, byteOffset, whole);
  }
  const roomy = new Uint8Array(2 * whole);
  roomy.set(bytes);
  roomy.set(more, bytes.length);
  used.set(roomy.buffer, whole);
  return roomy.subarray(0, whole);
}
