import { type Html, html } from "../html.ts";
import type { Frame } from "../page.ts";

/** To the changes of a domain or address; nothing for who may not see them. */
export function historyLink(frame: Frame, object: string): Html | false {
  const { t, may, link } = frame;
  return (
    may.use("change.list") &&
    html`<a class="btn" href="${link("/changes", { object })}">${t.changes.history}</a>`
  );
}

/** To the changes of one kind of row. */
export function historyOf(frame: Frame, noun: string): Html | false {
  const { t, may, link } = frame;
  return (
    may.reach("change.list") &&
    html`<a class="btn" href="${link("/changes", { operation: `${noun}.*` })}">${t.changes.history}</a>`
  );
}
