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
  const keyed = rows.map((row) => ({ key: keyOf(row), row }));
  keyed.sort((a, b) => sign * compareKeys(a.key, b.key));
  const start = startOf(keyed, request.cursor, limit, (key, other) => sign * compareKeys(key, other));
  const cut = keyed.slice(start, start + limit);
  const last = cut.at(-1);
  const [head] = cut;
  return {
    items: cut.map(({ row }) => row),
    total: rows.length,
    first: head ? start + 1 : 0,
    next: last && start + limit < keyed.length ? encodeCursor("after", last.key) : null,
    previous: head && start > 0 ? encodeCursor("before", head.key) : null,
  };
}

/** Plain code unit order: the same on every machine, whatever its locale. */
export function compareKeys(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function startOf(
  keyed: readonly { key: string }[],
  cursor: string | undefined,
  limit: number,
  compare: (a: string, b: string) => number,
): number {
  if (cursor === undefined) return 0;
  const { side, key } = decodeCursor(cursor);
  if (side === "after") {
    const at = keyed.findIndex((row) => compare(row.key, key) > 0);
    return at < 0 ? keyed.length : at;
  }
  const at = keyed.findIndex((row) => compare(row.key, key) >= 0);
  return Math.max(0, (at < 0 ? keyed.length : at) - limit);
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
