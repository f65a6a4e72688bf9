import { type Html, html } from "../html.ts";
import type { Frame } from "../page.ts";

/** One thing to do, with the page that does it, where the person may use that. */
export interface GuideStep {
  readonly title: string;
  readonly text: string;
  readonly link?: { readonly path: string; readonly words: string; readonly needs: string };
}

/** Things to do in this order. */
export function guide(frame: Frame, id: string, title: string, steps: readonly GuideStep[]): Html {
  return html`<section class="flow" aria-labelledby="${id}"><h2 id="${id}">${title}</h2>
<ol class="steps">${steps.map(
    (step) =>
      html`<li><strong>${step.title}</strong><p>${step.text}</p>${
        step.link &&
        frame.may.use(step.link.needs) &&
        html`<p><a href="${frame.link(step.link.path)}">${step.link.words}</a></p>`
      }</li>`,
  )}</ol></section>`;
}
