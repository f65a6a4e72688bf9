import { type Html, html, type Words } from "../html.ts";

/** Facts, as pairs of name and value. */
export function facts(pairs: readonly (readonly [name: Words, value: Words] | false)[], lines = false): Html {
  return html`<dl class="kv${lines ? " lines" : ""}">${pairs.map(
    (pair) => pair && html`<dt>${pair[0]}</dt><dd>${pair[1]}</dd>`,
  )}</dl>`;
}
