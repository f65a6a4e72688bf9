import { type Html, html, type Words } from "../html.ts";

export interface Column<R> {
  readonly label: string;
  /** Classes of the look: `c-key` makes the row's header, `c-tick` holds a box to choose it by, `num`, `c-opt`, `c-bar`, `c-act`. */
  readonly looks?: string;
  /** Makes the heading a link; `order` says how the table is sorted by it now. */
  readonly sort?: { readonly href: string; readonly order: "ascending" | "descending" | null };
  cell(row: R): Words | null;
}

/** A list; on phones each row becomes a card, with the columns' labels inside. */
export function table<R>(caption: string, columns: readonly Column<R>[], rows: readonly R[]): Html {
  return html`<table class="table cards">
<caption class="vh">${caption}</caption>
<thead><tr>${columns.map(heading)}</tr></thead>
<tbody>
${rows.map((row) => html`<tr>${columns.map((column) => cellOf(column, row))}</tr>\n`)}</tbody>
</table>`;
}

function heading<R>({ label, looks, sort }: Column<R>): Html {
  // What is chosen is said by each box; an empty header would be read out.
  if (looks?.includes("c-tick")) return html`<td class="c-tick"></td>`;
  // A heading over buttons would read out before each of them.
  const words = looks?.includes("c-act") ? html`<span class="vh">${label}</span>` : label;
  const shownLooks = looks?.replace("c-key", "").trim();
  return html`<th scope="col"${shownLooks && html` class="${shownLooks}"`}${sort?.order && html` aria-sort="${sort.order}"`}>${
    sort ? html`<a href="${sort.href}">${words}</a>` : words
  }</th>`;
}

function cellOf<R>(column: Column<R>, row: R): Html {
  const { label, looks } = column;
  const content = column.cell(row);
  if (looks?.includes("c-key")) return html`<th class="${looks}" scope="row">${content}</th>`;
  const classes = looks && html` class="${looks}"`;
  const name = /c-(?:act|tick)/.test(looks ?? "") ? null : html` data-label="${label}"`;
  return html`<td${classes}${name}>${content}</td>`;
}
