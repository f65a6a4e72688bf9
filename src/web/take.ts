import type { ErrorCode } from "../errors/codes.ts";
import { type AppError, fail, isAppError } from "../errors/error.ts";
import { canReview, pageAnswer, redirect, screenOf, seenText } from "./answer.ts";
import type { Asked } from "./asked.ts";
import type { AnyPage, Done, Refusal } from "./page.ts";
import { LANGUAGES } from "./text/language.ts";

/** Failures that a form cannot mend: they get a page of their own. */
const NOT_THE_FORM: readonly ErrorCode[] = [
  "UNAUTHENTICATED",
  "FORBIDDEN",
  "CROSS_ORIGIN",
  "PROVE_AGAIN",
  "REASON_NEEDED",
  "INTERNAL",
  "ABORTED",
];

/** POST, redirect, GET; a refused form comes back with what was typed. `step=review` shows first what will change. */
export async function take(asked: AnyPage, ask: Asked): Promise<Response> {
  const { visit } = ask;
  try {
    if (asked.answer) {
      const data = await asked.answer(ask);
      return await pageAnswer(visit, ask.options, screenOf(asked, ask, data), null, 200);
    }
    const step = visit.form.get("step");
    if (step === "edit") return await editAgain(asked, ask);
    const conflict = await conflictIn(asked, ask);
    if (conflict) return conflict;
    if (step === "review" && canReview(ask)) {
      const { review } = await import("./review.ts");
      return await pageAnswer(visit, ask.options, await review(asked, ask), null, 200);
    }
    return redirect(visit, withChange(await save(asked, ask), ask));
  } catch (thrown) {
    if (!isAppError(thrown) || NOT_THE_FORM.includes(thrown.code)) throw thrown;
    return comesBack(asked, ask, thrown);
  }
}

async function save({ submit }: AnyPage, ask: Asked): Promise<Done> {
  const { visit } = ask;
  if (!visit.form.has("step")) return (await submit?.(ask)) ?? fail("METHOD_NOT_ALLOWED");
  const { formIn } = await import("./review.ts");
  return (await submit?.({ ...ask, visit: { ...visit, form: formIn(visit) } })) ?? fail("METHOD_NOT_ALLOWED");
}

/** Where the message says that something was done, it leads to the change and its undo. */
function withChange(done: Done, { made }: Asked): Done {
  const change = made.at(-1);
  return done.flash && change !== undefined ? { ...done, flash: { ...done.flash, change } } : done;
}

async function comesBack(asked: AnyPage, ask: Asked, thrown: AppError): Promise<Response> {
  const { visit } = ask;
  const { back, view, load } = asked;
  if (thrown.conflict) {
    const { undoConflictScreen } = await import("./parts/undo-conflict.ts");
    const screen = undoConflictScreen(thrown.conflict, back?.(ask.params) ?? "/");
    return pageAnswer(visit, ask.options, screen, null, thrown.status);
  }
  if (!view) {
    if (!back) throw thrown;
    return redirect(visit, { to: back(ask.params), flash: { tone: "bad", text: thrown.code } });
  }
  // When the page cannot be loaded either, what stopped the form says more.
  const data = await load?.(ask).catch(() => {
    throw thrown;
  });
  const status = thrown.status >= 500 || thrown.status === 429 ? thrown.status : 422;
  const refusal = refusalOf(thrown, asked, visit.form);
  const response = await pageAnswer(visit, ask.options, screenOf(asked, ask, data), refusal, status);
  const { retryAfterSeconds } = thrown;
  if (retryAfterSeconds !== undefined) response.headers.set("retry-after", String(retryAfterSeconds));
  return response;
}

async function editAgain(asked: AnyPage, ask: Asked): Promise<Response> {
  const { visit, options } = ask;
  const data = await asked.load?.(ask);
  const refusal = { code: "INVALID_INPUT", problems: [], values: typedIn(visit.form), silent: true } as const;
  return pageAnswer(visit, options, screenOf(asked, ask, data), refusal, 200);
}

/** Somebody else was quicker than this form: an answer that shows both. */
async function conflictIn(asked: AnyPage, ask: Asked): Promise<Response | null> {
  const { editable, load } = asked;
  const seen = ask.visit.form.get("seen");
  if (!editable || !load || seen === null) return null;
  const data = await load(ask).catch((error: unknown) => {
    // It is not what it was, or not there at all.
    if (isAppError(error) && (error.status === 404 || error.status === 409)) return GONE;
    throw error;
  });
  // Labels speak the person's language, values never do.
  const isSame = data !== GONE && seenText(editable(data, LANGUAGES.en)) === seen;
  if (isSame) return null;
  const { conflictScreen } = await import("./conflict.ts");
  const screen = conflictScreen(asked, ask, seen, data === GONE ? null : { data });
  return pageAnswer(ask.visit, ask.options, screen, null, 409);
}

const GONE = Symbol("gone");

export function refusalOf(error: AppError, { blame = {} }: AnyPage, typed: URLSearchParams): Refusal {
  const field = blame[error.code];
  const problems =
    error.fields.length > 0 || field === undefined
      ? error.fields
      : [{ field, rule: error.code, message: error.message }];
  const { code, retryAfterSeconds } = error;
  return {
    code,
    problems,
    values: typedIn(typed),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  };
}

function typedIn(form: URLSearchParams): URLSearchParams {
  return new URLSearchParams([...form].filter(([name]) => !/password|^csrf$|^step$|^concealed/i.test(name)));
}
