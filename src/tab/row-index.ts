import { foldName } from "../xmail/names.ts";
import { compareKeys, type RowKind, type RowsPage, type RowsRequest } from "../xmail/rows-page.ts";
import { eachRow, type Row, rowAt, type TableFormat } from "./codec.ts";

/** How the rows of one table are found again: what a page asks of them, and how a row is made of its line. */
export interface Indexed<R, S extends string> extends RowKind<R, S> {
  readonly format: TableFormat;
  /** `null` for lines in which XMail sees no such row. */
  read(row: Row): R | null;
  /** The order that is kept; the others are made of it. */
  readonly sort: S;
  /** What another order puts ahead of this one: `"domain"`, or a small number of the row. */
  readonly ahead: Readonly<Record<string, "domain" | ((row: R) => number)>>;
}

/**
 * A large table made ready for pages: the file's bytes, where each row begins, the texts to search in, and the orders.
 * Rows are read from the bytes when they are shown, so that 500,000 of them take 100 MB and not a gigabyte.
 */
export interface RowIndex<R, S extends string> {
  page(request: RowsRequest<R, S>): RowsPage<R>;
  /** The first row, in the order of the file, whose key of the kept order is this one. */
  find(key: string): R | null;
  /** How many rows a domain (in lower case) has of each group, in the order of `groups`. */
  readonly counts: ReadonlyMap<string, readonly number[]>;
}

export function indexRows<R, S extends string>(bytes: Uint8Array, kind: Indexed<R, S>): RowIndex<R, S> {
  const { starts, domains, domainOf, groupOf, texts, keys } = readAll(bytes, kind);
  const count = starts.length;
  const row = (at: number): R => kind.read(rowAt(bytes, starts[at] ?? 0, kind.format) ?? EMPTY) as R;
  const orders = new Map<string, Uint32Array>();

  function orderBy(sort: S): Uint32Array {
    const known = orders.get(sort);
    if (known) return known;
    const kept = orders.get(kind.sort) ?? new Uint32Array();
    const ahead = kind.ahead[sort];
    const ranks = ranksOf(domains);
    const rank = (at: number) =>
      ahead === "domain" ? (ranks[domainOf[at] ?? 0] ?? 0) : ahead ? ahead(row(at)) : 0;
    const of = Uint32Array.from({ length: count }, (_, at) => rank(at));
    const order = Uint32Array.from(kept).sort((a, b) => (of[a] ?? 0) - (of[b] ?? 0));
    orders.set(sort, order);
    return order;
  }

  orders.set(kind.sort, sorted(keys));
  return {
    page: (request) => cut(request, { orderBy, row, domains, domainOf, groupOf, texts, kind, count }),
    find(key) {
      const order = orderBy(kind.sort);
      const at = lowerBound(
        count,
        (place) => compareKeys(kind.key(row(order[place] ?? 0), kind.sort), key) < 0,
      );
      if (at === count) return null;
      const found = row(order[at] ?? 0);
      return kind.key(found, kind.sort) === key ? found : null;
    },
    counts: countsOf(domains, domainOf, groupOf),
  };
}

const EMPTY: Row = { raw: "", cells: [] };

interface Read {
  readonly starts: Uint32Array;
  readonly domains: readonly string[];
  /** Place in `domains`, of each row. */
  readonly domainOf: Uint32Array;
  readonly groupOf: Uint8Array;
  readonly texts: Texts;
  /** Of the kept order, by the place in the file. */
  readonly keys: readonly string[];
}

function readAll<R, S extends string>(bytes: Uint8Array, kind: Indexed<R, S>): Read {
  const starts: number[] = [];
  const domains: string[] = [];
  const known = new Map<string, number>();
  const domainOf: number[] = [];
  const groupOf: number[] = [];
  const texts = newTexts(Math.ceil(bytes.length / 2));
  const keys: string[] = [];
  for (const { start, row } of eachRow(bytes, kind.format)) {
    const read = kind.read(row);
    if (read === null) continue;
    const domain = foldName(kind.domain(read));
    const place = known.get(domain) ?? domains.push(domain) - 1;
    known.set(domain, place);
    starts.push(start);
    domainOf.push(place);
    groupOf.push(kind.groups.indexOf(kind.group(read)));
    texts.add(foldName(kind.text(read)));
    keys.push(flat(kind.key(read, kind.sort)));
  }
  return {
    starts: Uint32Array.from(starts),
    domains,
    domainOf: Uint32Array.from(domainOf),
    groupOf: Uint8Array.from(groupOf),
    texts: texts.done(),
    keys,
  };
}

/** All texts one after the other, in UTF-8, each with a line feed behind it: one search for all rows. */
interface Texts {
  readonly all: Buffer;
  readonly ends: Uint32Array;
}

const LINE_FEED = 0x0a;

/** `room`: a guess at their bytes; what is not used costs nothing. */
function newTexts(room: number) {
  let all = Buffer.allocUnsafe(room);
  let length = 0;
  const ends: number[] = [];
  return {
    add(text: string): void {
      const longest = 3 * text.length + 1;
      if (length + longest > all.length) all = Buffer.concat([all, Buffer.allocUnsafe(all.length + longest)]);
      length += all.write(text, length);
      all[length] = LINE_FEED;
      length += 1;
      ends.push(length);
    },
    done: (): Texts => ({ all: all.subarray(0, length), ends: Uint32Array.from(ends) }),
  };
}

/** 1 for each row whose text holds `wanted`. */
function holding({ all, ends }: Texts, wanted: string): Uint8Array {
  const found = new Uint8Array(ends.length);
  if (wanted.includes("\n")) return found;
  const bytes = Buffer.from(wanted);
  let row = 0;
  for (let at = all.indexOf(bytes); at !== -1; at = all.indexOf(bytes, ends[row])) {
    while ((ends[row] ?? 0) <= at) row += 1;
    found[row] = 1;
  }
  return found;
}

/** Put together from pieces of a line, a string would keep the whole line in memory. */
function flat(text: string): string {
  return Buffer.from(text).toString();
}

function sorted(keys: readonly string[]): Uint32Array {
  const order = Uint32Array.from(keys, (_, at) => at);
  // Of rows with one key the first of the file stays first.
  return order.sort((a, b) => compareKeys(keys[a] ?? "", keys[b] ?? "") || a - b);
}

function ranksOf(domains: readonly string[]): Uint32Array {
  const ranks = new Uint32Array(domains.length);
  for (const [rank, place] of sorted(domains).entries()) ranks[place] = rank;
  return ranks;
}

function countsOf(domains: readonly string[], domainOf: Uint32Array, groupOf: Uint8Array) {
  const counts = domains.map((): number[] => []);
  for (const [at, place] of domainOf.entries()) {
    const of = counts[place];
    const group = groupOf[at] ?? 0;
    if (of) of[group] = (of[group] ?? 0) + 1;
  }
  return new Map(domains.map((domain, place) => [domain, counts[place] ?? []]));
}

interface Ground<R, S extends string> extends Pick<Read, "domains" | "domainOf" | "groupOf" | "texts"> {
  readonly kind: RowKind<R, S>;
  readonly count: number;
  orderBy(sort: S): Uint32Array;
  row(at: number): R;
}

function cut<R, S extends string>(request: RowsRequest<R, S>, ground: Ground<R, S>): RowsPage<R> {
  const { count, row, kind } = ground;
  const { sort, descending = false, limit, from } = request;
  const order = ground.orderBy(sort);
  const at = (place: number) => order[descending ? count - 1 - place : place] ?? 0;
  const fits = fitting(request, ground);
  const keyAt = (place: number) => kind.key(row(at(place)), sort);
  const sign = descending ? -1 : 1;
  /** The first place at or behind the neighbour. */
  const edge = from
    ? lowerBound(count, (place) => {
        const against = sign * compareKeys(keyAt(place), from.key);
        return from.side === "after" ? against <= 0 : against < 0;
      })
    : 0;
  const before = from?.side === "before";
  const places: number[] = [];
  let ahead = 0;
  let total = 0;
  for (let place = 0; place < count; place += 1) {
    if (!fits(at(place))) continue;
    total += 1;
    if (place < edge) {
      ahead += 1;
      if (before) places.push(place);
    } else if (!before && places.length < limit) places.push(place);
  }
  const shown = before ? places.slice(-limit) : places;
  const items = shown.map((place) => ({ key: keyAt(place), row: row(at(place)) }));
  return { items, total, start: before ? ahead - items.length : ahead };
}

/** Whether the row at a place of the file fits. */
function fitting<R, S extends string>(
  { domain, group, search = "", sight }: RowsRequest<R, S>,
  { kind, domains, domainOf, groupOf, texts, row }: Ground<R, S>,
): (at: number) => boolean {
  const wanted = foldName(search.trim());
  const found = wanted === "" ? null : holding(texts, wanted);
  const home = domain === undefined ? null : domains.indexOf(foldName(domain));
  const only = group === undefined ? null : kind.groups.indexOf(group);
  const sees = sight ? domains.map((name) => sight.domain(name)) : null;
  return (at) => {
    const place = domainOf[at] ?? 0;
    if (home !== null && place !== home) return false;
    if (only !== null && groupOf[at] !== only) return false;
    if (found && found[at] !== 1) return false;
    return !sees || sees[place] === "all" || (sees[place] === "some" && (sight?.row(row(at)) ?? false));
  };
}

/** The first place for which `isBefore` is false; all before it are true. */
function lowerBound(count: number, isBefore: (place: number) => boolean): number {
  let low = 0;
  for (let high = count; low < high; ) {
    const middle = (low + high) >>> 1;
    if (isBefore(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
