import type { Socket } from "node:net";
import { bodyOf, type StandardInput } from "./standard-input.ts";

/** Bytes that wait to be read before the web server has to wait. */
const WAITING_BYTES = 256 * 1024;

/** A request's body as it arrives over a connection. */
export function stayBody(socket: Socket) {
  const pieces: Uint8Array[] = [];
  let waiting = 0;
  let state: "open" | "ended" | "broken" = "open";
  let wake: () => void = () => undefined;
  const next = async (): Promise<Uint8Array | null> => {
    while (pieces.length === 0 && state === "open") await new Promise<void>((resolve) => (wake = resolve));
    const piece = pieces.shift() ?? null;
    waiting -= piece?.byteLength ?? 0;
    if (waiting < WAITING_BYTES) socket.resume();
    return piece;
  };
  return {
    push(bytes: Uint8Array) {
      pieces.push(bytes);
      waiting += bytes.byteLength;
      if (waiting >= WAITING_BYTES) socket.pause();
      wake();
    },
    end() {
      if (state === "open") state = "ended";
      wake();
    },
    /** The connection ended before the body did. */
    breakOff() {
      if (state === "open") state = "broken";
      wake();
    },
    source(length: number | null): StandardInput {
      let left = length ?? Number.POSITIVE_INFINITY;
      return bodyOf({
        async next() {
          const piece = left > 0 ? await next() : null;
          left -= piece?.byteLength ?? 0;
          return piece;
        },
        brokenOff: () => left > 0 && (length !== null || state === "broken"),
      });
    },
  };
}
