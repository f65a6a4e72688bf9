import type { Status } from "./reply-parser.ts";
import type { Command } from "./wire.ts";

/** One command on its way and whoever waits for its answer. Exactly one of `done` and `failed` is called, last. */
export interface Exchange {
  readonly command: Command;
  readonly timeoutMs: number;
  /** What to send after `+00101`. */
  readonly payload?: Buffer;
  /** The final status; that of an upload is its second one, unless it was refused before. */
  status(status: Status): void;
  lines(batch: readonly string[]): void;
  done(): void;
  failed(error: unknown): void;
}

/** A whole answer. Lines are byte strings, empty for an answer without a list. */
export interface Answer {
  readonly status: Status;
  readonly lines: readonly string[];
}

export interface ExchangeOptions {
  readonly timeoutMs: number;
  readonly payload?: Buffer;
}

/** An exchange that collects its answer. */
export function collecting(
  command: Command,
  options: ExchangeOptions,
): { exchange: Exchange; answer: Promise<Answer> } {
  let status: Status = { ok: false, code: 0, text: "" };
  let lines: string[] = [];
  let settle: { resolve(answer: Answer): void; reject(error: unknown): void } | null = null;
  const answer = new Promise<Answer>((resolve, reject) => {
    settle = { resolve, reject };
  });
  return {
    answer,
    exchange: {
      command,
      ...options,
      status(given) {
        status = given;
      },
      lines(batch) {
        // Not `push(...batch)`: a long list would overflow the stack.
        lines = lines.length === 0 ? [...batch] : lines.concat(batch);
      },
      done: () => settle?.resolve({ status, lines }),
      failed: (error) => settle?.reject(error),
    },
  };
}
