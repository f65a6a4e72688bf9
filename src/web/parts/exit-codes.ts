import { type Html, html } from "../html.ts";
import type { Frame } from "../page.ts";

/** What XMail makes of the code with which a filter ends, folded away. */
export function exitCodes({ t }: Frame, kind: "smtp" | "message"): Html {
  const { title, smtp, message, both } = t.filters.exitCodes;
  const lines = [...(kind === "smtp" ? smtp : message), ...both];
  return html`<details><summary>${title}</summary><ul class="losses">${lines.map((line) => html`<li>${line}</li>`)}</ul></details>`;
}
