import type { Static } from "../../kernel/schema.ts";
import { incidentOpen } from "../../operations/incident/change.ts";
import { incidentDetect, type Suspect } from "../../operations/incident/detect.ts";
import { incidentList } from "../../operations/incident/look.ts";
import { type Html, html } from "../html.ts";
import { definePage, type Frame } from "../page.ts";
import { badge } from "../parts/badge.ts";
import { field, labelsOf } from "../parts/field.ts";
import { flashOf, notice, refusalSummary } from "../parts/flash.ts";
import { postButton, token } from "../parts/form.ts";
import { moment } from "../parts/moment.ts";
import { pageHead } from "../parts/page-head.ts";
import { rescuePath } from "../parts/rescue-steps.ts";
import { fill, fillText, shown, visible } from "../parts/shown.ts";
import { table } from "../parts/table.ts";
import { bytes, count } from "../text/format.ts";

const PATH = "/rescue";
const PATIENCE_SECONDS = 3;

export interface RescueListData {
  readonly found: Static<typeof incidentDetect.output>;
  readonly items: Static<typeof incidentList.output>["items"];
}

/** Which accounts look stolen, and what was done about others before. */
export const rescuePage = definePage<RescueListData>({
  path: PATH,
  async load({ run }) {
    const { items } = await run(incidentList, {});
    return { items, found: await run(incidentDetect, { seconds: PATIENCE_SECONDS }) };
  },
  view({ found, items }, frame) {
    const { t, may } = frame;
    const { rescue } = t;
    const suspects = found.items.length;
    return {
      title: rescue.title,
      ...(suspects > 0 ? { state: { tone: "bad", words: rescue.suspects } } : {}),
      body: html`${pageHead(frame, {
        title: rescue.title,
        lead: rescue.lead,
        crumbs: [{ href: frame.link("/queue"), words: t.queue.title }],
      })}
${flashOf(frame)}${refusalSummary(frame, { ...labelsOf(t, incidentOpen), address: rescue.byHand })}
<section class="flow" aria-labelledby="suspects"><h2 id="suspects">${suspects > 0 ? rescue.suspects : rescue.noSuspects}</h2>
${found.looked < found.of && notice("warn", html`<p>${fill(rescue.part, { looked: count(found.looked), of: count(found.of) })}</p>`)}
${suspects > 0 ? suspectsTable(frame, found.items) : html`<p>${rescue.noSuspectsText}</p>`}
${!found.logs && html`<p class="small mute">${rescue.noLogs}</p>`}</section>
${
  may.reach("incident.open") &&
  html`<form class="flow sub" method="post" action="${frame.link(PATH)}">
${field(frame, "address", rescue.byHand, { required: true, help: rescue.byHandHelp, more: { type: "email", maxlength: 320 } })}
<div class="form-end">${token(frame)}<button class="btn">${rescue.begin}</button></div></form>`
}
<section class="flow" aria-labelledby="incidents"><h2 id="incidents">${rescue.incidents}</h2>
${items.length > 0 ? incidentsTable(frame, items) : html`<p>${rescue.noIncidents}</p>`}</section>`,
    };
  },
  blame: { ACCOUNT_NOT_FOUND: "address" },
  async submit({ run, visit }) {
    const address = visit.form.get("address")?.trim() ?? "";
    const at = address.lastIndexOf("@");
    const input = { domain: address.slice(at + 1), name: at < 1 ? address : address.slice(0, at) };
    const { incident } = await run(incidentOpen, input);
    return { to: rescuePath(incident) };
  },
});

function suspectsTable(frame: Frame, items: readonly Suspect[]): Html {
  const { rescue } = frame.t;
  return table(
    rescue.suspects,
    [
      { label: rescue.account, looks: "c-key c-wide", cell: (row) => shown(addressOf(row)) },
      { label: rescue.why, looks: "c-wide", cell: (row) => reasons(frame, row) },
      { label: rescue.share, looks: "num", cell: ({ share }) => `${share} %` },
      {
        label: rescue.example,
        looks: "c-wide",
        cell: ({ subject }) => (subject === "" ? "–" : shown(subject)),
      },
      {
        label: rescue.begin,
        looks: "c-act",
        // One primary button of a page: that of the worst.
        cell: (row) => remedy(frame, row, row === items[0] ? "btn primary" : "btn"),
      },
    ],
    items,
  );
}

function addressOf({ domain, name }: Pick<Suspect, "domain" | "name">): string {
  return domain === null ? name : `${name}@${domain}`;
}

function reasons({ t }: Frame, { why, domain }: Suspect): Html {
  return html`${why.map(
    ({ sign, value }, n) =>
      html`${n > 0 && html`<br>`}${fill(t.rescue.reasons[sign], { value: sign === "accountBytes" ? bytes(value) : count(value) })}`,
  )}${domain === null && html`<br><span class="small mute">${t.rescue.notOurs}</span>`}`;
}

function remedy(frame: Frame, row: Suspect, looks: string): Html | null {
  const { t, may, link } = frame;
  const address = addressOf(row);
  if (row.incident !== null)
    return html`<a class="${looks}" href="${link(rescuePath(row.incident))}">${t.rescue.goOn}<span class="vh"> ${shown(address)}</span></a>`;
  if (row.domain === null || !may.reach("incident.open")) return null;
  return postButton(frame, PATH, t.rescue.begin, {
    looks,
    fields: { address },
    label: `${t.rescue.begin}: ${visible(address)}`,
    review: false,
  });
}

function incidentsTable(frame: Frame, items: RescueListData["items"]): Html {
  const { t } = frame;
  return table(
    t.rescue.incidents,
    [
      {
        label: t.rescue.account,
        looks: "c-key c-wide",
        cell: (row) => html`<a href="${frame.link(rescuePath(row.incident))}">${shown(addressOf(row))}</a>`,
      },
      {
        label: t.rescue.state,
        cell: ({ closed }) => (closed === null ? badge("warn", t.rescue.open) : badge("ok", t.rescue.closed)),
      },
      { label: t.rescue.opened, looks: "nowrap", cell: ({ opened }) => moment(frame, opened) },
      { label: t.rescue.openedBy, cell: ({ openedBy }) => shown(openedBy) },
      {
        label: t.rescue.report,
        looks: "c-act",
        cell: (row) =>
          html`<a href="${frame.link(`${rescuePath(row.incident)}/report`)}" aria-label="${fillText("{report}: {name}", { report: t.rescue.report, name: addressOf(row) })}">${t.rescue.report}</a>`,
      },
    ],
    items,
  );
}
