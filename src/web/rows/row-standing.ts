import type { Standing } from "../../operations/rows/row-table.ts";
import { type Html, html } from "../html.ts";
import type { Frame } from "../page.ts";
import { fill, fillText } from "../parts/shown.ts";
import { count } from "../text/format.ts";

/** Under an entry: the one because of which it never decides, and those that decide before it about a part. */
export function standingNote({ t }: Frame, standing: Standing | null | undefined): Html | null {
  if (!standing) return null;
  const { shadowedBy, exceptions, exceptionCount } = standing;
  if (shadowedBy) {
    const { name, line } = shadowedBy;
    return html`<p class="small"><span class="dot is-warn" aria-hidden="true"></span> ${fill(t.access.shadowed, { name, line: String(line) })}</p>`;
  }
  if (exceptionCount === 0) return null;
  const names = exceptions.map(({ name }) => name).join(t.listComma);
  const left = exceptionCount - exceptions.length;
  return html`<p class="small mute">${fill(t.access.exceptionsOf, { names })}${
    left > 0 && html` ${fillText(t.access.andMore, { count: count(left) })}`
  }</p>`;
}
