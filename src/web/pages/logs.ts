import type { Static } from "../../kernel/schema.ts";
import { cellOf, type LogRowOutput, STATUSES } from "../../operations/log/rows.ts";
import { logSearch } from "../../operations/log/search.ts";
import { LOG_KINDS } from "../../xmail/log-kinds.ts";
import { type Html, html } from "../html.ts";
import { type Ask, definePage, type Frame } from "../page.ts";
import { activeFilters } from "../parts/chips.ts";
import { empty } from "../parts/empty.ts";
import { labelsOf, schemaAttributes } from "../parts/field.ts";
import { refusalSummary } from "../parts/flash.ts";
import { isNarrowed, queryOf } from "../parts/listing.ts";
import { logCells, logEvent, logParties } from "../parts/log-words.ts";
import { pageHead } from "../parts/page-head.ts";
import { shown } from "../parts/shown.ts";
import { type Column, table } from "../parts/table.ts";
import { filterBox, searchBox, toolbar } from "../parts/toolbar.ts";

const PATH = "/logs";
const TEXTS = ["search", "address", "account", "ip", "id", "since", "until"];
const QUERY = [...TEXTS, "kind", "status"];

export interface LogsData {
  readonly query: Readonly<Record<string, string>>;
  readonly page: Static<typeof logSearch.output>;
}

export const logsPage = definePage<LogsData>({
  path: PATH,
  async load(ask) {
    const query = queryOf(ask, QUERY);
    return { query, page: await ask.run(logSearch, query) };
  },
  refused: (ask: Ask) => ({ query: queryOf(ask, QUERY), page: { items: [], next: null } }),
  view({ query, page }, frame) {
    const { t, may, link } = frame;
    const nothing = page.items.length === 0 && page.next === null && !frame.refusal;
    const asked = isNarrowed(query, QUERY) || query["cursor"] !== undefined;
    return {
      title: t.logs.title,
      body: html`${pageHead(frame, {
        title: t.logs.title,
        lead: t.logs.lead,
        actions: [
          may.reach("log.list") && html`<a class="btn" href="${link("/log-files")}">${t.logs.files}</a>`,
        ],
      })}
${refusalSummary(frame, labelsOf(t, logSearch), { changes: false })}
${
  nothing && !asked
    ? empty(t.logs.none, t.logs.noneText)
    : html`${tools(frame, query)}${page.items.length === 0 ? noMatch(frame, page.next !== null) : table(t.logs.caption, columnsFor(frame), page.items)}
${pages(frame, query, page)}`
}`,
    };
  },
});

function tools(frame: Frame, query: LogsData["query"]): Html {
  const { t } = frame;
  const labels = labelsOf(t, logSearch);
  const link = (changes: Record<string, string | null>) =>
    frame.link(PATH, { ...query, cursor: null, ...changes });
  const kind = LOG_KINDS.find((name) => name === query["kind"]);
  return html`${toolbar(frame, PATH, t.logs.search, [
    ...TEXTS.map((name) =>
      searchBox(frame, name, labels[name] ?? name, query[name] ?? "", {
        grow: name === "search",
        more: { ...schemaAttributes(logSearch, name), ...TIMES[name] },
      }),
    ),
    filterBox("kind", t.logs.kind, query["kind"] ?? "", [
      { value: "", words: t.logs.any },
      ...LOG_KINDS.map((value) => ({ value, words: t.logs.kinds[value] })),
    ]),
    filterBox("status", labels["status"] ?? "status", query["status"] ?? "", [
      { value: "", words: t.logs.any },
      ...STATUSES.map((value) => ({ value, words: value })),
    ]),
  ])}
${activeFilters(
  frame,
  QUERY.map((name) => ({
    label: `${labels[name]}:`,
    value: name === "kind" && kind ? t.logs.kinds[kind] : (query[name] ?? ""),
    without: link({ [name]: null }),
  })),
)}`;
}

/** The browser's own calendar gives the seconds only where they are not zero. */
const TIMES: Readonly<Record<string, Record<string, string | undefined>>> = {
  since: { type: "datetime-local", pattern: undefined, maxlength: undefined },
  until: { type: "datetime-local", pattern: undefined, maxlength: undefined },
};

function noMatch({ t, link }: Frame, more: boolean): Html {
  const all = html`<a class="btn" href="${link(PATH)}">${t.list.showAll}</a>`;
  return empty(more ? t.logs.noMatchHere : t.logs.noMatch, null, [all]);
}

function pages(frame: Frame, query: LogsData["query"], { items, next }: LogsData["page"]): Html {
  const { t } = frame;
  const link = (cursor: string | null) => frame.link(PATH, { ...query, cursor });
  const words = items.length < 50 ? t.logs.further : t.logs.older;
  return html`<nav class="pager tight" aria-label="${t.list.pages}"><ul>${query["cursor"] !== undefined && html`<li><a href="${link(null)}">${t.logs.newest}</a></li>`}${next !== null && html`<li><a href="${link(next)}" rel="next">${words}</a></li>`}</ul></nav>`;
}

function columnsFor(frame: Frame): Column<LogRowOutput>[] {
  const { t } = frame;
  const textOf = (row: LogRowOutput, column: "ip" | "user") => {
    const text = cellOf(row, column);
    return text === "" ? "–" : shown(text);
  };
  return [
    {
      label: t.logs.time,
      looks: "c-key",
      cell: ({ time }) => html`<span class="mono">${time === null ? t.logs.noTime : shown(time)}</span>`,
    },
    { label: t.logs.kind, cell: ({ kind }) => t.logs.kinds[kind] },
    { label: t.logs.what, looks: "c-wide", cell: (row) => html`${logEvent(frame, row)}${logCells(t, row)}` },
    { label: t.logs.who, looks: "c-wide", cell: (row) => html`<span class="wrap">${logParties(row)}</span>` },
    { label: t.logs.client, looks: "c-wide", cell: (row) => textOf(row, "ip") },
    { label: t.logs.account, looks: "c-wide", cell: (row) => textOf(row, "user") },
  ];
}
