import { type Html, html } from "../html.ts";

export interface Danger {
  readonly title: string;
  readonly words: string;
  readonly action: Html;
}

/** Last part of a detail page; nothing when the person may do none of it. */
export function dangerZone(title: string, dangers: readonly (Danger | false)[]): Html | null {
  const shownDangers = dangers.filter((danger) => danger !== false);
  if (shownDangers.length === 0) return null;
  return html`<section class="danger-zone" aria-labelledby="danger"><h2 id="danger">${title}</h2>${shownDangers.map(
    ({ title: name, words, action }) => html`<div><div><h3>${name}</h3><p>${words}</p></div>${action}</div>`,
  )}</section>`;
}
