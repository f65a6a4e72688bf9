import { createInterface } from "node:readline";

/** What a command sees of the world; tests bring their own. */
export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly interactive: boolean;
  out(text: string): void;
  err(text: string): void;
  /** All of standard input, as text. */
  readInput(): Promise<string>;
  /** Asks without showing what is typed. */
  askSecret(question: string): Promise<string>;
  readFile(path: string): Promise<string>;
  /** All of a file; `null`: of standard input. */
  readBytes(path: string | null): Promise<Uint8Array>;
  /** Permission bits of a file; absent where there are none. */
  modeOf?(path: string): Promise<number | null>;
  /** Resolves at the first SIGINT or SIGTERM. */
  stopped(): Promise<void>;
}

export class UsageError extends Error {}

/** One question on the terminal, the answer not shown. Rejects when the terminal ends instead (Ctrl-D, Ctrl-C). */
export function askHidden(
  question: string,
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const lines = createInterface({ input, terminal: true });
    output.write(question);
    lines.once("line", (answer) => {
      resolve(answer);
      lines.close();
    });
    lines.once("SIGINT", () => lines.close());
    lines.once("close", () => {
      output.write("\n");
      // After an answer this changes nothing: a promise settles once.
      reject(new UsageError("Nothing was typed, nothing is done."));
    });
  });
}
