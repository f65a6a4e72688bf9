import { type Html, html } from "../html.ts";
import { count } from "../text/format.ts";

export interface Stat {
  readonly label: string;
  readonly value: number;
  /** The list it counts; without it the number is plain. */
  readonly href: string | null;
}

/** 2 to 6 key numbers in one frame, each a link to the list it counts. */
export function stats(label: string, numbers: readonly Stat[]): Html {
  return html`<ul class="stats" aria-label="${label}">${numbers.map(
    (stat) =>
      html`<li class="stat"><span class="stat-label">${stat.label}</span>${
        stat.href === null
          ? html`<span class="stat-num">${count(stat.value)}</span>`
          : html`<a class="stat-num" href="${stat.href}">${count(stat.value)}</a>`
      }</li>`,
  )}</ul>`;
}
