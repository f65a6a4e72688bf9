import { foldName } from "./names.ts";

/** Which rows of a table may be seen by whom it is for. */
export interface Sight<R> {
  /** Of a domain: all its rows, none, or what `row` says of each. */
  domain(domain: string): "all" | "none" | "some";
  row(row: R): boolean;
}

/** One page out of many rows, as the store is asked for it: it may know a shorter way than to look at all of them. */
export interface RowsRequest<R, S extends string = string> {
  /** Only rows of this domain, exactly. */
  readonly domain?: string;
  /** Only rows of this group. */
  readonly group?: string;
  /** Part of the row's text; upper and lower case are alike, blanks around it do not count. */
  readonly search?: string;
  readonly sort: S;
  readonly descending?: boolean;
  readonly limit: number;
  /** The neighbour of the page, by its sort key; absent: the first page. */
  readonly from?: { readonly side: "after" | "before"; readonly key: string };
  /** Absent: all. */
  readonly sight?: Sight<R>;
}

export interface RowsPage<R> {
  readonly items: readonly { readonly key: string; readonly row: R }[];
  /** Rows that fit, on all pages. */
  readonly total: number;
  /** How many of them stand before this page. */
  readonly start: number;
}

/** What a page needs to know of a row. Keys are unique in a list, and compared by code units: the same on every machine. */
export interface RowKind<R, S extends string> {
  domain(row: R): string;
  text(row: R): string;
  /** Rows may be of several groups, which are counted apart. */
  readonly groups: readonly string[];
  group(row: R): string;
  key(row: R, sort: S): string;
}

/** The page out of rows that are at hand; looks at each of them. */
export function pageOfRows<R, S extends string>(
  rows: Iterable<R>,
  kind: RowKind<R, S>,
  request: RowsRequest<R, S>,
): RowsPage<R> {
  const fits = fitting(kind, request);
  const keyed: Keyed<R>[] = [];
  for (const row of rows) if (fits(row)) keyed.push({ key: kind.key(row, request.sort), row });
  return cutKeyed(keyed, request);
}

function fitting<R, S extends string>(
  kind: RowKind<R, S>,
  { domain, group, search = "", sight }: RowsRequest<R, S>,
): (row: R) => boolean {
  const wanted = foldName(search.trim());
  const home = domain === undefined ? null : foldName(domain);
  const seen = new Map<string, "all" | "none" | "some">();
  const visible = (row: R, of: Sight<R>) => {
    const name = foldName(kind.domain(row));
    const sees = seen.get(name) ?? of.domain(name);
    seen.set(name, sees);
    return sees === "all" || (sees === "some" && of.row(row));
  };
  return (row) =>
    (home === null || foldName(kind.domain(row)) === home) &&
    (group === undefined || kind.group(row) === group) &&
    (wanted === "" || foldName(kind.text(row)).includes(wanted)) &&
    (!sight || visible(row, sight));
}

interface Keyed<R> {
  readonly key: string;
  readonly row: R;
}

/** Cuts one page out of rows with their keys, in any order. */
export function cutKeyed<R>(
  keyed: readonly Keyed<R>[],
  { from, limit, descending = false }: Pick<RowsRequest<R>, "from" | "limit" | "descending">,
): RowsPage<R> {
  const sign = descending ? -1 : 1;
  const compare = (a: { readonly key: string }, b: { readonly key: string }) =>
    sign * compareKeys(a.key, b.key);
  const total = keyed.length;
  if (!from) return { items: firstOf(keyed, limit, compare), total, start: 0 };
  if (from.side === "after") {
    const later = keyed.filter((row) => compare(row, from) > 0);
    return { items: firstOf(later, limit, compare), total, start: total - later.length };
  }
  const earlier = keyed.filter((row) => compare(row, from) < 0);
  const items = firstOf(earlier, limit, (a, b) => compare(b, a)).reverse();
  return { items, total, start: earlier.length - items.length };
}

export function compareKeys(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The first `count` in order, without sorting the other 50,000. */
function firstOf<K>(keyed: readonly K[], count: number, compare: (a: K, b: K) => number): K[] {
  const best: K[] = [];
  for (const row of keyed) {
    const worst = best[count - 1];
    if (worst && compare(row, worst) >= 0) continue;
    let at = best.length;
    for (let above = best[at - 1]; above && compare(row, above) < 0; above = best[at - 1]) at -= 1;
    best.splice(at, 0, row);
    if (best.length > count) best.pop();
  }
  return best;
}
