import type { Duplex } from "node:stream";

/** `too-long`: the buffer was full before a line end came, and is used up. `ended`: closed, or silent too long. */
export type Taken =
  | { readonly kind: "line"; readonly bytes: string }
  | { readonly kind: "too-long" }
  | { readonly kind: "ended"; readonly rest: string };

/** Lines out of a stream, as byte strings without LF and the CRs before it, cut at a NUL. */
export interface LineSource {
  /** The next line of at most `room` bytes, its line end included; `silenceMs` without a byte ends the stream. */
  take(room: number, silenceMs: number): Promise<Taken>;
  /** Stops reading; what was read too far goes back into the stream. */
  release(): void;
}

/** A client that sends faster than we work is held back from here on. */
const FULL = 256 * 1024;

export function lineSource(stream: Duplex): LineSource {
  let held = Buffer.alloc(0);
  let ended = false;
  let news = () => {};
  let restart = () => {};

  const onData = (chunk: Buffer) => {
    held = Buffer.concat([held, chunk]);
    if (held.length > FULL) stream.pause();
    restart();
    news();
  };
  const onEnd = () => {
    ended = true;
    news();
  };
  stream.on("data", onData).on("end", onEnd).on("close", onEnd).on("error", onEnd);

  function cut(length: number): string {
    const piece = held.subarray(0, length).toString("latin1");
    held = held.subarray(length);
    if (held.length <= FULL && stream.isPaused()) stream.resume();
    return piece;
  }

  async function take(room: number, silenceMs: number): Promise<Taken> {
    for (;;) {
      const newline = held.subarray(0, room).indexOf(0x0a);
      if (newline !== -1) return { kind: "line", bytes: body(cut(newline + 1)) };
      if (held.length >= room) {
        cut(room);
        return { kind: "too-long" };
      }
      if (ended || !(await moreWithin(silenceMs))) {
        ended = true;
        return { kind: "ended", rest: body(cut(held.length)) };
      }
    }
  }

  function moreWithin(silenceMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), silenceMs);
      restart = () => timer.refresh();
      news = () => {
        clearTimeout(timer);
        resolve(true);
      };
    });
  }

  function release(): void {
    stream.off("data", onData).off("end", onEnd).off("close", onEnd).off("error", onEnd);
    stream.pause();
    if (held.length > 0) stream.unshift(held);
    held = Buffer.alloc(0);
  }

  return { take, release };
}

function body(line: string): string {
  const text = line.replace(/\r*\n$/, "");
  const nul = text.indexOf("\0");
  return nul === -1 ? text : text.slice(0, nul);
}
