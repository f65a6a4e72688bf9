import type { ToldChanges } from "../../operations/change/told.ts";
import { type Html, html } from "../html.ts";
import type { Frame, Screen } from "../page.ts";
import { changesView } from "./changes.ts";
import { field } from "./field.ts";
import { token } from "./form.ts";
import { pageHead } from "./page-head.ts";

interface Review {
  readonly changes: ToldChanges;
  /** Address that takes the form. */
  readonly path: string;
  readonly fields: readonly (readonly [name: string, value: string])[];
  /** Where to go back to; `null`: to the form, which is at the same address. */
  readonly back: string | null;
}

/** What a form will change, before it does. */
export function reviewScreen(frame: Frame, { changes, path, fields, back }: Review): Screen {
  const { t } = frame;
  const { commands, files, final } = changes;
  const changesSomething = commands.length + files.length + final.length > 0;
  return {
    title: t.changes.review,
    body: html`${pageHead(frame, { title: t.changes.review, ...(changesSomething ? { lead: t.changes.reviewLead } : {}) })}
<section class="flow" aria-label="${t.changes.review}">${changesView(frame, changes)}</section>
<form class="flow" method="post" action="${frame.link(path)}">
${changesSomething && whyField(frame)}
${fields.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
<div class="form-end">${token(frame)}${changesSomething && html`<button class="btn primary" name="step" value="save">${t.changes.save}</button>`}${
      back === null
        ? html`<button class="btn" name="step" value="edit" formnovalidate>${t.changes.backToForm}</button>`
        : html`<a class="btn" href="${frame.link(back)}">${t.frame.cancel}</a>`
    }</div>
</form>`,
  };
}

/** Kept in the history. */
export function whyField(frame: Frame, { stack = false }: { stack?: boolean } = {}): Html {
  const { t } = frame;
  return field(frame, "why", t.changes.why, { stack, help: t.changes.whyHelp, more: { maxlength: 200 } });
}
