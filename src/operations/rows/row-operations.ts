import { fail } from "../../errors/error.ts";
import { defineOperation, type Operation } from "../../kernel/operation.ts";
import { type TUnsafe, Type } from "../../kernel/schema.ts";
import type { Edited } from "../../settings/edit-entries.ts";
import { fields as object, orNull, Search } from "../fields.ts";
import { cutPage, type Page, pageOf, pagingFields } from "../paging.ts";
import { searchFor } from "../search.ts";
import { type AnyRowTable, editRows, outputsOf, readEntries } from "./row-edit.ts";
import { Confirm, changeFields, RowId, type RowOutput, rowOutput } from "./row-schema.ts";
import type { Changed, Fields, RowTable, Shown, Values } from "./row-table.ts";

export interface Paging {
  readonly search?: string;
  readonly cursor?: string;
  readonly limit?: number;
}
export interface Confirmed {
  readonly confirm?: string;
}

type Op<I, O> = Operation<TUnsafe<I>, TUnsafe<O>>;

/** The operations of one settings table. A table that is not `ordered` leaves `move` out of `operations/table.ts`. */
export interface RowOperations<K extends Fields, F extends Fields, S extends string> {
  readonly list: Op<Values<K> & Paging, Page<RowOutput<Shown<F, S>>>>;
  readonly add: Op<Values<K> & Values<F> & Confirmed & { readonly before?: string }, RowOutput<Shown<F, S>>>;
  readonly change: Op<
    Values<K> & Changed<F, S> & Confirmed & { readonly id: string },
    RowOutput<Shown<F, S>>
  >;
  readonly remove: Op<Values<K> & Confirmed & { readonly id: string }, { readonly id: string }>;
  readonly move: Op<
    Values<K> & Confirmed & { readonly id: string; readonly before: string | null },
    RowOutput<Shown<F, S>>
  >;
  readonly turn: Op<
    Values<K> & Confirmed & { readonly id: string; readonly on: boolean },
    RowOutput<Shown<F, S>>
  >;
}

/** In the order in which they decide, where there is one; what XMail cannot read stands at the end. */
function placeOf({ line, standing }: RowOutput<unknown>): string {
  return `${standing === null ? 1 : 0}${String(standing?.rank ?? line).padStart(9, "0")}`;
}

function outputAfter<F extends Fields, S extends string>(table: AnyRowTable<F, S>, { bytes, entry }: Edited) {
  const all = outputsOf(table, readEntries(table, bytes));
  return all.find(({ line }) => line === entry?.line) ?? fail("INTERNAL");
}

/** All that stands in an entry, for searching. */
function wordsIn(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "object" ? Object.values(value).map(wordsIn).join(" ") : String(value);
}

/** With its article. */
function a(noun: string): string {
  return `${/^[aeiou]/i.test(noun) ? "an" : "a"} ${noun}`;
}

/** From a description to `list`, `add`, `change`, `remove`, `move` and `turn` (switch on or off). */
export function rowOperations<
  N extends string,
  const K extends Fields,
  const F extends Fields,
  S extends string = never,
>(table: RowTable<N, K, F, S>): RowOperations<K, F, S> {
  const { noun, one, many, http, key, fields, secrets } = table;
  const plain = table as unknown as AnyRowTable<F, S>;
  const output = rowOutput(fields, secrets, table.standing !== undefined);
  const confirm = table.guard ? { confirm: Type.Optional(Confirm) } : {};
  const common = {
    effect: "write" as const,
    output,
    errors: [
      "CONFLICT",
      "ENTRY_EXISTS",
      "CELL_NOT_WRITABLE",
      "FILE_CHANGED",
      ...(table.errors ?? []),
    ] as const,
    target: (input: unknown) => table.target(input as Values<K>),
  };
  type Given = Values<K> & Changed<F, S> & Confirmed & { id: string; before?: string | null; on: boolean };
  const placed = async (ctx: Parameters<RowTable<N, K, F, S>["place"]>[0], given: Given) => ({
    path: await table.place(ctx, given),
    key: given,
    confirm: given.confirm,
  });
  const operations = {
    list: defineOperation({
      name: `${noun}.list`,
      summary: `List ${many}, in the order ${table.arrangement ? "in which they decide" : "of the file"}`,
      effect: "read",
      input: object({ ...key, search: Type.Optional(Search), ...pagingFields }),
      output: pageOf(output),
      errors: table.errors ?? [],
      http: `GET ${http}`,
      target: common.target,
      async handler(ctx, input) {
        const { search, cursor, limit } = input as Paging;
        const bytes = await ctx.xmail.files.read(await table.place(ctx, input as Values<K>), ctx);
        const wanted = searchFor(search);
        const rows = outputsOf(plain, readEntries(plain, bytes)).filter(({ entry, text }) =>
          wanted(`${wordsIn(entry)} ${text}`),
        );
        return cutPage(rows, placeOf, { cursor, limit }) as never;
      },
    }),
    add: defineOperation({
      ...common,
      name: `${noun}.add`,
      summary: `Add ${a(one)}`,
      input: object({
        ...key,
        ...fields,
        before: Type.Optional(RowId),
        ...confirm,
      }),
      http: `POST ${http}`,
      async handler(ctx, input) {
        const given = input as unknown as Given;
        const edited = await editRows(ctx, plain, await placed(ctx, given), (entries) => ({
          do: "add",
          ...(table.arrangement?.add(given, entries, given.before ?? undefined) ?? {
            cells: table.write(given, null),
            before: given.before ?? null,
          }),
        }));
        return outputAfter(plain, edited) as never;
      },
    }),
    change: defineOperation({
      ...common,
      name: `${noun}.change`,
      summary: `Change ${a(one)}`,
      input: object({ ...key, id: RowId, ...changeFields(fields, secrets), ...confirm }),
      http: `PUT ${http}/{id}`,
      async handler(ctx, input) {
        const given = input as unknown as Given;
        const edited = await editRows(ctx, plain, await placed(ctx, given), (entries) => ({
          do: "replace",
          id: given.id,
          cells: table.write(given, entries.find(({ id }) => id === given.id)?.cells ?? null),
        }));
        return outputAfter(plain, edited) as never;
      },
    }),
    remove: defineOperation({
      ...common,
      name: `${noun}.remove`,
      summary: `Remove ${a(one)}`,
      effect: "destroy",
      input: object({ ...key, id: RowId, ...confirm }),
      output: object({ id: RowId }),
      http: `DELETE ${http}/{id}`,
      async handler(ctx, input) {
        const given = input as unknown as Given;
        await editRows(ctx, plain, await placed(ctx, given), () => ({ do: "remove", id: given.id }));
        return { id: given.id };
      },
    }),
    move: defineOperation({
      ...common,
      name: `${noun}.move`,
      summary: `Move ${a(one)} before another one, or to the end`,
      input: object({ ...key, id: RowId, before: orNull(RowId), ...confirm }),
      http: `POST ${http}/{id}/move`,
      async handler(ctx, input) {
        const given = input as unknown as Given;
        const before = given.before ?? null;
        const edited = await editRows(ctx, plain, await placed(ctx, given), (entries) => {
          const cells = table.arrangement?.move(entries, given.id, before);
          return cells ? { do: "rewrite", id: given.id, cells } : { do: "move", id: given.id, before };
        });
        return outputAfter(plain, edited) as never;
      },
    }),
    turn: defineOperation({
      ...common,
      name: `${noun}.turn`,
      summary: `Switch ${a(one)} off, or on again`,
      input: object({ ...key, id: RowId, on: Type.Boolean({ description: "On or off" }), ...confirm }),
      http: `POST ${http}/{id}/turn`,
      async handler(ctx, input) {
        const given = input as unknown as Given;
        const { id, on } = given;
        const edited = await editRows(ctx, plain, await placed(ctx, given), () => ({ do: "switch", id, on }));
        return outputAfter(plain, edited) as never;
      },
    }),
  };
  return operations as unknown as RowOperations<K, F, S>;
}
