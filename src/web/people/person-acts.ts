import { hasCode } from "../../errors/error.ts";
import { auditList } from "../../operations/audit/list.ts";
import type { AuditRow } from "../../operations/audit/rows.ts";
import { type Html, html } from "../html.ts";
import type { Ask, Frame } from "../page.ts";
import { recordName, recordOutcome } from "../parts/audit-words.ts";
import { moment } from "../parts/moment.ts";
import { shown } from "../parts/shown.ts";

const MOST = 8;

/** What was done about somebody lately, by whom; `null` for who may not know, and where nothing of it is kept. */
export async function actsAbout({ run, may }: Ask, id: string): Promise<readonly AuditRow[] | null> {
  if (!may.reach("audit.list")) return null;
  try {
    const { items } = await run(auditList, { search: id, recent: true, limit: MOST });
    return items.filter(({ target }) => target.kind === "people");
  } catch (error) {
    if (hasCode(error, "STORAGE_UNSUPPORTED")) return null;
    throw error;
  }
}

export function actsPanel(frame: Frame, id: string, acts: readonly AuditRow[]): Html {
  const { t, link } = frame;
  return html`<section class="panel" aria-labelledby="acts"><h2 id="acts">${t.person.acts}</h2>${
    acts.length === 0
      ? html`<p class="mute small">${t.person.noActs}</p>`
      : html`<ul class="lines">${acts.map((act) => html`<li>${line(frame, act)}</li>`)}</ul>`
  }<p class="row small"><a href="${link("/audit", { search: id })}">${t.person.allActs}</a></p></section>`;
}

function line(frame: Frame, act: AuditRow): Html {
  const { t, link } = frame;
  return html`<a href="${link(`/audit/records/${act.record}`)}">${moment(frame, act.at)}</a>${t.listComma}${recordName(act, t)}<br><span class="small">${shown(act.actor)}${t.listComma}${recordOutcome(t, act)}</span>`;
}
