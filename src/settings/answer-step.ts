import { PROGRAM_STEPS, stepCells, stepOf } from "./mail-steps.ts";

/** First argument behind the configured program: which of its answers is meant. */
const VACATION = "vacation";
const MESSAGE = "@@FILE";
/** Seconds XMail waits; the message is there only so long. */
const TIMEOUT = 30;

/**
 * The step of `mailproc.tab` that starts the program which answers. What it needs of the mail it reads in the file: on
 * Windows XMail puts quotes around an argument and leaves those inside as they are, so that a sender could write arguments.
 */
export function answerStep(program: readonly string[], address: string, folder: string): string[] {
  const [path = "", ...given] = program;
  return stepCells({
    step: "external",
    priority: 0,
    timeout: TIMEOUT,
    program: path,
    arguments: [...given, VACATION, address, folder, MESSAGE],
  });
}

/** Whatever program it starts: the configuration may have been another one. */
export function isAnswerStep(cells: readonly string[]): boolean {
  const given = stepOf(cells, PROGRAM_STEPS)?.arguments ?? [];
  return given.at(-4) === VACATION && given.at(-1) === MESSAGE;
}
