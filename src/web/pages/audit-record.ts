import { fail } from "../../errors/error.ts";
import { auditList } from "../../operations/audit/list.ts";
import type { AuditRow } from "../../operations/audit/rows.ts";
import { type Html, html, type Words } from "../html.ts";
import { definePage, type Frame } from "../page.ts";
import { codeWords, recordName, recordObject, recordOutcome } from "../parts/audit-words.ts";
import { fieldWords } from "../parts/field.ts";
import { notice } from "../parts/flash.ts";
import { facts } from "../parts/kv.ts";
import { moment } from "../parts/moment.ts";
import { pageHead } from "../parts/page-head.ts";
import { shown } from "../parts/shown.ts";

export const auditRecordPage = definePage<AuditRow>({
  path: "/audit/records/:record",
  async load({ run, params }) {
    const { items } = await run(auditList, { record: params["record"] });
    return items[0] ?? fail("NOT_FOUND", "The audit log has no such record.");
  },
  view(row, frame) {
    const { t } = frame;
    return {
      title: `${t.audit.one}: ${row.operation}`,
      body: html`${pageHead(frame, {
        title: recordName(row, t),
        crumbs: [{ href: frame.link("/audit"), words: t.audit.title }],
      })}
${row.outcome === "begun" && notice("warn", html`<p>${t.audit.begunText}</p>`)}
${row.openedMail && notice("info", html`<p>${t.audit.mailOpened}</p>`)}
<section class="flow" aria-labelledby="facts"><h2 id="facts">${t.audit.facts}</h2>${factsOf(frame, row)}</section>`,
    };
  },
});

function factsOf(frame: Frame, row: AuditRow): Html {
  const { t } = frame;
  return facts(
    [
      [t.audit.when, html`${moment(frame, row.at)} <span class="mute small mono">${row.at}</span>`],
      [t.audit.who, html`${shown(row.really ?? row.actor)}${idOf(row)}`],
      row.really !== null && [t.audit.whom, html`${shown(row.actor)} ${idOf({ ...row, really: null })}`],
      row.from !== null && [t.audit.from, shown(row.from)],
      [t.audit.object, recordObject(t, row)],
      row.reason !== null && [t.audit.reason, shown(row.reason)],
      [t.audit.outcome, recordOutcome(t, row)],
      row.code !== null && [t.audit.code, codeWords(t, row.code)],
      row.change !== null && [t.audit.change, changeLink(frame, row.change)],
      [t.audit.number, row.number === null ? t.audit.unchained : String(row.number)],
      ...row.input.map((pair) => inputFact(frame, row, pair)),
    ],
    true,
  );
}

function idOf({ actor, actorId, really }: AuditRow): Html | false {
  return (
    really === null && actor !== actorId && html` <span class="mute small mono">${shown(actorId)}</span>`
  );
}

function changeLink({ t, may, link }: Frame, change: string): Words {
  return may.reach("change.get")
    ? html`<a href="${link(`/changes/${change}`)}">${t.audit.toChange}</a>`
    : change;
}

function inputFact({ t }: Frame, { operation }: AuditRow, pair: string): readonly [string, Words] {
  const at = pair.indexOf("=");
  return [fieldWords(t, operation, pair.slice(0, at)).label, shown(pair.slice(at + 1))];
}
