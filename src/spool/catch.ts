import type { CallOptions } from "../xmail/call-options.ts";
import type { SpoolAction, SpoolAsk, SpoolCount, SpooledMessage, SpoolState } from "../xmail/spool.ts";
import { concernsDomain, isCaught, parseSpoolFilter } from "../xmail/spool-filter.ts";

/** Which messages an action is for. */
export const FOR_STATES: Readonly<Record<SpoolAction, readonly SpoolState[]>> = {
  remove: ["ready", "retry", "frozen", "held"],
  hold: ["ready", "retry", "frozen"],
  release: ["frozen", "held"],
  resend: ["retry"],
  putBack: [],
};

/** What of the messages counts, for whoever asks. */
export function catching({ filter, domain, now, visible }: SpoolAsk): (message: SpooledMessage) => boolean {
  const parsed = parseSpoolFilter(filter);
  const at = now.getTime();
  return (message) =>
    (domain === undefined || concernsDomain(message, domain)) &&
    isCaught(parsed, message, at) &&
    (visible === undefined || visible(message));
}

/** Whether a message is one of these; of all, where none are named. */
export function naming(ids: readonly string[] | null | undefined): (message: SpooledMessage) => boolean {
  const only = ids ? new Set(ids) : null;
  return ({ id }) => only === null || only.has(id);
}

/** Whether time is up. */
export function deadline(within: number | undefined): () => boolean {
  const until = within === undefined ? Number.POSITIVE_INFINITY : performance.now() + within;
  return () => performance.now() > until;
}

export function counter(): {
  add(message: Pick<SpooledMessage, "size" | "since">): void;
  count(): SpoolCount;
} {
  let messages = 0;
  let bytes = 0;
  let oldest = 0;
  return {
    add({ size, since }) {
      messages += 1;
      bytes += size;
      if (oldest === 0 || since < oldest) oldest = since;
    },
    count: () => ({ messages, bytes, oldest }),
  };
}

export function signalOf({ signal }: CallOptions): CallOptions {
  return signal ? { signal } : {};
}
