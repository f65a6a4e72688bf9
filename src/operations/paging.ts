import { failField } from "../errors/error.ts";
import { type TSchema, Type } from "../kernel/schema.ts";
import { Count, fields, orNull } from "./fields.ts";

/** The inputs every list takes. */
export const pagingFields = {
  cursor: Type.Optional(
    Type.String({ maxLength: 1000, description: "`next` or `previous` of an earlier answer" }),
  ),
  limit: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 200, description: "Rows of a page, 50 if absent" }),
  ),
};

/** The answer of every list. `first` counts from 1 and is 0 when there are no rows; cursors are `null` at the ends. */
export function pageOf<R extends TSchema>(row: R) {
  return fields({
    items: Type.Array(row),
    total: Count,
    first: Count,
    next: orNull(Type.String()),
    previous: orNull(Type.String()),
  });
}

export interface Page<T> {
  items: T[];
  total: number;
  first: number;
  next: string | null;
  previous: string | null;
}

const DEFAULT_LIMIT = 50;

/**
 * Cuts one page out of `rows`. `keyOf` gives the sort key, unique in the list: a cursor holds the key of its
 * neighbour, so rows that come or go meanwhile neither repeat nor hide others.
 */
export function cutPage<T>(
  rows: readonly T[],
  keyOf: (row: T) => string,
  request: { cursor?: string | undefined; limit?: number | undefined; descending?: boolean },
): Page<T> {
  const limit = request.limit ?? DEFAULT_LIMIT;
  const sign = request.descending ? -1 : 1;
  const compare: Compare = (a, b) => sign * compareKeys(a.key, b.key);
  const keyed = rows.map((row) => ({ key: keyOf(row), row }));
  const { cut, start } = cutAt(keyed, request.cursor, limit, compare);
  const head = cut[0];
  const last = cut.at(-1);
  return {
    items: cut.map(({ row }) => row),
    total: rows.length,
    first: head ? start + 1 : 0,
    next: last && start + cut.length < rows.length ? encodeCursor("after", last.key) : null,
    previous: head && start > 0 ? encodeCursor("before", head.key) : null,
  };
}

/** Plain code unit order: the same on every machine, whatever its locale. */
function compareKeys(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

interface Keyed {
  readonly key: string;
}
type Compare = (a: Keyed, b: Keyed) => number;

function cutAt<K extends Keyed>(
  keyed: readonly K[],
  cursor: string | undefined,
  limit: number,
  compare: Compare,
) {
  if (cursor === undefined) return { cut: firstOf(keyed, limit, compare), start: 0 };
  const { side, key } = decodeCursor(cursor);
  if (side === "after") {
    const later = keyed.filter((row) => compare(row, { key }) > 0);
    return { cut: firstOf(later, limit, compare), start: keyed.length - later.length };
  }
  const earlier = keyed.filter((row) => compare(row, { key }) < 0);
  const cut = firstOf(earlier, limit, (a, b) => compare(b, a)).reverse();
  return { cut, start: earlier.length - cut.length };
}

/** The first `count` in order, without sorting the other 50,000. */
function firstOf<K extends Keyed>(keyed: readonly K[], count: number, compare: Compare): K[] {
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

function encodeCursor(side: "after" | "before", key: string): string {
  return Buffer.from(`${side}:${key}`).toString("base64url");
}

function decodeCursor(cursor: string): { side: "after" | "before"; key: string } {
  const text = Buffer.from(cursor, "base64url").toString();
  const [, side, key] = /^(after|before):(.*)$/s.exec(text) ?? [];
  if (key === undefined) failField("cursor", "cursor", "cursor is not one that a list gave out.");
  return { side: side as "after" | "before", key };
}
