import { type Html, html } from "../html.ts";
import type { Frame } from "../page.ts";
import { clock, day, daysBefore } from "../text/format.ts";
import { fillText } from "./shown.ts";

/** A time on this machine's clock: today and yesterday by name, the rest by date. */
export function moment({ t, now }: Frame, iso: string): Html {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return html`${t.moment.unknown}`;
  const days = daysBefore(date, now);
  const time = clock(date);
  const words =
    days === 0
      ? fillText(t.moment.today, { time })
      : days === 1
        ? fillText(t.moment.yesterday, { time })
        : day(date);
  return html`<time datetime="${iso}">${words}</time>`;
}
