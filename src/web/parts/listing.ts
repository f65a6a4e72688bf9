import type { Page } from "../../operations/paging.ts";
import { inputFrom } from "../form-input.ts";
import { type Html, html, type Words } from "../html.ts";
import type { Ask, Frame } from "../page.ts";
import { activeFilters } from "./chips.ts";
import { empty } from "./empty.ts";
import { refusalSummary } from "./flash.ts";
import { pager } from "./pager.ts";
import { type Column, table } from "./table.ts";

export interface Listed<R> {
  /** What the address asks for; empty parts are absent. */
  readonly query: Readonly<Record<string, string>>;
  readonly page: Page<R>;
}

export function queryOf({ visit }: Ask, names: readonly string[]): Record<string, string> {
  return inputFrom(visit.query, [], [...names, "cursor"]);
}

/** For an address that asks for what cannot be. */
export function nothingListed(query: Record<string, string>): Listed<never> {
  return { query, page: { items: [], total: 0, first: 0, next: null, previous: null } };
}

interface Parts<R> {
  readonly path: string;
  readonly caption: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly toolbar: Html;
  /** Names of the query that narrow the list, with the words before their value. */
  readonly filters: Readonly<Record<string, string>>;
  readonly columns: readonly Column<R>[];
  /** When nothing was ever added. */
  readonly none: Html;
  /** When the filters leave nothing. */
  readonly noMatch: Words;
}

/** The body of every list: search, filters that are on, the rows or why there are none, and the pages. */
export function listing<R>(frame: Frame, { query, page }: Listed<R>, parts: Parts<R>): Html {
  const link = (changes: Record<string, string | null>) =>
    frame.link(parts.path, { ...query, cursor: null, ...changes });
  const filters = Object.entries(parts.filters).map(([name, label]) => ({
    label,
    value: query[name] ?? "",
    without: link({ [name]: null }),
  }));
  const narrowed = filters.some(({ value }) => value !== "");
  if (page.total === 0 && !narrowed && !frame.refusal) return parts.none;
  return html`${refusalSummary(frame, parts.labels, { changes: false })}
${parts.toolbar}
${activeFilters(frame, filters)}
${
  page.items.length === 0
    ? nothingHere(frame, parts, page.total, link)
    : html`${table(parts.caption, parts.columns, page.items)}${pager(frame, page, (cursor) => link({ cursor }))}`
}`;
}

export function isNarrowed(query: Readonly<Record<string, string>>, names: readonly string[]): boolean {
  return names.some((name) => (query[name] ?? "") !== "");
}

function nothingHere<R>(
  frame: Frame,
  { path, noMatch }: Parts<R>,
  total: number,
  link: (changes: Record<string, string | null>) => string,
): Html | null {
  const { t, refusal } = frame;
  if (refusal) return html`<p><a class="btn" href="${frame.link(path)}">${t.list.showAll}</a></p>`;
  if (total > 0) {
    const back = html`<a class="btn" href="${link({})}">${t.list.beginning}</a>`;
    return empty(t.list.emptyPage, t.list.emptyPageText, [back]);
  }
  return empty(noMatch, null, [html`<a class="btn" href="${frame.link(path)}">${t.list.showAll}</a>`]);
}
