import { isAppError } from "../errors/error.ts";
import type { AnyOperation } from "../kernel/operation.ts";
import { type DryRun, NO_CHANGES, rehearseAll } from "../kernel/rehearse.ts";
import { toldDryRun } from "../operations/dry-run.ts";
import type { Asked } from "./asked.ts";
import type { AnyPage, Ask, Foreseen } from "./page.ts";
import { withReason } from "./reason.ts";

/** Runs what the page does with this form, on a copy; rejects as it would. `note` hears of each operation. */
export async function rehearseForm(
  { submit }: AnyPage,
  ask: Asked,
  form: URLSearchParams,
  note: (operation: AnyOperation, input: unknown) => void = () => undefined,
): Promise<DryRun<unknown> | null> {
  return rehearseAll(withReason(ask.options.call(ask.visit), ask.visit), async (runOne) => {
    const run = ((operation: AnyOperation, input: unknown) => {
      note(operation, input);
      return runOne(operation, input);
    }) as Ask["run"];
    return submit?.({ ...ask, visit: { ...ask.visit, form }, run });
  });
}

/** What the answer to a question would change. Some operations name themselves what must be typed first. */
export async function foreseen(asked: AnyPage, ask: Asked, typed: string | undefined): Promise<Foreseen> {
  const attempt = async (confirm: string | undefined): Promise<Foreseen> => {
    const form = new URLSearchParams(confirm === undefined ? {} : { confirm });
    const rehearsed = await rehearseForm(asked, ask, form);
    const { changes } = toldDryRun(rehearsed ?? { result: null, changes: NO_CHANGES });
    return { changes, typed: confirm ?? null };
  };
  try {
    return await attempt(typed);
  } catch (error) {
    if (!isAppError(error)) return refusalOf("INTERNAL");
    const wanted = error.fields.find(({ field }) => field === "confirm")?.limit;
    if (wanted === undefined || typed !== undefined) return refusalOf(error.code, error.fields);
    return attempt(String(wanted)).catch((again: unknown) =>
      isAppError(again) ? refusalOf(again.code, again.fields) : refusalOf("INTERNAL"),
    );
  }
}

function refusalOf(
  code: Extract<Foreseen, { refusal: unknown }>["refusal"]["code"],
  problems: Extract<Foreseen, { refusal: unknown }>["refusal"]["problems"] = [],
): Foreseen {
  return { refusal: { code, problems } };
}
