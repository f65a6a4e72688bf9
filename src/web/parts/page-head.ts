import { type Html, html, type Words } from "../html.ts";
import type { Frame } from "../page.ts";

export interface Crumb {
  readonly href: string;
  readonly words: Words;
}

interface Head {
  readonly title: Words;
  readonly crumbs?: readonly Crumb[];
  readonly lead?: Words;
  /** Links and buttons at the end of the line; what the person may not do is left out. */
  readonly actions?: readonly (Html | false)[];
}

/** Title of a page, the path above it, and its actions. */
export function pageHead(frame: Frame, { title, crumbs = [], lead, actions = [] }: Head): Html {
  const shownActions = actions.filter((action) => action !== false);
  return html`<div class="page-head">
<div>${breadcrumb(frame, crumbs)}<h1>${title}</h1>${lead === undefined ? null : html`<p>${lead}</p>`}</div>
${shownActions.length > 0 && html`<div class="row">${shownActions}</div>`}
</div>`;
}

export function breadcrumb(frame: Frame, crumbs: readonly Crumb[]): Html | null {
  if (crumbs.length === 0) return null;
  return html`<nav class="crumbs" aria-label="${frame.t.frame.breadcrumb}">${crumbs.map(
    ({ href, words }) => html`<a href="${href}">${words}</a> / `,
  )}</nav>`;
}
