import { isAnswerStep } from "../../settings/answer-step.ts";
import { editEntries } from "../../settings/edit-entries.ts";
import { type Entry, entriesOf, tableIn } from "../../settings/entries.ts";
import { FILES } from "../../tab/files.ts";

/** `mailproc.tab` as it is when nothing but the mailbox and the answer was ever asked for. */
const ONLY_MAILBOX = /^"mailbox"\r?\n?$/;

/** Whether XMail starts the program; a step that is switched off does not. */
export function isAnswering(bytes: Uint8Array | null): boolean {
  return stepsIn(bytes).some(({ cells }) => isAnswerStep(cells));
}

/**
 * `mailproc.tab` with the step that answers as its last one, so that it can hold up nothing and answers only what was
 * delivered; `step: null` takes it away. Every other line keeps its bytes. `domainHasSteps`: what the domain's own list
 * stores or sends on is not done a second time.
 */
export function answering(
  bytes: Uint8Array | null,
  step: readonly string[] | null,
  domainHasSteps: boolean,
): Uint8Array | null {
  const [first, ...further] = stepsIn(bytes).filter(({ cells }) => isAnswerStep(cells));
  const gone = step === null && first ? [first, ...further] : further;
  let now = without(bytes, gone);
  if (step === null)
    return restOf(now, tableIn(bytes, FILES.mailproc).lines.length - gone.length, domainHasSteps);
  if (first) return edited(now, { do: "replace", id: first.id, cells: step });
  if (stepsIn(bytes).length === 0 && !domainHasSteps) now = edited(now, { do: "add", cells: ["mailbox"] });
  return edited(now, { do: "add", cells: step });
}

/** No file, where XMail does the same without one. */
function restOf(now: Uint8Array | null, lines: number, domainHasSteps: boolean): Uint8Array | null {
  if (now === null || lines === 0) return null;
  return !domainHasSteps && ONLY_MAILBOX.test(Buffer.from(now).toString("latin1")) ? null : now;
}

function without(bytes: Uint8Array | null, steps: readonly Entry[]): Uint8Array | null {
  // Equal lines are told apart by their number among them: the last goes first.
  return steps.reduceRight<Uint8Array | null>((now, { id }) => edited(now, { do: "remove", id }), bytes);
}

function edited(bytes: Uint8Array | null, edit: Parameters<typeof editEntries>[3]): Uint8Array {
  return editEntries(bytes, FILES.mailproc, null, edit).bytes;
}

function stepsIn(bytes: Uint8Array | null): readonly Entry[] {
  return entriesOf(tableIn(bytes, FILES.mailproc), null);
}
