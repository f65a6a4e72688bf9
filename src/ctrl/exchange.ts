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
  let settle: { resolve(answer: Answer): void; reject(error: unknown): void } | null = null;
  const answer = new Promise<Answer>((resolve, reject) => {
    settle = { resolve, reject };
  });
  const done = (given: Answer) => settle?.resolve(given);
  return { answer, exchange: gathering(command, options, done, (error) => settle?.reject(error)) };
}

/** More than any window. */
const AHEAD = 1024;

/** Many commands in order; resolves with the last answer, rejects with the first failure of the line. */
export function exchangeAll(
  line: { submit(exchanges: readonly Exchange[]): void },
  commands: readonly Command[],
  timeoutMs: number,
  take: (answer: Answer, index: number) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let submitted = 0;
    let taken = 0;
    // Made while XMail answers those before: ten thousand at once would keep it waiting, and the collector busy.
    const submitMore = () => {
      const from = submitted;
      const more = commands.slice(from, from + AHEAD);
      submitted += more.length;
      line.submit(
        more.map((command, index) =>
          gathering(command, { timeoutMs }, (answer) => takeOne(answer, from + index), reject),
        ),
      );
    };
    const takeOne = (answer: Answer, index: number) => {
      take(answer, index);
      taken += 1;
      if (taken === commands.length) resolve();
      else if (index % AHEAD === 0 && submitted < commands.length) submitMore();
    };
    submitMore();
    if (submitted < commands.length) submitMore();
  });
}

function gathering(
  command: Command,
  options: ExchangeOptions,
  done: (answer: Answer) => void,
  failed: (error: unknown) => void,
): Exchange {
  let status: Status = { ok: false, code: 0, text: "" };
  const batches: (readonly string[])[] = [];
  return {
    command,
    ...options,
    status(given) {
      status = given;
    },
    lines(batch) {
      // Joined once, at the end: a long answer comes in thousands of pieces.
      batches.push(batch);
    },
    done: () => done({ status, lines: batches.length === 1 ? (batches[0] ?? []) : batches.flat() }),
    failed,
  };
}
