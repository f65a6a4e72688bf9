import type { IncidentReport } from "../../operations/incident/look.ts";
import { type Html, html } from "../html.ts";
import type { Frame } from "../page.ts";
import { bytes, clock, count, day } from "../text/format.ts";
import { moment } from "./moment.ts";
import { fill, shown } from "./shown.ts";
import { table } from "./table.ts";

type Event = IncidentReport["events"][number];
export type RescueStep = IncidentReport["steps"][number]["step"];

function eventWords({ t }: Frame, event: Event): Html {
  const { rescue } = t;
  return html`${fill(rescue.eventWords[event.what], { count: count(event.messages) })}${
    event.gone > 0 && html` (${fill(rescue.gone, { count: count(event.gone) })})`
  }${!event.finished && html` – ${rescue.unfinished}`}`;
}

/** What was done, the newest first: what somebody has just done is looked for first. */
export function eventsTable(
  frame: Frame,
  events: readonly Event[],
  { exact = false }: { exact?: boolean } = {},
): Html {
  const { rescue } = frame.t;
  if (events.length === 0) return html`<p>${rescue.noEvents}</p>`;
  return table(
    rescue.events,
    [
      {
        label: rescue.time,
        looks: "nowrap",
        cell: ({ at }) => (exact ? exactTime(at) : moment(frame, at)),
      },
      { label: rescue.what, looks: "c-key c-wide", cell: (event) => linked(frame, event, exact) },
      { label: frame.t.queue.size, looks: "num", cell: ({ bytes: size }) => (size > 0 ? bytes(size) : "–") },
      { label: rescue.who, cell: ({ by }) => shown(by) },
      ...(exact
        ? [
            {
              label: rescue.filter,
              looks: "c-wide",
              cell: ({ filter }: Event) =>
                filter === "" ? "–" : html`<span class="mono">${shown(filter)}</span>`,
            },
          ]
        : []),
    ],
    exact ? events : [...events].reverse(),
  );
}

function linked(frame: Frame, event: Event, exact: boolean): Html {
  const words = eventWords(frame, event);
  if (exact) return words;
  const { change, job } = event;
  const href = change === "" ? `/queue/jobs/${job}` : `/changes/${change}`;
  return html`<a href="${frame.link(href)}">${words}</a>`;
}

/** For papers that are read on another day. */
export function exactTime(iso: string): Html {
  const date = new Date(iso);
  return html`<time datetime="${iso}">${day(date)} ${clock(date)}</time>`;
}
