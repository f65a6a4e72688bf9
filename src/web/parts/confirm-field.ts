import { type Html, html } from "../html.ts";
import type { Frame } from "../page.ts";
import { field } from "./field.ts";
import { fill, shown } from "./shown.ts";

/** Stands in a form only when the server asked for it: most changes need none. */
export function confirmField(frame: Frame): Html | null {
  const { t, refusal } = frame;
  const asked = refusal?.problems.find((problem) => problem.field === "confirm");
  if (!asked) return null;
  const name = html`<span class="mono">${shown(String(asked.limit ?? ""))}</span>`;
  return field(frame, "confirm", fill(t.confirm.type, { name }), {
    required: true,
    help: t.confirm.typeHelp,
    more: { spellcheck: "false", autocapitalize: "none" },
  });
}
