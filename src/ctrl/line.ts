import { AppError } from "../errors/error.ts";
import type { CallOptions } from "../xmail/call-options.ts";
import { effectOf } from "./commands.ts";
import type { CtrlConnection } from "./connection.ts";
import { type Answer, collecting, exchangeAll } from "./exchange.ts";
import { createFlow } from "./flow.ts";
import type { Greeting } from "./greeting.ts";
import type { Pool } from "./pool.ts";
import { expectSuccess } from "./refusal.ts";
import { type Command, encodeCommand } from "./wire.ts";

export interface CtrlCallOptions extends CallOptions {
  /** Deadline of each command, milliseconds; default `commandTimeoutMs` of the client. */
  readonly timeoutMs?: number;
  /** Milliseconds on top of it, for an answer that is known to be long. */
  readonly moreMs?: number;
}

/**
 * The way commands go. A read whose connection was lost is tried once more on a fresh one; a change never is. Failures
 * of the line are `XMAIL_UNREACHABLE`, `XMAIL_OUTCOME_UNKNOWN` (a change was sent), `XMAIL_TIMEOUT`, `XMAIL_PROTOCOL`,
 * `ABORTED` and those of signing in.
 */
export interface CtrlLine {
  /** One command and its whole answer, refused or not. */
  ask(command: Command, options?: CtrlCallOptions): Promise<Answer>;
  /** Told of changes that will be asked for one by one, a rehearsal looks at once at all that they need to know. */
  foresee?(commands: readonly Command[]): Promise<void>;
  /** Many reads, pipelined in windows; results in the order asked. `read` may throw. */
  askAll<T>(
    commands: readonly Command[],
    read: (answer: Answer, index: number) => T,
    options?: CtrlCallOptions,
  ): Promise<T[]>;
  /**
   * Many changes, pipelined in the order given. `take` gets every answer, refused or not: what XMail refuses does not keep
   * it from the commands behind. None is sent twice; a line that is lost rejects.
   */
  sendAll(
    commands: readonly Command[],
    take: (answer: Answer, index: number) => void,
    options?: CtrlCallOptions,
  ): Promise<void>;
  /** The lines of a list in batches, as they come; a refusal is thrown by its named error. */
  stream(command: Command, options?: CtrlCallOptions): AsyncIterable<readonly string[]>;
  /** Sends `payload` once XMail asks for it. */
  upload(command: Command, payload: Buffer, options?: CtrlCallOptions): Promise<Answer>;
  /** Makes sure that XMail answers, and says what it said of itself. */
  greet(options?: CallOptions): Promise<Greeting>;
  close(): Promise<void>;
}

export function createLine(pool: Pool, commandTimeoutMs: number): CtrlLine {
  const deadlineOf = ({ timeoutMs = commandTimeoutMs, moreMs = 0 }: CtrlCallOptions) => timeoutMs + moreMs;

  async function using<T>(
    effect: "read" | "write",
    options: CtrlCallOptions,
    work: (connection: CtrlConnection, timeoutMs: number) => Promise<T>,
  ): Promise<T> {
    for (let first = true; ; first = false) {
      const connection = await pool.lease({ effect, fresh: !first, signal: options.signal });
      const stop = destroyOnAbort(connection, options.signal);
      try {
        return await work(connection, deadlineOf(options));
      } catch (error) {
        if (!first || effect === "write" || !connection.lost) throw error;
      } finally {
        stop();
        pool.release(connection);
      }
    }
  }

  function one(command: Command, payload: Buffer | undefined, options: CtrlCallOptions): Promise<Answer> {
    return using(effectOf(command.word), options, (connection, timeoutMs) => {
      const rest = payload === undefined ? {} : { payload };
      const { exchange, answer } = collecting(command, { timeoutMs, ...rest });
      connection.submit([exchange]);
      return answer;
    });
  }

  return {
    ask: (command, options = {}) => one(command, undefined, options),
    upload: (command, payload, options = {}) => one(command, payload, options),
    async askAll<T>(commands: readonly Command[], read: (answer: Answer, index: number) => T, options = {}) {
      const results: ({ value: T } | { refused: unknown })[] = [];
      if (commands.length === 0) return [];
      await using("read", options, (connection, timeoutMs) => {
        // On the second connection, only what the first one did not answer.
        const rest = commands.slice(results.length);
        const from = results.length;
        return exchangeAll(connection, rest, timeoutMs, (answer, index) => {
          results[from + index] = attempt(() => read(answer, from + index));
        });
      });
      return results.map((result) => {
        if ("refused" in result) throw result.refused;
        return result.value;
      });
    },
    async sendAll(commands, take, options = {}) {
      if (commands.length === 0) return;
      await using("write", options, (connection, timeoutMs) =>
        exchangeAll(connection, commands, timeoutMs, take),
      );
    },
    async *stream(command, options = {}) {
      for (let first = true; ; first = false) {
        const connection = await pool.lease({ effect: "read", fresh: !first, signal: options.signal });
        const flow = createFlow(connection, command, deadlineOf(options));
        const stop = destroyOnAbort(connection, options.signal);
        const settle = pool.onShortage(() => flow.spill());
        void flow.finished.then(() => {
          settle();
          stop();
          pool.release(connection);
        });
        connection.submit([flow.exchange]);
        let delivered = false;
        try {
          expectSuccess(command, await flow.status);
          for (let batch = await flow.next(); batch !== null; batch = await flow.next()) {
            delivered = true;
            yield batch;
          }
          return;
        } catch (error) {
          if (!first || delivered || !connection.lost) throw error;
        } finally {
          flow.discard();
        }
      }
    },
    greet: (options = {}) =>
      using("read", options, async (connection, timeoutMs) => {
        const { exchange, answer } = collecting(encodeCommand("noop"), { timeoutMs });
        connection.submit([exchange]);
        await answer;
        return connection.greeting;
      }),
    close: () => pool.close(),
  };
}

function attempt<T>(work: () => T): { value: T } | { refused: unknown } {
  try {
    return { value: work() };
  } catch (refused) {
    return { refused };
  }
}

function destroyOnAbort(connection: CtrlConnection, signal: AbortSignal | undefined): () => void {
  if (signal === undefined) return () => undefined;
  const stop = () => connection.destroy(new AppError("ABORTED", undefined, { cause: signal.reason }));
  if (signal.aborted) stop();
  signal.addEventListener("abort", stop, { once: true });
  return () => signal.removeEventListener("abort", stop);
}
