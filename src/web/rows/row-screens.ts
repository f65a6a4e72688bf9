import type { AnyOperation, Operation } from "../../kernel/operation.ts";
import type { TSchema } from "../../kernel/schema.ts";
import type { Page as PageOfRows } from "../../operations/paging.ts";
import type { RowOutput } from "../../operations/rows/row-schema.ts";
import type { Html, Words } from "../html.ts";
import type { Ask, Frame, Params } from "../page.ts";
import type { Crumb } from "../parts/page-head.ts";
import type { Text } from "../text/en.ts";

/** An entry whose fields are read off the operation, not known by their type. */
export type AnyRow = RowOutput<Readonly<Record<string, unknown>>>;
type AnyOp = Operation<TSchema, TSchema>;

/** The operations of a table, whatever their types; `rowOperations` makes them. */
export interface AnyRowOperations {
  readonly list: unknown;
  readonly add: unknown;
  readonly change: unknown;
  readonly remove: unknown;
  readonly move?: unknown;
  readonly turn?: unknown;
}

/** What the pages of one settings table need to be told; the rest is read off the operations and `text/`. */
export interface RowScreens {
  readonly operations: AnyRowOperations;
  /** `/banned-senders`; a keyed table has its key in it: `/accounts/:domain/:name/ip-rules`. */
  readonly path: string;
  /** Words of this table in `t.rows`. */
  readonly words: keyof Text["rows"]["tables"];
  /** Fields in the list, the first is the row's header; the form has all of them. */
  readonly columns: readonly string[];
  /** Fields in the form and their order; all of the operation `add`, if absent. */
  readonly form?: readonly string[];
  /** What a column shows, where the value alone says too little; `undefined`: the value alone. */
  readonly cell?: (
    frame: Frame,
    name: string,
    entry: Readonly<Record<string, unknown>>,
  ) => Words | null | undefined;
  readonly crumbs?: (frame: Frame, params: Params) => readonly Crumb[];
  /** Stands above the list: a warning, a form that asks something. */
  readonly above?: (frame: Frame, data: RowsData) => Html | null;
  /** Further data for `above`. */
  readonly more?: (ask: Ask) => Promise<unknown>;
  /** Rows that this person can do nothing to. */
  readonly fixed?: (frame: Frame, row: AnyRow) => boolean;
  /** Further buttons beside "Add". */
  readonly actions?: (frame: Frame, params: Params) => readonly (Html | false)[];
}

export interface RowsData {
  readonly query: Readonly<Record<string, string>>;
  readonly page: PageOfRows<AnyRow>;
  readonly params: Params;
  readonly more: unknown;
}

export interface RowData {
  readonly row: AnyRow;
  readonly params: Params;
}

/** The operations as the pages call them. */
export interface Ops {
  readonly list: AnyOp;
  readonly add: AnyOp;
  readonly change: AnyOp;
  readonly remove: AnyOp;
  readonly move: AnyOp | null;
  readonly turn: AnyOp | null;
}

/** `ordered` and `switchable` show in which operations the table is given with. */
export function opsOf({ operations: { list, add, change, remove, move, turn } }: RowScreens): Ops {
  return { list, add, change, remove, move: move ?? null, turn: turn ?? null } as Ops;
}

/** Names of the fields people fill in. */
export function formFields({ form, path }: RowScreens, operation: Pick<AnyOperation, "input">): string[] {
  const key = [...path.matchAll(/:(\w+)/g)].map(([, name = ""]) => name);
  const apart = [...key, "id", "before", "confirm"];
  const all = Object.keys((operation.input as { properties?: Record<string, unknown> }).properties ?? {});
  return all.filter((name) => !apart.includes(name) && (form?.includes(name) ?? true));
}

/** The path with its key filled in, and what follows. */
export function pathTo(path: string, params: Params, rest = ""): string {
  return (
    path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent((params[name] ?? "").toWellFormed())) +
    rest
  );
}

/** The key of a keyed table, as input. */
export function keyOf(path: string, params: Params): Record<string, string> {
  return Object.fromEntries([...path.matchAll(/:(\w+)/g)].map(([, name = ""]) => [name, params[name] ?? ""]));
}
