import { type Message, malformed } from "./wire.ts";

export interface FrameReader {
  /** Where the next bytes are to be put; at least one fits. */
  space(): Message;
  /** So many bytes have been put there. */
  filled(count: number): void;
}

const PREFIX_BYTES = 4;
const SCRATCH_BYTES = 64 * 1024;
/** From here on frames are used again: fresh memory for each costs more than the reading of it. */
const LARGE_BYTES = 64 * 1024;
const SPARE = 10;

/**
 * Cuts what comes in into frames, whatever pieces it comes in; a frame above `maxBytes()` is refused before there is
 * room made for it. `onFrame` says whether nobody needs the frame any more.
 */
export function frameReader(maxBytes: () => number, onFrame: (frame: Message) => boolean): FrameReader {
  const scratch = Buffer.alloc(SCRATCH_BYTES);
  const prefix = Buffer.alloc(PREFIX_BYTES);
  const spare: Message[] = [];
  let prefixFilled = 0;
  let room: Message | null = null;
  let length = 0;
  let done = 0;
  let direct = false;

  function begin(): void {
    prefixFilled = 0;
    length = prefix.readUInt32BE();
    if (length === 0 || length > maxBytes()) malformed("the length of a message");
    room = length < LARGE_BYTES ? Buffer.allocUnsafe(length) : largeRoom();
    done = 0;
  }

  function largeRoom(): Message {
    const used = spare.pop();
    return used && used.length >= length ? used : Buffer.allocUnsafe(maxBytes());
  }

  function finish(whole: Message): void {
    room = null;
    const isFree = onFrame(whole.subarray(0, length));
    if (isFree && whole.length >= LARGE_BYTES && spare.length < SPARE) spare.push(whole);
  }

  function take(chunk: Message): void {
    for (let at = 0; at < chunk.length; ) {
      if (!room) {
        const taken = chunk.copy(prefix, prefixFilled, at);
        prefixFilled += taken;
        at += taken;
        if (prefixFilled < PREFIX_BYTES) return;
        begin();
      }
      if (!room) return;
      const taken = chunk.copy(room, done, at, at + length - done);
      done += taken;
      at += taken;
      if (done === length) finish(room);
    }
  }

  return {
    space() {
      // The rest of a large frame is read to where it belongs.
      direct = room !== null && length - done >= SCRATCH_BYTES;
      return direct && room ? room.subarray(done, length) : scratch;
    },
    filled(count) {
      if (!direct || !room) return take(scratch.subarray(0, count));
      done += count;
      if (done === length) finish(room);
    },
  };
}

export function framePrefix(length: number): Buffer {
  const prefix = Buffer.alloc(PREFIX_BYTES);
  prefix.writeUInt32BE(length);
  return prefix;
}
