import type { AnyOperation } from "../../src/index.ts";
import type { Terminal } from "./terminal.ts";

/** Lines of one part: some seconds of work, also for a busy XMail. */
const PART = 500;

interface Report {
  readonly added: number;
  readonly already: number;
  readonly wrong: number;
  readonly total: number;
  readonly next: number | null;
  readonly report: readonly object[];
}

/** An import that may stop between two lines is made in parts, so that it shows how far it is and can be stopped. */
export function isInParts({ input }: AnyOperation, given: Readonly<Record<string, unknown>>): boolean {
  const { properties = {} } = input as { properties?: Readonly<Record<string, unknown>> };
  return "csv" in properties && "most" in properties && given["mode"] === "possible" && !("most" in given);
}

/**
 * One part after the other. Ctrl-C ends it behind the part that is under way, which is a whole change of its own; the
 * second kills the program, and the next change finishes that part or takes it back.
 */
export async function importInParts(
  given: Readonly<Record<string, unknown>>,
  terminal: Terminal,
  importPart: (input: Readonly<Record<string, unknown>>) => Promise<unknown>,
): Promise<Report> {
  let stopped = false;
  void terminal.stopped().then(() => {
    stopped = true;
    terminal.err("xmailcfg: stopping behind this part …\n");
  });
  let whole: Report | null = null;
  let from = given["from"];
  for (;;) {
    const input = { ...given, ...(from === undefined ? {} : { from }), most: PART };
    const part = (await importPart(input).catch((error: unknown) => {
      if (whole) terminal.err(soFar(whole, "the rest failed"));
      throw error;
    })) as Report;
    whole = together(whole, part);
    if (part.next === null) return whole;
    terminal.err(`${whole.report.length} of ${whole.total} lines\n`);
    if (stopped) {
      terminal.err(soFar(whole, "stopped"));
      return whole;
    }
    from = part.next;
  }
}

/** Whether it was stopped before its last line. */
export function isUnfinished(answer: unknown): boolean {
  return typeof answer === "object" && answer !== null && "next" in answer && typeof answer.next === "number";
}

function soFar({ added, already, wrong, next }: Report, why: string): string {
  return (
    `xmailcfg: ${why}. ${added} added, ${already} there already, ${wrong} cannot be imported; the lines ` +
    `before line ${next} are done. To go on: the same command with --from ${next}\n`
  );
}

function together(before: Report | null, part: Report): Report {
  if (!before) return part;
  return {
    ...part,
    added: before.added + part.added,
    already: before.already + part.already,
    wrong: before.wrong + part.wrong,
    report: [...before.report, ...part.report],
  };
}
