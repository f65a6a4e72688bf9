import { type IncidentReport, incidentGet } from "../../operations/incident/look.ts";
import { type Html, html } from "../html.ts";
import { definePage, type Frame } from "../page.ts";
import { notice } from "../parts/flash.ts";
import { facts } from "../parts/kv.ts";
import { pageHead } from "../parts/page-head.ts";
import { rescuePath } from "../parts/rescue-steps.ts";
import { eventsTable, exactTime } from "../parts/rescue-words.ts";
import { fill, shown } from "../parts/shown.ts";
import { groupName } from "../parts/spool-words.ts";
import { stats } from "../parts/stats.ts";
import { table } from "../parts/table.ts";
import { bytes, count } from "../text/format.ts";

/** What was found and done, with times, counts and addresses: to be printed, or handed on. */
export const rescueReportPage = definePage<IncidentReport>({
  path: "/rescue/:incident/report",
  load: ({ run, params: { incident = "" } }) => run(incidentGet, { incident }),
  view(report, frame) {
    const { t } = frame;
    const { rescue } = t;
    const { pattern, totals, suspended } = report;
    const address = `${report.name}@${report.domain}`;
    const path = rescuePath(report.incident);
    const mono = (text: string) => (text === "" ? "–" : html`<span class="mono">${shown(text)}</span>`);
    return {
      title: `${rescue.reportTitle}: ${address}`,
      body: html`${pageHead(frame, {
        title: html`${rescue.reportTitle}: ${shown(address)}`,
        lead: rescue.reportLead,
        crumbs: [
          { href: frame.link("/rescue"), words: rescue.title },
          { href: frame.link(path), words: shown(address) },
        ],
        actions: [html`<a class="btn" href="${frame.link(`${path}/report.json`)}">${rescue.json}</a>`],
      })}
${facts([
  [rescue.account, shown(address)],
  [rescue.now, suspended === null ? rescue.removed : suspended ? rescue.stopped : rescue.active],
  [rescue.opened, html`${exactTime(report.opened)}, ${shown(report.openedBy)}`],
  [
    rescue.state,
    report.closed === null
      ? rescue.open
      : html`${rescue.closed}: ${exactTime(report.closed)}, ${shown(report.closedBy)}`,
  ],
  [rescue.mail, mono(report.mail)],
  [rescue.spam, mono(report.spam)],
  report.note !== "" && [rescue.note, shown(report.note)],
])}
<section class="flow" aria-labelledby="totals"><h2 id="totals">${rescue.totals}</h2>
${stats(
  rescue.totals,
  (["held", "removed", "putBack", "released"] as const).map((one) => ({
    label: one === "removed" ? rescue.inBin : rescue[one],
    value: totals[one],
    href: null,
  })),
)}</section>
<section class="flow" aria-labelledby="events"><h2 id="events">${rescue.events}</h2>${eventsTable(frame, report.events, { exact: true })}</section>
<section class="flow" aria-labelledby="pattern"><h2 id="pattern">${rescue.pattern}</h2>
<p>${fill(rescue.patternText, { count: count(pattern.messages), size: bytes(pattern.bytes) })}${pattern.oldest !== null && html` ${rescue.oldest}: ${exactTime(pattern.oldest)}`}</p>
${pattern.looked < pattern.of && notice("warn", html`<p>${fill(rescue.patternPart, { looked: count(pattern.looked), of: count(pattern.of) })}</p>`)}
${pattern.sides.map((side) => sideTable(frame, side))}</section>
<p class="small mute">${rescue.print}</p>`,
    };
  },
});

function sideTable({ t }: Frame, { by, groups }: IncidentReport["pattern"]["sides"][number]): Html | null {
  if (groups.length === 0) return null;
  return html`<h3>${t.queue.sides[by]}</h3>${table(
    t.queue.sides[by],
    [
      { label: t.queue.sides[by], looks: "c-key c-wide", cell: ({ key }) => groupName(t, by, key) },
      { label: t.rescue.messages, looks: "num", cell: ({ messages }) => count(messages) },
      { label: t.queue.size, looks: "num", cell: (group) => bytes(group.bytes) },
    ],
    groups,
  )}`;
}

export const rescueReportFile = definePage<null>({
  path: "/rescue/:incident/report.json",
  async file({ run, params: { incident = "" } }) {
    const report = await run(incidentGet, { incident });
    return {
      name: `incident-${report.incident}.json`,
      type: "application/json",
      text: `${JSON.stringify(report, null, 2)}\n`,
    };
  },
});
