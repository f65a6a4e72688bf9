import { spawn } from "node:child_process";
import { fail } from "../errors/error.ts";

export interface CommandOptions {
  /** Most time it may take; 60 s. What is left of it then is killed. */
  readonly timeoutMs?: number;
  /** Gets what the program printed, and how it ended. */
  log(details: object, message: string): void;
}

const TIMEOUT_MS = 60_000;
/** Characters of the output that are kept for the log. */
const KEPT = 4000;

/**
 * Runs a program with its arguments as they are: there is no shell that would read them. The only place that starts one.
 * `SERVICE_FAILED` when it cannot be started, takes too long, or ends with anything but 0; what it printed goes to the log
 * and nowhere else.
 */
export async function runCommand(
  [program, ...args]: readonly string[],
  { timeoutMs = TIMEOUT_MS, log }: CommandOptions,
): Promise<void> {
  if (program === undefined) fail("BAD_CONFIG", "xmail.restart names no program.");
  const ended = await new Promise<{ how: string; output: string; cause?: unknown }>((resolve) => {
    let output = "";
    const child = spawn(program, args, {
      shell: false,
      windowsHide: true,
      stdio: ["ignore", "pipe", "pipe"],
      timeout: timeoutMs,
      killSignal: "SIGKILL",
    });
    const keep = (chunk: Buffer) => {
      output = (output + chunk.toString("utf8")).slice(-KEPT);
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.on("error", (cause) => resolve({ how: "not started", output, cause }));
    // Not `close`: a program that it leaves running may keep the pipes open for ever.
    child.on("exit", (code, signal) => {
      const how = code === null ? `killed by ${signal}` : `ended with ${code}`;
      setImmediate(() => {
        child.stdout.destroy();
        child.stderr.destroy();
        resolve({ how, output });
      });
    });
  });
  log({ program, how: ended.how, output: ended.output }, "command for the service");
  if (ended.how !== "ended with 0") {
    fail("SERVICE_FAILED", undefined, {
      internal: { program, how: ended.how, output: ended.output },
      cause: ended.cause,
    });
  }
}
