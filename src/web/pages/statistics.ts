import type { Static } from "../../kernel/schema.ts";
import { logStatistics, type StatisticsRow } from "../../operations/log/statistics.ts";
import { LOG_GROUPS, type LogGroup } from "../../xmail/logs.ts";
import { inputFrom } from "../form-input.ts";
import { type Html, html } from "../html.ts";
import { type Ask, definePage, type Frame } from "../page.ts";
import { barChart } from "../parts/bar-chart.ts";
import { empty } from "../parts/empty.ts";
import { labelsOf, schemaAttributes } from "../parts/field.ts";
import { refusalSummary } from "../parts/flash.ts";
import { pageHead } from "../parts/page-head.ts";
import { shown } from "../parts/shown.ts";
import { table } from "../parts/table.ts";
import { filterBox, searchBox, toolbar } from "../parts/toolbar.ts";
import { bytes, count } from "../text/format.ts";

const PATH = "/statistics";
const QUERY = ["domain", "since", "until", "by", "log"];

export interface StatisticsData {
  readonly query: Readonly<Record<string, string>>;
  readonly counted: Static<typeof logStatistics.output> | null;
}

export const statisticsPage = definePage<StatisticsData>({
  path: PATH,
  async load({ run, visit }) {
    const query = queryIn(visit.query);
    return { query, counted: await run(logStatistics, query) };
  },
  refused: ({ visit }: Ask) => ({ query: queryIn(visit.query), counted: null }),
  view({ query, counted }, frame) {
    const { t } = frame;
    return {
      title: t.statistics.title,
      body: html`${pageHead(frame, {
        title: t.statistics.title,
        lead: t.statistics.lead,
        actions: [
          html`<a class="btn" href="${frame.link(`${PATH}/export`, query)}" download>${t.statistics.download}</a>`,
        ],
      })}
${refusalSummary(frame, labelsOf(t, logStatistics), { changes: false })}
${tools(frame, query)}
${counted && answer(frame, query, counted)}`,
    };
  },
});

/** The same as a file for a table calculation. */
export const statisticsExportPage = definePage({
  path: `${PATH}/export`,
  async file({ run, visit }) {
    const query = queryIn(visit.query);
    const { items } = await run(logStatistics, { ...query, most: 5000 });
    const lines = items.map((row) =>
      [cell(row.key), row.messages, row.bytes, row.refused, row.lines].join(","),
    );
    return {
      name: "statistics.csv",
      type: "text/csv; charset=utf-8",
      text: `${[query["by"], "messages", "bytes", "refused", "lines"].join(",")}\r\n${lines.map((line) => `${line}\r\n`).join("")}`,
    };
  },
});

/** What a stranger typed must not become a formula. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function queryIn(query: URLSearchParams): Record<string, string> {
  const { by = "day", ...rest } = inputFrom(query, [], QUERY);
  return { ...rest, by };
}

function tools(frame: Frame, query: StatisticsData["query"]): Html {
  const { t } = frame;
  const labels = labelsOf(t, logStatistics);
  const box = (name: string, type: string) =>
    searchBox(frame, name, labels[name] ?? name, query[name] ?? "", {
      grow: false,
      more: { ...schemaAttributes(logStatistics, name), type, pattern: undefined, maxlength: undefined },
    });
  return toolbar(frame, PATH, t.statistics.title, [
    filterBox(
      "by",
      labels["by"] ?? "by",
      query["by"] ?? "",
      LOG_GROUPS.map((value) => ({ value, words: t.statistics.by[value] })),
    ),
    filterBox("log", labels["log"] ?? "log", query["log"] ?? "smtp", [
      { value: "smtp", words: t.statistics.kinds.smtp },
      { value: "pop3", words: t.statistics.kinds.pop3 },
    ]),
    box("domain", "search"),
    box("since", "datetime-local"),
    box("until", "datetime-local"),
  ]);
}

function answer(
  frame: Frame,
  query: StatisticsData["query"],
  { items, total, different }: NonNullable<StatisticsData["counted"]>,
): Html {
  const { t } = frame;
  const by: LogGroup = LOG_GROUPS.find((group) => group === query["by"]) ?? "day";
  if (items.length === 0) return empty(t.statistics.none, t.statistics.noneText);
  const measured = items.some(({ messages }) => messages > 0);
  return html`${barChart(
    t.statistics.chart,
    items.map(({ key, messages, lines }) => ({
      label: key === "*" ? t.statistics.rest : shown(key),
      value: measured ? messages : lines,
    })),
  )}
${table<StatisticsRow>(
  t.statistics.caption,
  [
    {
      label: t.statistics.by[by],
      looks: "c-key",
      cell: ({ key }) => (key === "" ? t.statistics.total : key === "*" ? t.statistics.rest : shown(key)),
    },
    { label: t.statistics.messages, looks: "num", cell: ({ messages }) => count(messages) },
    { label: t.statistics.bytes, looks: "num", cell: (row) => bytes(row.bytes) },
    { label: t.statistics.refused, looks: "num", cell: ({ refused }) => count(refused) },
    { label: t.statistics.lines, looks: "num", cell: ({ lines }) => count(lines) },
  ],
  [...items, total],
)}
${different > items.length && html`<p class="mute small">${t.statistics.cut(items.length, different)}</p>`}`;
}
