import { type Html, html, type Words } from "../html.ts";
import type { Foreseen, Frame } from "../page.ts";
import { changesView } from "./changes.ts";
import { field } from "./field.ts";
import { notice, refusalSummary } from "./flash.ts";
import { seenField, token } from "./form.ts";
import { breadcrumb, type Crumb } from "./page-head.ts";
import { problemWords } from "./problem-words.ts";
import { whyField } from "./review-screen.ts";
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
${frame.foresee ? frame.foresee(typed).then((will) => foreseenEnd(frame, question, will)) : ending(frame, question, typed ?? null)}
</form>`;
}

/** What will change stands on the page itself; what would be refused has no button. */
function foreseenEnd(frame: Frame, question: Question, will: Foreseen): Html {
  const { t } = frame;
  if ("refusal" in will) {
    const { title, advice } = t.errors[will.refusal.code];
    const problems = will.refusal.problems.map((problem) => problemWords(t, problem));
    return html`<div>${notice("bad", html`<p><strong>${title}.</strong> ${problems.length > 0 ? problems.join(" ") : advice}</p>`)}</div>
<div class="form-end">${wayOut(question)}</div>`;
  }
  const { commands, files, final } = will.changes;
  const nothing = commands.length + files.length + final.length === 0;
  return html`<div class="flow"><h2>${t.changes.review}</h2>${changesView(frame, will.changes)}</div>
${nothing ? html`<div class="form-end">${wayOut(question)}</div>` : ending(frame, question, will.typed)}`;
}

function ending(frame: Frame, question: Question, typed: string | null): Html {
  const { t, reviews } = frame;
  return html`${
    typed !== null &&
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
  }${reviews && html`<div>${whyField(frame, { stack: true })}</div>`}
<div class="form-end">${token(frame)}${seenField(frame)}<button class="btn ${question.destroys ? "destroy" : "primary"}">${question.button}</button>${wayOut(question)}</div>`;
}

function wayOut({ wayOut: { href, words } }: Question): Html {
  return html`<a class="btn" href="${href}">${words}</a>`;
}
