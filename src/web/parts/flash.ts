import { ERROR_CODES, type ErrorCode } from "../../errors/codes.ts";
import type { FieldProblem } from "../../errors/error.ts";
import type { Flash } from "../../http/types.ts";
import { type Html, html, type Words } from "../html.ts";
import type { Frame } from "../page.ts";
import type { Text } from "../text/en.ts";
import { adviceFor } from "./advice.ts";
import { problemWords } from "./problem-words.ts";
import { fill } from "./shown.ts";

export type Tone = "ok" | "warn" | "bad" | "info";

/** Result or warning: dot, text, one link. */
export function notice(tone: Tone, words: Words, link?: { href: string; words: string }): Html {
  return html`<div class="flash is-${tone}"${tone === "bad" && html` role="alert"`}><span class="dot is-${tone}" aria-hidden="true"></span><div>${words}</div>${
    link && html`<a href="${link.href}">${link.words}</a>`
  }</div>`;
}

/** What the last form left to say. */
export function flashOf({ t, flash, link, may }: Frame): Html | null {
  if (!flash) return null;
  const { change } = flash;
  const undo = change !== undefined && may.use("change.get");
  const words = flashWords(t, flash);
  return (
    words &&
    html`<div class="flash is-${flash.tone}" role="${flash.tone === "bad" ? "alert" : "status"}"><span class="dot is-${flash.tone}" aria-hidden="true"></span><p>${words}</p>${undo && html`<a href="${link(`/changes/${change}`)}">${t.frame.undo}</a>`}</div>`
  );
}

/** `null` for a key that another version of the panel wrote. */
function flashWords(t: Text, { text, values = {} }: Flash): Html | null {
  if (Object.hasOwn(t.flash, text)) return fill(t.flash[text as keyof Text["flash"]], values);
  if (!Object.hasOwn(t.errors, text)) return null;
  const { title, advice } = t.errors[text as keyof Text["errors"]];
  return html`<strong>${title}.</strong> ${advice}`;
}

/** The input or the state of things was refused; past that, what was done before the failure is not certain. */
function isUntouched(code: ErrorCode): boolean {
  const { status } = ERROR_CODES[code];
  return status >= 400 && status < 499;
}

/** What a refused form has to say, above it: each field at fault is a link to it. */
export function refusalSummary(
  frame: Frame,
  labels: Readonly<Record<string, string>>,
  { changes = true }: { changes?: boolean } = {},
): Html | null {
  const { t, refusal } = frame;
  if (!refusal || refusal.silent) return null;
  const { title } = t.errors[refusal.code];
  // A field that this form does not show is still said aloud.
  const problems = refusal.problems.map((problem) => ({ problem, label: labels[problem.field] }));
  const body =
    problems.length === 0
      ? html`<p><strong>${title}.</strong> ${adviceFor(t, refusal)}</p>`
      : html`<p><strong>${changes && isUntouched(refusal.code) && `${t.failure.nothingChanged} `}${t.failure.fields(problems.length)}</strong></p><ul>${problems.map(
          ({ problem, label }) =>
            html`<li>${
              label === undefined
                ? problemWords(t, problem)
                : html`<a href="#${fieldId(problem.field)}">${label}: ${problemWords(t, problem)}</a>`
            }</li>`,
        )}</ul>`;
  return html`<div class="flash is-bad" role="alert" tabindex="-1" id="refusal"><span class="dot is-bad" aria-hidden="true"></span><div>${body}</div></div>`;
}

export function fieldId(name: string): string {
  return `f-${name}`;
}

export function problemAt(frame: Frame, name: string): FieldProblem | undefined {
  return frame.refusal?.problems.find(({ field }) => field === name);
}
