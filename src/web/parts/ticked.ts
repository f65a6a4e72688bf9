import { type Html, html } from "../html.ts";
import type { Frame } from "../page.ts";
import type { Column } from "./table.ts";

/** The boxes by which the rows of a list are chosen; `words` tells them apart for who cannot see them. */
export function tickColumn<R>(
  { t }: Frame,
  name: string,
  row: (row: R) => { readonly value: string; readonly words: string },
): Column<R> {
  return {
    label: "",
    looks: "c-tick",
    cell(one) {
      const { value, words } = row(one);
      return html`<input class="tick" type="checkbox" name="${name}" value="${value}" aria-label="${t.list.tick(words)}">`;
    },
  };
}

/** A list with boxes, and what can be done to those ticked. It only asks: the page that it leads to says what would happen. */
export function tickedForm(
  { t }: Frame,
  action: string,
  hidden: Readonly<Record<string, string>>,
  list: Html,
  buttons: readonly { readonly value: string; readonly words: string }[],
): Html {
  return html`<form class="flow" method="get" action="${action}">${Object.entries(hidden).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  )}${list}
<div class="bulk" role="group" aria-label="${t.list.ticked}"><span>${t.list.ticked}</span> ${buttons.map(
    ({ value, words }) => html`<button class="btn" name="action" value="${value}">${words}</button>`,
  )}</div></form>`;
}
