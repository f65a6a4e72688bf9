import { type LogFinding, logLint } from "../../operations/log/lint.ts";
import { inputFrom } from "../form-input.ts";
import { type Html, html } from "../html.ts";
import { type Ask, definePage, type Frame } from "../page.ts";
import { empty } from "../parts/empty.ts";
import { labelsOf } from "../parts/field.ts";
import { refusalSummary } from "../parts/flash.ts";
import { postButton } from "../parts/form.ts";
import { pageHead } from "../parts/page-head.ts";
import { fill, shown } from "../parts/shown.ts";
import { table } from "../parts/table.ts";
import { filterBox, toolbar } from "../parts/toolbar.ts";
import { amountOf } from "../parts/watch-words.ts";
import { accountPath } from "../paths.ts";

const PATH = "/log-findings";
const DAYS = [1, 2, 3, 5, 7, 10, 14, 20, 30];

export interface LogFindingsData {
  readonly days: string;
  readonly items: readonly LogFinding[];
}

export const logFindingsPage = definePage<LogFindingsData>({
  path: PATH,
  async load({ run, visit }) {
    const days = daysIn(visit.query);
    const { items } = await run(logLint, { days: /^\d{1,2}$/.test(days) ? Number(days) : days });
    return { days, items };
  },
  refused: ({ visit }: Ask) => ({ days: daysIn(visit.query), items: [] }),
  view({ days, items }, frame) {
    const { t } = frame;
    return {
      title: t.logFindings.title,
      ...(items.length > 0 ? { state: { tone: "bad", words: t.logFindings.count(items.length) } } : {}),
      body: html`${pageHead(frame, {
        title: t.logFindings.title,
        lead: t.logFindings.lead,
        crumbs: [{ href: frame.link("/logs"), words: t.logs.title }],
      })}
${refusalSummary(frame, labelsOf(t, logLint), { changes: false })}
${toolbar(frame, PATH, t.logFindings.title, [
  filterBox(
    "days",
    t.logFindings.days,
    days,
    DAYS.map((value) => ({ value: String(value), words: t.logFindings.lastDays(value) })),
  ),
])}
${
  items.length === 0
    ? !frame.refusal && empty(t.logFindings.none, t.logFindings.noneText)
    : table(
        t.logFindings.caption,
        [
          { label: t.logFindings.what, looks: "c-key c-wide", cell: (row) => words(frame, row) },
          { label: t.logFindings.value, looks: "num", cell: ({ code, value }) => amountOf(t, code, value) },
          { label: t.logFindings.remedy, looks: "c-act", cell: (row) => remedy(frame, row) },
        ],
        items,
      )
}`,
    };
  },
});

function daysIn(query: URLSearchParams): string {
  return inputFrom(query, [], ["days"])["days"] ?? "3";
}

function words({ t, link }: Frame, { code, file, ip, domain, name }: LogFinding): Html {
  const account = domain === null ? (name ?? "") : `${name}@${domain}`;
  const query = ip !== null ? { ip } : name !== null ? { account } : { kind: file?.split("-")[0] };
  return html`${fill(t.logFindings.found[code], { ip: ip ?? "", account, file: file ?? "" })} <a class="small nowrap" href="${link("/logs", query)}">${t.logFindings.toLogs}</a>`;
}

/** One click, and the usual look at what it will change before it does. */
function remedy(frame: Frame, { remedy: operation, ip, domain, name }: LogFinding): Html | null {
  const { t, may, link } = frame;
  if (operation === "spammer.add" && ip !== null && may.reach("spammer.add")) {
    return postButton(frame, "/banned-addresses/add", t.logFindings.ban, {
      fields: { range: ip, action: "cut" },
      label: `${t.logFindings.ban}: ${ip}`,
    });
  }
  if (operation !== "account.suspend" || domain === null || name === null) return null;
  if (!may.reach("account.suspend", { kind: "account", domain, name })) return null;
  return html`<a class="btn" href="${link(`${accountPath({ domain, name })}/suspend`)}">${t.logFindings.suspend}<span class="vh"> ${shown(`${name}@${domain}`)}</span></a>`;
}
