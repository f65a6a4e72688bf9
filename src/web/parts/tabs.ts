import { type Html, html } from "../html.ts";
import { count } from "../text/format.ts";

/** Views of one object, as links. */
export function tabs(
  label: string,
  views: readonly {
    readonly href: string;
    readonly words: string;
    readonly current: boolean;
    readonly count?: number;
  }[],
): Html {
  return html`<nav class="tabs" aria-label="${label}">${views.map(
    (view) =>
      html`<a href="${view.href}"${view.current && html` aria-current="page"`}>${view.words}${
        view.count !== undefined && html` <span class="count">${count(view.count)}</span>`
      }</a>`,
  )}</nav>`;
}
