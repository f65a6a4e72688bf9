import { type Html, html, type Words } from "../html.ts";
import type { Frame } from "../page.ts";
import { field } from "./field.ts";
import { refusalSummary } from "./flash.ts";
import { token } from "./form.ts";
import { breadcrumb, type Crumb } from "./page-head.ts";
import { fill, shown } from "./shown.ts";

export interface Question {
  readonly path: string;
  readonly crumbs: readonly Crumb[];
  readonly title: Words;
  readonly words: Words;
  /** What is lost or what happens, one line each. */
  readonly effects?: { readonly title: string; readonly lines: readonly Words[] };
  /** Text to type before the button works. */
  readonly typed?: string;
  readonly button: string;
  /** Whether it destroys something; otherwise the button is the ordinary next step. */
  readonly destroys: boolean;
  readonly wayOut: { readonly href: string; readonly words: string };
}

/** A page of its own for one question. */
export function confirmation(frame: Frame, question: Question): Html {
  const { t } = frame;
  const { typed, effects } = question;
  return html`<form class="confirm" method="post" action="${frame.link(question.path)}" aria-labelledby="question"${
    typed !== undefined && html` data-typed="${typed}"`
  }>
<div class="flow">${breadcrumb(frame, question.crumbs)}<h1 id="question">${question.title}</h1><p>${question.words}</p></div>
${frame.refusal && html`<div>${refusalSummary(frame, { confirm: t.confirm.short })}</div>`}
${effects && html`<div class="flow"><h2>${effects.title}</h2><ul class="losses">${effects.lines.map((line) => html`<li>${line}</li>`)}</ul></div>`}
${
  typed !== undefined &&
  html`<div>${field(
    frame,
    "confirm",
    fill(t.confirm.type, { name: html`<span class="mono">${shown(typed)}</span>` }),
    {
      stack: true,
      required: true,
      help: t.confirm.typeHelp,
      more: { spellcheck: "false", autocapitalize: "none" },
    },
  )}</div>`
}
<div class="form-end">${token(frame)}<button class="btn ${question.destroys ? "destroy" : "primary"}">${question.button}</button><a class="btn" href="${question.wayOut.href}">${question.wayOut.words}</a></div>
</form>`;
}
