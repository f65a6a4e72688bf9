import { type Html, html } from "../html.ts";

const NEARLY = 80;

/** Fill in a row; always beside its number, so it is hidden from screen readers. */
export function bar(percent: number): Html {
  const tone = percent >= 100 ? " is-bad" : percent >= NEARLY ? " is-warn" : "";
  return html`<svg class="bar${tone}" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true"><rect width="${percent}" height="6"/></svg>`;
}
