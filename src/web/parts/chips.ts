import { type Html, html } from "../html.ts";
import type { Frame } from "../page.ts";
import { shown } from "./shown.ts";

/** The filters that are on; a click takes one off. Nothing when there is none. */
export function activeFilters(
  { t }: Frame,
  filters: readonly { readonly label: string; readonly value: string; readonly without: string }[],
): Html | null {
  const on = filters.filter(({ value }) => value !== "");
  if (on.length === 0) return null;
  return html`<div class="chips tight" role="group" aria-label="${t.list.filters}">${on.map(
    ({ label, value, without }) =>
      html`<a class="chip on" href="${without}">${label} <b>${shown(value)}</b><span aria-hidden="true">×</span><span class="vh">${t.list.remove}</span></a>`,
  )}</div>`;
}
