import { effectOf } from "../ctrl/commands.ts";
import type { Answer } from "../ctrl/exchange.ts";
import type { CtrlCallOptions, CtrlLine } from "../ctrl/line.ts";
import { expectSuccess } from "../ctrl/refusal.ts";
import { type Command, plainLine } from "../ctrl/wire.ts";
import { fail } from "../errors/error.ts";
import type { Answer as SimulatedAnswer } from "../simulator/answer.ts";
import { answerTo, type Refused } from "../simulator/answer-to.ts";
import { refusalOf } from "../simulator/refusal.ts";
import { bodiesOf } from "../simulator/table-text.ts";
import { isStoragePath } from "../storage/path.ts";
import { splitRecord } from "../tab/codec.ts";
import { foldName } from "../xmail/names.ts";
import type { Stage } from "./stage.ts";
import type { Step } from "./steps.ts";
import { uploadedText } from "./uploaded-text.ts";

/** Of mail in the queue only the server itself knows. */
const QUEUE_READS: ReadonlySet<string> = new Set(["frozlist", "frozgetlog", "frozgetmsg"]);
const QUEUE_CHANGES: ReadonlySet<string> = new Set(["frozsubmit", "frozdel", "etrn"]);
/** Uploading these is an order: nothing of them stays as a file. */
const ORDERS: ReadonlySet<string> = new Set([".shutdown", ".psync-trigger"]);

const OK: Answer = { status: { ok: true, code: 0, text: "OK" }, lines: [] };
const LIST_FOLLOWS = { ok: true, code: 100, text: "OK" };
const LINE_BUFFER = 2048;

export interface Rehearsed {
  readonly line: CtrlLine;
  /** What was done so far, in order. */
  readonly steps: readonly Step[];
  /** Where it was done; `null` before the first change. */
  readonly stage: Stage | null;
  /** From here on the rehearsal answers. */
  enter(): Promise<Stage>;
}

/**
 * A line on which reads go to the server until the first change; from then on nothing does: a simulator over the server's
 * own files answers. `before` says what has to be done ahead of a command.
 */
export function rehearsedLine(
  real: CtrlLine,
  open: () => Promise<Stage>,
  before: (stage: Stage, word: string, args: readonly string[]) => Promise<readonly Step[]>,
): Rehearsed {
  const steps: Step[] = [];
  let opening: Promise<Stage> | null = null;
  let stage: Stage | null = null;
  let last: Promise<unknown> = Promise.resolve();

  async function enter(): Promise<Stage> {
    opening ??= open();
    stage = await opening;
    return stage;
  }

  /** One change after the other, in the order in which they were asked for. */
  function inTurn<T>(change: () => Promise<T>): Promise<T> {
    const done = last.then(change);
    last = done.catch(() => undefined);
    return done;
  }

  async function read(command: Command, options?: CtrlCallOptions): Promise<Answer> {
    if (stage === null || QUEUE_READS.has(command.word)) return real.ask(command, options);
    return answered(await answerTo(stage.root, plainLine(command)));
  }

  function change(command: Command, payload: Buffer | null, options: CtrlCallOptions): Promise<Answer> {
    return inTurn(async () => {
      if (options.signal?.aborted) fail("ABORTED", undefined, { cause: options.signal.reason });
      const step = { kind: "command", command, payload, timeoutMs: options.timeoutMs ?? null } as const;
      const [, ...args] = splitRecord(plainLine(command));
      if (QUEUE_CHANGES.has(command.word) || isOrder(command, args)) {
        steps.push({ ...step, code: 0, uploaded: null });
        return OK;
      }
      const entered = await enter();
      const ahead = await before(entered, command.word, args);
      const changed = entered.begin();
      const answer = await carriedOut(entered, command, payload);
      // What XMail refuses, it may have begun all the same.
      if (answer.status.ok || changed.size > 0) {
        const [path = null] = payload === null ? [] : changed;
        steps.push(...ahead, { ...step, code: answer.status.code, uploaded: path });
      }
      return answer;
    });
  }

  async function carriedOut({ root }: Stage, command: Command, payload: Buffer | null): Promise<Answer> {
    const answer = await answerTo(root, plainLine(command));
    if (answer.kind !== "upload") return answered(answer);
    try {
      await answer.store(payload === null ? null : uploadedText(payload));
      return OK;
    } catch (error) {
      const number = refusalOf(error);
      if (number === null) throw error;
      return answered({ kind: "refused", number });
    }
  }

  return {
    steps,
    get stage() {
      return stage;
    },
    enter,
    line: {
      ask: (command, options = {}) =>
        effectOf(command.word) === "write" ? change(command, null, options) : read(command, options),
      upload: (command, payload, options = {}) => change(command, payload, options),
      async foresee(commands) {
        const { foresee } = await enter();
        await foresee?.(commands.flatMap(newFolderOf).filter(isStoragePath));
      },
      async askAll(commands, take, options) {
        if (stage === null) return real.askAll(commands, take, options);
        const results = [];
        for (const [index, command] of commands.entries()) {
          results.push(take(await read(command, options), index));
        }
        return results;
      },
      async sendAll(commands, take, options = {}) {
        for (const [index, command] of commands.entries()) {
          take(await change(command, null, options), index);
        }
      },
      async *stream(command, options) {
        if (stage === null) return yield* real.stream(command, options);
        const { status, lines } = await read(command, options);
        expectSuccess(command, status);
        if (lines.length > 0) yield lines;
      },
      greet: (options) => real.greet(options),
      close: async () => undefined,
    },
  };
}

/** The folder that must not be there yet. */
function newFolderOf(command: Command): string[] {
  const [word, domain = "", name = ""] = splitRecord(plainLine(command));
  return word === "useradd" ? [`domains/${foldName(domain)}/${name}`] : [];
}

function isOrder(command: Command, [path = ""]: readonly string[]): boolean {
  return command.word === "cfgfileset" && ORDERS.has(path);
}

function answered(answer: SimulatedAnswer | Refused): Answer {
  switch (answer.kind) {
    case "refused":
      return { status: { ok: false, code: answer.number, text: "" }, lines: [] };
    case "records":
      return { status: LIST_FOLLOWS, lines: answer.lines };
    case "file":
      return { status: LIST_FOLLOWS, lines: bodiesOf(answer.text, { lineBuffer: LINE_BUFFER }) };
    case "endless":
      return fail("XMAIL_PROTOCOL", "XMail would never end its answer.");
    default:
      return OK;
  }
}
