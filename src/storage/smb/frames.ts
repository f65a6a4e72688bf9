import { type Message, malformed } from "./wire.ts";

const PREFIX_BYTES = 4;

/** Cuts what comes in into frames, whatever pieces it comes in; a frame above `maxBytes()` is refused before it is stored. */
export function frameReader(
  maxBytes: () => number,
  onFrame: (frame: Message) => void,
): (chunk: Message) => void {
  const prefix = Buffer.alloc(PREFIX_BYTES);
  let prefixFilled = 0;
  let frame: Buffer | null = null;
  let filled = 0;

  return (chunk) => {
    for (let at = 0; at < chunk.length; ) {
      if (!frame) {
        const taken = chunk.copy(prefix, prefixFilled, at);
        prefixFilled += taken;
        at += taken;
        if (prefixFilled < PREFIX_BYTES) return;
        prefixFilled = 0;
        const length = prefix.readUInt32BE();
        if (length === 0 || length > maxBytes()) malformed("the length of a message");
        frame = Buffer.allocUnsafe(length);
        filled = 0;
      }
      const taken = chunk.copy(frame, filled, at);
      filled += taken;
      at += taken;
      if (filled < frame.length) return;
      const whole = frame;
      frame = null;
      onFrame(whole);
    }
  };
}

export function framePrefix(length: number): Buffer {
  const prefix = Buffer.alloc(PREFIX_BYTES);
  prefix.writeUInt32BE(length);
  return prefix;
}
