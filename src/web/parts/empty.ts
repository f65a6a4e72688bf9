import { type Html, html, type Words } from "../html.ts";

/** Nothing here: what it is, and the first thing to do. */
export function empty(title: Words, words: Words | null, actions: readonly (Html | false)[] = []): Html {
  const shownActions = actions.filter((action) => action !== false);
  return html`<div class="empty"><h2>${title}</h2>${words && html`<p>${words}</p>`}${
    shownActions.length > 0 && html`<div class="row">${shownActions}</div>`
  }</div>`;
}
