/** Segments below one packet are the ones XMail's side holds back. Bytes. */
const SMALL = 1460;
const AT_ONCE = 4;
const FIRST_STALL_MS = 1;
/** After this the other side's delayed acknowledgement has come anyway. */
const LAST_STALL_MS = 32;

/**
 * XMail writes each line of a list by itself without TCP_NODELAY, so after a small segment the rest waits for our
 * acknowledgement, which the kernel delays by 40 ms. Whatever we send carries it: a `noop` behind the list command
 * takes a list from 44 ms to 0.2 ms. (Node cannot set TCP_QUICKACK.)
 */
export interface Nudge {
  /** Bytes came, and the list is not at its end. */
  unfinished(bytes: number): void;
  /** Nothing is awaited, or nothing may be sent. */
  rest(): void;
  /** A new command was sent. */
  refresh(): void;
}

export function createNudge(send: () => void): Nudge {
  let atOnce = AT_ONCE;
  let stall = FIRST_STALL_MS;
  let timer: NodeJS.Timeout | null = null;

  function rest(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
  }

  function wait(): void {
    rest();
    timer = setTimeout(() => {
      send();
      stall *= 2;
      if (stall <= LAST_STALL_MS) wait();
    }, stall).unref();
  }

  return {
    rest,
    refresh() {
      atOnce = AT_ONCE;
    },
    unfinished(bytes) {
      stall = FIRST_STALL_MS;
      if (atOnce > 0 && bytes < SMALL) {
        atOnce -= 1;
        send();
      }
      wait();
    },
  };
}
