import { failField } from "../errors/error.ts";
import { type TSchema, Type } from "../kernel/schema.ts";
import { cutKeyed, type RowsPage } from "../xmail/rows-page.ts";
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
  { descending = false, ...request }: PageRequest & { descending?: boolean },
): Page<T> {
  const keyed = rows.map((row) => ({ key: keyOf(row), row }));
  return pageFrom(cutKeyed(keyed, { ...placeOf(request), descending }));
}

interface PageRequest {
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
}

/** What a store is asked for: where the page begins and how long it is. `INVALID_INPUT` for a cursor of nobody. */
export function placeOf({ cursor, limit = DEFAULT_LIMIT }: PageRequest) {
  return { limit, ...(cursor === undefined ? {} : { from: decodeCursor(cursor) }) };
}

/** The answer of a list out of what a store gave. */
export function pageFrom<T>({ items, total, start }: RowsPage<T>): Page<T> {
  const head = items[0];
  const last = items.at(-1);
  return {
    items: items.map(({ row }) => row),
    total,
    first: head ? start + 1 : 0,
    next: last && start + items.length < total ? encodeCursor("after", last.key) : null,
    previous: head && start > 0 ? encodeCursor("before", head.key) : null,
  };
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
