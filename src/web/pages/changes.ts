import type { Static } from "../../kernel/schema.ts";
import { changeList } from "../../operations/change/list.ts";
import type { ChangeRow } from "../../operations/change/rows.ts";
import { html } from "../html.ts";
import { definePage, type Frame } from "../page.ts";
import { changeName, changeState } from "../parts/change-words.ts";
import { activeFilters } from "../parts/chips.ts";
import { empty } from "../parts/empty.ts";
import { labelsOf, schemaAttributes } from "../parts/field.ts";
import { flashOf, notice, refusalSummary } from "../parts/flash.ts";
import { isNarrowed, queryOf } from "../parts/listing.ts";
import { moment } from "../parts/moment.ts";
import { pageHead } from "../parts/page-head.ts";
import { shown } from "../parts/shown.ts";
import { type Column, table } from "../parts/table.ts";
import { searchBox, toolbar } from "../parts/toolbar.ts";

const PATH = "/changes";
const QUERY = ["search", "object", "operation", "actor", "since", "until"];

export interface ChangesData {
  readonly query: Readonly<Record<string, string>>;
  readonly page: Static<typeof changeList.output>;
}

export const changesPage = definePage<ChangesData>({
  path: PATH,
  async load(ask) {
    const query = queryOf(ask, QUERY);
    return { query, page: await ask.run(changeList, query) };
  },
  refused: (ask) => ({ query: queryOf(ask, QUERY), page: { items: [], next: null, damaged: 0 } }),
  view(data, frame) {
    const { t } = frame;
    const { query, page } = data;
    const labels = labelsOf(t, changeList);
    const narrowed = isNarrowed(query, QUERY);
    const link = (changes: Record<string, string | null>) =>
      frame.link(PATH, { ...query, cursor: null, ...changes });
    const nothing = page.items.length === 0 && !narrowed && query["cursor"] === undefined;
    return {
      title: t.changes.title,
      body: html`${pageHead(frame, { title: t.changes.title, lead: t.changes.lead })}
${flashOf(frame)}
${refusalSummary(frame, labels, { changes: false })}
${page.damaged > 0 && notice("warn", html`<p>${t.changes.damaged(page.damaged)}</p>`)}
${
  nothing && !frame.refusal
    ? empty(t.changes.none, t.changes.noneText)
    : html`${toolbar(
        frame,
        PATH,
        t.changes.search,
        QUERY.map((name) =>
          searchBox(frame, name, labels[name] ?? name, query[name] ?? "", {
            grow: name === "search",
            more: { ...schemaAttributes(changeList, name), ...DAYS[name] },
          }),
        ),
      )}
${activeFilters(
  frame,
  QUERY.map((name) => ({
    label: `${labels[name]}:`,
    value: query[name] ?? "",
    without: link({ [name]: null }),
  })),
)}
${
  page.items.length === 0
    ? empty(t.changes.noMatch, null, [html`<a class="btn" href="${frame.link(PATH)}">${t.list.showAll}</a>`])
    : table(t.changes.caption, columnsFor(frame), page.items)
}
<nav class="pager tight" aria-label="${t.list.pages}"><ul>${query["cursor"] !== undefined && html`<li><a href="${link({})}">${t.changes.newest}</a></li>`}${page.next !== null && html`<li><a href="${link({ cursor: page.next })}" rel="next">${t.changes.older}</a></li>`}</ul></nav>`
}`,
    };
  },
});

/** The browser's own calendar; the pattern would say the same twice. */
const DAYS: Readonly<Record<string, Record<string, string | undefined>>> = {
  since: { type: "date", pattern: undefined },
  until: { type: "date", pattern: undefined },
};

function columnsFor(frame: Frame): Column<ChangeRow>[] {
  const { t } = frame;
  return [
    {
      label: t.changes.what,
      looks: "c-key",
      cell: (row) => html`<a href="${frame.link(`${PATH}/${row.change}`)}">${changeName(row)}</a>`,
    },
    { label: t.changes.when, looks: "nowrap", cell: ({ at }) => moment(frame, at) },
    { label: t.changes.who, looks: "c-wide", cell: ({ actor }) => shown(actor) },
    { label: t.changes.why, looks: "c-wide", cell: ({ reason }) => (reason === null ? "–" : shown(reason)) },
    { label: t.changes.state, cell: (row) => changeState(t, row) },
  ];
}
