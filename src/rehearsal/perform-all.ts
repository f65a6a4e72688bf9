import { fail } from "../errors/error.ts";
import { checkAnswer, perform } from "./perform.ts";
import type { CommandStep, Step } from "./steps.ts";
import type { Way } from "./way.ts";

/**
 * Work of XMail's that may be on its way at once, ms: who comes after a killed process looks for longer than that before
 * it believes that nothing is at work any more.
 */
const ON_ITS_WAY_MS = 300;
const FIRST_WINDOW = 16;
const LARGEST_WINDOW = 256;

export interface PerformOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called with how many steps are done. */
  readonly done?: (steps: number) => void;
}

/**
 * Does the steps in their order. Commands go in windows, so that not each of thousands waits for the answer to the one
 * before; the first goes alone, so that a refusal of it leaves nothing to take back. When one is refused no further window
 * is sent, and all that was sent has been answered.
 */
export async function performAll(
  way: Way,
  steps: readonly Step[],
  { signal, done }: PerformOptions = {},
): Promise<void> {
  let most = FIRST_WINDOW;
  for (let at = 0; at < steps.length; ) {
    if (signal?.aborted) fail("ABORTED", undefined, { cause: signal.reason });
    const window = at === 0 ? steps.slice(0, 1) : windowAt(steps, at, most);
    const begun = performance.now();
    await performWindow(way, window);
    const each = (performance.now() - begun) / window.length;
    at += window.length;
    done?.(at);
    if (at > 1) most = Math.max(1, Math.min(LARGEST_WINDOW, Math.floor(ON_ITS_WAY_MS / each), 4 * most));
  }
}

/** What may be sent together, or the one step that goes alone. */
function windowAt(steps: readonly Step[], from: number, most: number): readonly Step[] {
  let to = from;
  while (to < from + most && isPlain(steps[to])) to += 1;
  return steps.slice(from, Math.max(to, from + 1));
}

function isPlain(step: Step | undefined): step is CommandStep {
  return step?.kind === "command" && step.payload === null && step.timeoutMs === null;
}

async function performWindow(way: Way, window: readonly Step[]): Promise<void> {
  const commands = window.filter(isPlain);
  const [only] = window;
  if (window.length === 1 || commands.length < window.length) return only && perform(way, only);
  const refused: unknown[] = [];
  await way.line.sendAll(
    commands.map(({ command }) => command),
    ({ status }, index) => {
      try {
        const step = commands[index];
        if (step) checkAnswer(step, status);
      } catch (error) {
        refused.push(error);
      }
    },
  );
  if (refused.length > 0) throw refused[0];
}
