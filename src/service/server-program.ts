import type { ServerProgram } from "../xmail/server.ts";
import { lineIn } from "./start-line.ts";

export interface ProgramOptions {
  /** Program and arguments that restart XMail: `["systemctl", "restart", "xmail"]`. */
  readonly restart?: readonly string[];
  /** What XMail starts to answer mail: `["/usr/bin/node", "/opt/xmailcfg/xmailcfg-filter.cjs"]`. */
  readonly answerProgram?: readonly string[];
  /** The line of start parameters itself. */
  readonly startOptions?: string;
  /** Reads the file that has it, such as `/etc/default/xmail`; `null` when it cannot be read. */
  readStartFile?(): Promise<string | null>;
  log(details: object, message: string): void;
}

/** XMail as a program, as far as a configuration tells of it. */
export function serverProgram({
  restart,
  answerProgram,
  startOptions,
  readStartFile,
  log,
}: ProgramOptions): ServerProgram {
  return {
    restart: restart
      ? async () => {
          // Hardly any process ever starts one.
          const { runCommand } = await import("./run-command.ts");
          await runCommand(restart, { log });
        }
      : null,
    answerProgram: answerProgram ?? null,
    async startLine() {
      if (startOptions !== undefined) return startOptions;
      const text = await readStartFile?.();
      return text === undefined || text === null ? null : lineIn(text);
    },
  };
}
