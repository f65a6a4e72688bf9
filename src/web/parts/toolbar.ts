import { type Html, html, type Words } from "../html.ts";
import type { Frame } from "../page.ts";
import { type Attributes, attributes } from "./attributes.ts";
import { fieldId, problemAt } from "./flash.ts";

/** Search and filters above a list: a form that only asks. */
export function toolbar(frame: Frame, path: string, label: string, parts: readonly Html[]): Html {
  return html`<form class="toolbar" method="get" action="${frame.link(path)}" role="search" aria-label="${label}">${parts}<button class="btn">${frame.t.list.search}</button></form>`;
}

/** A text to search for; what cannot be searched for is said here. */
export function searchBox(
  frame: Frame,
  name: string,
  label: Words,
  value: string,
  { grow = true, more = {} }: { grow?: boolean; more?: Attributes } = {},
): Html {
  const id = fieldId(name);
  const problem = problemAt(frame, name);
  const all = {
    id,
    name,
    type: "search",
    value: value === "" ? null : value,
    autocomplete: "off",
    "aria-invalid": problem ? "true" : null,
    "aria-describedby": problem ? "refusal" : null,
    ...more,
  };
  return html`<div${grow && html` class="grow"`}><label for="${id}">${label}</label><input${attributes(all)}></div>`;
}

export function filterBox(
  name: string,
  label: Words,
  value: string,
  options: readonly { readonly value: string; readonly words: string }[],
): Html {
  const id = fieldId(name);
  return html`<div><label for="${id}">${label}</label><select id="${id}" name="${name}">${options.map(
    (option) =>
      html`<option value="${option.value}"${option.value === value && html` selected`}>${option.words}</option>`,
  )}</select></div>`;
}
