import { type AuditVerdict, auditVerify } from "../../operations/audit/verify.ts";
import { inputFrom } from "../form-input.ts";
import { type Html, html } from "../html.ts";
import { type Ask, definePage, type Frame } from "../page.ts";
import { faultWords } from "../parts/audit-words.ts";
import { labelsOf, schemaAttributes } from "../parts/field.ts";
import { notice, refusalSummary } from "../parts/flash.ts";
import { facts } from "../parts/kv.ts";
import { moment } from "../parts/moment.ts";
import { pageHead } from "../parts/page-head.ts";
import { fillText } from "../parts/shown.ts";
import { table } from "../parts/table.ts";
import { searchBox } from "../parts/toolbar.ts";
import { count } from "../text/format.ts";

const PATH = "/audit/verification";
const QUERY = ["head", "after"];

export interface VerificationData {
  readonly query: Readonly<Record<string, string>>;
  /** `null` when what was asked cannot be. */
  readonly verdict: AuditVerdict | null;
}

export const auditVerificationPage = definePage<VerificationData>({
  path: PATH,
  async load({ run, visit }) {
    const query = inputFrom(visit.query, [], QUERY);
    const { after, ...head } = query;
    const number = after === undefined ? {} : { after: /^\d{1,15}$/.test(after) ? Number(after) : after };
    return { query, verdict: await run(auditVerify, { ...head, ...number }) };
  },
  refused: ({ visit }: Ask) => ({ query: inputFrom(visit.query, [], QUERY), verdict: null }),
  view({ query, verdict }, frame) {
    const { t } = frame;
    const labels = labelsOf(t, auditVerify);
    return {
      title: t.audit.verifyTitle,
      body: html`${pageHead(frame, {
        title: t.audit.verifyTitle,
        lead: t.audit.verifyLead,
        crumbs: [{ href: frame.link("/audit"), words: t.audit.title }],
      })}
${refusalSummary(frame, labels, { changes: false })}
${verdict && result(frame, verdict, query["after"] !== undefined)}
<form class="toolbar" method="get" action="${frame.link(PATH)}" aria-label="${t.audit.check}">${QUERY.map(
        (name) =>
          searchBox(frame, name, labels[name] ?? name, query[name] ?? "", {
            grow: name === "head",
            more: {
              ...schemaAttributes(auditVerify, name),
              type: "text",
              inputmode: name === "after" ? "numeric" : null,
            },
          }),
      )}<button class="btn">${t.audit.verify}</button></form>`,
    };
  },
});

function result(frame: Frame, verdict: AuditVerdict, after: boolean): Html {
  const { t } = frame;
  const { whole, records, faults, faultCount, last, pruned, unchained, interrupted } = verdict;
  return html`${
    whole
      ? notice(
          "ok",
          html`<p><strong>${t.audit.whole}</strong></p><p>${records === 0 ? t.audit.nothing : t.audit.wholeText(records)}${after && html` ${t.audit.wholeAfter}`}</p>`,
        )
      : notice("bad", html`<p><strong>${t.audit.broken(faultCount)}</strong></p><p>${t.audit.brokenText}</p>`)
  }
${!whole && faultTable(frame, verdict)}${faultCount > faults.length && html`<p class="mute small">${t.audit.firstHundred(faults.length)}</p>`}
${facts(
  [
    [t.audit.records, count(records)],
    last !== null && [t.audit.lastRecord, html`${String(last.number)}, ${moment(frame, last.at)}`],
    last !== null && [t.audit.lastHash, html`<span class="mono wrap">${last.hash}</span>`],
    pruned !== null && [t.audit.pruned, fillText(t.audit.prunedUpTo, { number: count(pruned) })],
    unchained > 0 && [t.audit.oldLines, count(unchained)],
    interrupted > 0 && [
      t.audit.tornLines,
      html`${count(interrupted)} <span class="mute small">${t.audit.tornText}</span>`,
    ],
  ],
  true,
)}
${last !== null && html`<p class="small">${t.audit.noteIt}</p>`}`;
}

function faultTable({ t }: Frame, { faults }: AuditVerdict): Html {
  return table(
    t.audit.faultsCaption,
    [
      { label: t.audit.fault, looks: "c-key", cell: (fault) => faultWords(t, fault) },
      {
        label: t.audit.place,
        cell: ({ file, line }) =>
          file === null || line === null ? "–" : fillText(t.audit.inLine, { file, line: count(line) }),
      },
    ],
    faults,
  );
}
