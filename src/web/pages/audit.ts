import type { Static } from "../../kernel/schema.ts";
import { auditList } from "../../operations/audit/list.ts";
import type { AuditRow } from "../../operations/audit/rows.ts";
import { type Html, html } from "../html.ts";
import { type Ask, definePage, type Frame } from "../page.ts";
import { recordName, recordObject, recordOutcome } from "../parts/audit-words.ts";
import { activeFilters } from "../parts/chips.ts";
import { empty } from "../parts/empty.ts";
import { labelsOf, schemaAttributes } from "../parts/field.ts";
import { flashOf, refusalSummary } from "../parts/flash.ts";
import { isNarrowed, queryOf } from "../parts/listing.ts";
import { moment } from "../parts/moment.ts";
import { pageHead } from "../parts/page-head.ts";
import { shown } from "../parts/shown.ts";
import { type Column, table } from "../parts/table.ts";
import { filterBox, searchBox, toolbar } from "../parts/toolbar.ts";

const PATH = "/audit";
const TEXTS = ["search", "object", "operation", "actor", "from", "since", "until"];
const QUERY = [...TEXTS, "outcome", "openedMail"];
const OUTCOMES = ["done", "failed", "refused", "begun"] as const;

export interface AuditData {
  readonly query: Readonly<Record<string, string>>;
  readonly page: Static<typeof auditList.output>;
}

export const auditPage = definePage<AuditData>({
  path: PATH,
  async load(ask) {
    const { openedMail, ...query } = queryOf(ask, QUERY);
    const page = await ask.run(auditList, {
      ...query,
      ...(openedMail === "yes" ? { openedMail: true } : {}),
    });
    return { query: queryOf(ask, QUERY), page };
  },
  refused: (ask: Ask) => ({ query: queryOf(ask, QUERY), page: { items: [], next: null } }),
  view({ query, page }, frame) {
    const { t } = frame;
    const narrowed = isNarrowed(query, QUERY);
    const nothing = page.items.length === 0 && !narrowed && query["cursor"] === undefined;
    return {
      title: t.audit.title,
      body: html`${pageHead(frame, { title: t.audit.title, lead: t.audit.lead, actions: actions(frame, query) })}
${flashOf(frame)}
${refusalSummary(frame, labelsOf(t, auditList), { changes: false })}
${
  nothing && page.next === null && !frame.refusal
    ? empty(t.audit.none, t.audit.noneText)
    : html`${tools(frame, query)}${page.items.length === 0 ? noMatch(frame, page.next !== null) : table(t.audit.caption, columnsFor(frame), page.items)}
${pages(frame, query, page)}`
}`,
    };
  },
});

function actions(frame: Frame, query: AuditData["query"]): (Html | false)[] {
  const { t, may, link } = frame;
  const { cursor: _, outcome: _outcome, openedMail: _opened, ...filters } = query;
  return [
    may.reach("audit.verify") &&
      html`<a class="btn" href="${link(`${PATH}/verification`)}">${t.audit.verify}</a>`,
    may.reach("audit.export") &&
      html`<a class="btn" href="${link(`${PATH}/export`, filters)}" download>${t.audit.download}</a>`,
  ];
}

function tools(frame: Frame, query: AuditData["query"]): Html {
  const { t } = frame;
  const labels = labelsOf(t, auditList);
  const link = (changes: Record<string, string | null>) =>
    frame.link(PATH, { ...query, cursor: null, ...changes });
  const words: Readonly<Record<string, string>> = {
    ...t.audit.outcomes,
    yes: t.audit.openedOnly,
  };
  return html`${toolbar(frame, PATH, t.audit.search, [
    ...TEXTS.map((name) =>
      searchBox(frame, name, labels[name] ?? name, query[name] ?? "", {
        grow: name === "search",
        more: { ...schemaAttributes(auditList, name), ...DAYS[name] },
      }),
    ),
    filterBox("outcome", t.audit.outcome, query["outcome"] ?? "", [
      { value: "", words: t.audit.any },
      ...OUTCOMES.map((value) => ({ value, words: t.audit.outcomes[value] })),
    ]),
    filterBox("openedMail", t.audit.opened, query["openedMail"] ?? "", [
      { value: "", words: t.audit.any },
      { value: "yes", words: t.audit.openedOnly },
    ]),
  ])}
${activeFilters(
  frame,
  QUERY.map((name) => ({
    label: `${labels[name]}:`,
    value: words[query[name] ?? ""] ?? query[name] ?? "",
    without: link({ [name]: null }),
  })),
)}`;
}

/** The browser's own calendar; the pattern would say the same twice. */
const DAYS: Readonly<Record<string, Record<string, string | undefined>>> = {
  since: { type: "date", pattern: undefined },
  until: { type: "date", pattern: undefined },
};

function noMatch({ t, link }: Frame, more: boolean): Html {
  const all = html`<a class="btn" href="${link(PATH)}">${t.list.showAll}</a>`;
  return empty(more ? t.audit.noMatchHere : t.audit.noMatch, null, [all]);
}

function pages(frame: Frame, query: AuditData["query"], { items, next }: AuditData["page"]): Html {
  const { t } = frame;
  const link = (cursor: string | null) => frame.link(PATH, { ...query, cursor });
  // A page that is not full was given up where so much had been read.
  const words = items.length < 50 ? t.audit.further : t.audit.older;
  return html`<nav class="pager tight" aria-label="${t.list.pages}"><ul>${query["cursor"] !== undefined && html`<li><a href="${link(null)}">${t.audit.newest}</a></li>`}${next !== null && html`<li><a href="${link(next)}" rel="next">${words}</a></li>`}</ul></nav>`;
}

function columnsFor(frame: Frame): Column<AuditRow>[] {
  const { t } = frame;
  return [
    {
      label: t.audit.what,
      looks: "c-key",
      cell: (row) => html`<a href="${frame.link(`${PATH}/records/${row.record}`)}">${recordName(row, t)}</a>`,
    },
    { label: t.audit.object, looks: "c-wide", cell: (row) => recordObject(t, row) },
    { label: t.audit.when, looks: "nowrap", cell: ({ at }) => moment(frame, at) },
    { label: t.audit.who, looks: "c-wide", cell: ({ actor }) => shown(actor) },
    { label: t.audit.from, cell: ({ from }) => (from === null ? "–" : shown(from)) },
    { label: t.audit.outcome, cell: (row) => recordOutcome(t, row) },
  ];
}
