/** Larger ones no server sends: OpenSSH's limit. */
const LARGEST = 256 * 1024;

/**
 * Cuts a stream into packets, each without its length. `push` hands on what is complete; throws a `RangeError` for a
 * length that cannot be meant.
 */
export function packetCutter(take: (packet: Buffer) => void): (piece: Buffer) => void {
  let held: Buffer[] = [];
  let heldBytes = 0;
  /** Bytes of the packet under way and its length field, once that is known. */
  let wanted = 4;

  return (piece) => {
    held.push(piece);
    heldBytes += piece.length;
    if (heldBytes < wanted) return;
    let bytes = held.length === 1 ? piece : Buffer.concat(held, heldBytes);
    for (;;) {
      if (bytes.length < 4) {
        wanted = 4;
        break;
      }
      const length = bytes.readUInt32BE(0);
      if (length < 1 || length > LARGEST) throw new RangeError(`a packet of ${length} bytes`);
      wanted = 4 + length;
      if (bytes.length < wanted) break;
      take(bytes.subarray(4, wanted));
      bytes = bytes.subarray(wanted);
    }
    held = bytes.length > 0 ? [bytes] : [];
    heldBytes = bytes.length;
  };
}
