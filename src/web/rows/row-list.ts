import { type Html, html, type Words } from "../html.ts";
import { definePage, type Frame, type Page } from "../page.ts";
import { badge } from "../parts/badge.ts";
import { cells } from "../parts/changes.ts";
import { empty } from "../parts/empty.ts";
import { fieldWords, labelsOf, schemaAttributes } from "../parts/field.ts";
import { valueWords } from "../parts/field-shape.ts";
import { flashOf } from "../parts/flash.ts";
import { postButton } from "../parts/form.ts";
import { historyOf } from "../parts/history-link.ts";
import { listing, nothingListed, queryOf } from "../parts/listing.ts";
import { pageHead } from "../parts/page-head.ts";
import { fill, fillText, shown } from "../parts/shown.ts";
import type { Column } from "../parts/table.ts";
import { searchBox, toolbar } from "../parts/toolbar.ts";
import {
  type AnyRow,
  keyOf,
  type Ops,
  opsOf,
  pathTo,
  type RowScreens,
  type RowsData,
} from "./row-screens.ts";
import { standingNote } from "./row-standing.ts";

/** All entries of one table, in the order of the file, with what can be done to each. */
export function rowListPage(screens: RowScreens): Page<RowsData> {
  const ops = opsOf(screens);
  const { path } = screens;
  return definePage<RowsData>({
    path,
    async load(ask) {
      const query = queryOf(ask, ["search"]);
      const page = await ask.run(ops.list, { ...keyOf(path, ask.params), ...query });
      const more = screens.more ? await screens.more(ask) : null;
      return { query, page, params: ask.params, more } as RowsData;
    },
    refused: (ask) => ({ ...nothingListed(queryOf(ask, ["search"])), params: ask.params, more: null }),
    view: (data, frame) => view(screens, ops, data, frame),
  });
}

function view(screens: RowScreens, ops: Ops, data: RowsData, frame: Frame) {
  const { t, may } = frame;
  const { query, page, params } = data;
  const words = t.rows.tables[screens.words];
  const narrowed = (query["search"] ?? "") !== "";
  const none = page.total === 0 && !narrowed && !frame.refusal;
  const add =
    may.use(ops.add.name) &&
    html`<a class="btn primary" href="${frame.link(pathTo(screens.path, params, "/add"))}">${fillText(t.rows.add, { entry: words.one })}</a>`;
  const above = screens.above?.(frame, data);
  return {
    title: words.title,
    body: html`${pageHead(frame, {
      title: words.title,
      lead: words.lead,
      ...(screens.crumbs ? { crumbs: screens.crumbs(frame, params) } : {}),
      actions: [
        !none && add,
        ...(screens.actions?.(frame, params) ?? []),
        historyOf(frame, ops.list.name.slice(0, ops.list.name.indexOf("."))),
      ],
    })}
${flashOf(frame)}
${above}
${listing(frame, data, {
  path: pathTo(screens.path, params),
  caption: words.title,
  labels: labelsOf(t, ops.list),
  toolbar: toolbar(frame, pathTo(screens.path, params), words.title, [
    searchBox(frame, "search", fieldWords(t, ops.list.name, "search").label, query["search"] ?? "", {
      more: schemaAttributes(ops.list, "search"),
    }),
  ]),
  filters: { search: t.list.contains },
  columns: columnsOf(screens, ops, data, frame),
  none: empty(words.none, words.noneText, [add]),
  noMatch: fill(t.rows.noMatch, { text: query["search"] ?? "" }),
})}`,
  };
}

function columnsOf(screens: RowScreens, ops: Ops, data: RowsData, frame: Frame): Column<AnyRow>[] {
  const { t } = frame;
  const [head = "", ...others] = screens.columns;
  const label = (name: string) => fieldWords(t, ops.add.name, name).label;
  return [
    { label: label(head), looks: "c-key", cell: (row) => headCell(screens, ops, frame, head, row) },
    ...others.map((name) => ({
      label: label(name),
      cell: (row: AnyRow) => row.entry && cellWords(screens, ops, frame, name, row.entry),
    })),
    {
      label: t.rows.actions,
      looks: "c-act",
      cell: (row) => actions(screens, ops, data, frame, row),
    },
  ];
}

function headCell(screens: RowScreens, ops: Ops, frame: Frame, name: string, row: AnyRow): Html {
  const { t } = frame;
  if (!row.entry) {
    return html`<span class="mono">${cells(row.text)}</span> ${badge("warn", t.rows.senseless)}`;
  }
  return html`${cellWords(screens, ops, frame, name, row.entry)}${!row.on && html` ${badge("held", t.rows.off)}`}${standingNote(frame, row.standing)}`;
}

function cellWords(
  { cell }: RowScreens,
  ops: Ops,
  frame: Frame,
  name: string,
  entry: Readonly<Record<string, unknown>>,
): Words | null {
  const own = cell?.(frame, name, entry);
  if (own !== undefined) return own;
  const value = entry[name];
  if (value === undefined || value === null || value === "") return null;
  const words = (one: unknown) => shown(valueWords(frame.t, ops.add.name, name, String(one)));
  if (typeof value === "boolean") return value ? frame.t.rows.yes : frame.t.rows.no;
  if (!Array.isArray(value)) return words(value);
  return html`${value.map((one, at) => html`${at > 0 && frame.t.listComma}${words(one)}`)}`;
}

function actions(screens: RowScreens, ops: Ops, data: RowsData, frame: Frame, row: AnyRow): Html {
  const { t, may } = frame;
  if (screens.fixed?.(frame, row)) return html`<div class="row"></div>`;
  const name = String(row.entry?.[screens.columns[0] ?? ""] ?? row.text);
  const to = (rest: string) => pathTo(screens.path, data.params, `/${row.id}${rest}`);
  const label = (words: string) => fillText(words, { name });
  const small = (words: string, aria: string, href: string) =>
    html`<a class="btn sm" href="${frame.link(href)}" aria-label="${label(aria)}">${words}</a>`;
  return html`<div class="row">${ops.move && row.standing !== null && may.use(ops.move.name) && movers(frame, to("/move"), neighbours(data, row), label)}${
    ops.turn &&
    row.entry &&
    may.use(ops.turn.name) &&
    postButton(frame, to("/turn"), row.on ? t.rows.turnOff : t.rows.turnOn, {
      looks: "btn sm",
      label: label(row.on ? t.rows.turnOffLabel : t.rows.turnOnLabel),
      fields: { on: row.on ? "false" : "true" },
    })
  }${row.entry && may.use(ops.change.name) && small(t.rows.change, t.rows.changeLabel, to("/change"))}${
    may.use(ops.remove.name) && small(t.rows.remove, t.rows.removeLabel, to("/remove"))
  }</div>`;
}

/** Where a step up or down leads; `undefined` where none can be offered: at an end, or beside rows that are not shown. */
function neighbours(
  { page, query }: RowsData,
  row: AnyRow,
): { up: string | undefined; down: string | undefined } {
  if ((query["search"] ?? "") !== "") return { up: undefined, down: undefined };
  const at = page.items.indexOf(row);
  const next = page.items[at + 1];
  const afterNext = page.items[at + 2];
  return {
    up: page.items[at - 1]?.id,
    // The end of the file has no row to stand before.
    down: next === undefined ? undefined : (afterNext?.id ?? (page.next === null ? "" : undefined)),
  };
}

function movers(
  frame: Frame,
  path: string,
  { up, down }: { up: string | undefined; down: string | undefined },
  label: (words: string) => string,
): Html {
  const { t } = frame;
  const button = (before: string | undefined, sign: string, words: string) =>
    before !== undefined &&
    postButton(frame, path, sign, {
      looks: "btn sm",
      label: label(words),
      fields: { before },
      review: false,
    });
  return html`${button(up, "↑", t.rows.moveUpLabel)}${button(down, "↓", t.rows.moveDownLabel)}`;
}
