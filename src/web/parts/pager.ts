import type { Page } from "../../operations/paging.ts";
import { type Html, html } from "../html.ts";
import type { Frame } from "../page.ts";

type Position = Pick<Page<unknown>, "items" | "total" | "first" | "next" | "previous">;

/** "1 to 50 of 41,077" and the ways on; `href` gives the address for a cursor, `null` for the first page. */
export function pager(frame: Frame, page: Position, href: (cursor: string | null) => string): Html {
  const { t } = frame;
  const last = page.first + page.items.length - 1;
  const ways = html`${page.previous !== null && html`<li><a href="${href(null)}">${t.list.first}</a></li><li><a href="${href(page.previous)}" rel="prev">${t.list.previous}</a></li>`}${
    page.next !== null && html`<li><a href="${href(page.next)}" rel="next">${t.list.next}</a></li>`
  }`;
  return html`<nav class="pager tight" aria-label="${t.list.pages}"><p>${t.list.range(page.first, last, page.total)}</p>${
    (page.previous ?? page.next) !== null && html`<ul>${ways}</ul>`
  }</nav>`;
}
