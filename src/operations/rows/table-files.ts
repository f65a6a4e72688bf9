import { fail } from "../../errors/error.ts";
import { defineOperation, type Operation } from "../../kernel/operation.ts";
import { problemsOf, type TSchema, type TUnsafe, Type } from "../../kernel/schema.ts";
import type { Target } from "../../kernel/target.ts";
import { entriesOf, tableIn } from "../../settings/entries.ts";
import { Count, fields as object, Search } from "../fields.ts";
import { cutPage, type Page, pageOf, pagingFields } from "../paging.ts";
import { searchFor } from "../search.ts";

type Keyed<K extends string> = { readonly [P in K]: string };
export type TableFileRow<K extends string> = Keyed<K> & { readonly entries: number };

/** Tables of one kind that lie beside each other, a file each. */
interface TableFiles<K extends string> {
  readonly noun: string;
  readonly one: string;
  readonly many: string;
  readonly http: `/${string}`;
  readonly format: { readonly comments: boolean; readonly lineBuffer: number };
  /** Name of the key, as the rows of the table have it. */
  readonly name: K;
  readonly key: TSchema;
  readonly folder: string;
  /** The key that a file in the folder stands for; `null` for none. */
  nameOf(file: string): string | null;
  place(key: string): string;
  target(): Target;
}

/** `list` and `remove` of whole files; a file comes with its first entry. */
export function tableFiles<const K extends string>(files: TableFiles<K>) {
  const { noun, name, key, http } = files;
  const row = object({ [name]: Type.String({ description: "As the file is named" }), entries: Count });
  const list = defineOperation({
    name: `${noun}.list`,
    summary: `List ${files.many}`,
    effect: "read",
    input: object({ search: Type.Optional(Search), ...pagingFields }),
    output: pageOf(row),
    errors: [],
    http: `GET ${http}`,
    target: files.target,
    async handler(ctx, { search, cursor, limit }) {
      const wanted = searchFor(search);
      const names = (await ctx.xmail.files.list(files.folder, ctx))
        .map(files.nameOf)
        .filter((one) => one !== null)
        .filter((one) => problemsOf(object({ key }), { key: one }).length === 0 && wanted(one));
      const page = cutPage(names, (one) => one, { cursor, limit });
      const items: TableFileRow<K>[] = [];
      for (const one of page.items) {
        const bytes = await ctx.xmail.files.read(files.place(one), ctx);
        const entries = entriesOf(tableIn(bytes, files.format), null).length;
        items.push({ [name]: one, entries } as TableFileRow<K>);
      }
      return { ...page, items } as never;
    },
  });
  const remove = defineOperation({
    name: `${noun}.remove`,
    summary: `Remove all ${files.one}`,
    effect: "destroy",
    input: object({ [name]: key }),
    output: object({ [name]: Type.String() }),
    errors: ["NOT_FOUND", "FILE_CHANGED"],
    http: `DELETE ${http}/{${name}}`,
    target: files.target,
    async handler(ctx, input) {
      const one = (input as Keyed<K>)[name];
      await ctx.xmail.files.edit(
        files.place(one),
        (bytes) => (bytes === null ? fail("NOT_FOUND") : null),
        ctx,
      );
      return { [name]: one } as never;
    },
  });
  return { list, remove } as unknown as {
    readonly list: Operation<
      TUnsafe<{ search?: string; cursor?: string; limit?: number }>,
      TUnsafe<Page<TableFileRow<K>>>
    >;
    readonly remove: Operation<TUnsafe<Keyed<K>>, TUnsafe<Keyed<K>>>;
  };
}
