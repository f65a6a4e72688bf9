import { fail, failField } from "../../errors/error.ts";
import { defineOperation } from "../../kernel/operation.ts";
import { problemsOf, Type } from "../../kernel/schema.ts";
import { SERVER } from "../../kernel/target.ts";
import { entriesOf, tableIn } from "../../settings/entries.ts";
import { FILES } from "../../tab/files.ts";
import { pathOf } from "../../tab/table-file.ts";
import { Count, fields, Search } from "../fields.ts";
import { cutPage, pageOf, pagingFields } from "../paging.ts";
import { searchFor } from "../search.ts";
import { FilterFile, NewFilterFile } from "./filter-fields.ts";
import { FILTERS_FOLDER, filterUses } from "./filter-uses.ts";

/** An empty file would be deleted by XMail's control port. */
const NEW_FILE = "# Programs run from the first to the last.\n";

const Row = fields({
  file: Type.String({ description: "Name below filters/" }),
  there: Type.Boolean({ description: "False: a table names the file, but it is missing" }),
  entries: Count,
  uses: Type.Integer({ minimum: 0, description: "Lines of filters.in.tab and filters.out.tab that name it" }),
});

export const filterFileList = defineOperation({
  name: "filterFile.list",
  summary: "List the files of filters, also those that a table names and that are missing",
  effect: "read",
  input: fields({ search: Type.Optional(Search), ...pagingFields }),
  output: pageOf(Row),
  errors: [],
  http: "GET /filter-files",
  target: () => SERVER,
  async handler(ctx, { search, cursor, limit }) {
    const wanted = searchFor(search);
    const uses = await filterUses(ctx);
    const there = new Set(await ctx.xmail.files.list(FILTERS_FOLDER, ctx));
    const names = [...new Set([...there, ...uses.keys()])].filter(
      (file) => wanted(file) && problemsOf(fields({ file: FilterFile }), { file }).length === 0,
    );
    const page = cutPage(names, (file) => file, { cursor, limit });
    const items = [];
    for (const file of page.items) {
      const bytes = there.has(file) ? await ctx.xmail.files.read(placeOf(file), ctx) : null;
      const entries = entriesOf(tableIn(bytes, FILES.filter), null).length;
      items.push({ file, there: there.has(file), entries, uses: uses.get(file) ?? 0 });
    }
    return { ...page, items };
  },
});

export const filterFileAdd = defineOperation({
  name: "filterFile.add",
  summary: "Add a file of filters",
  effect: "write",
  input: fields({ file: NewFilterFile }),
  output: fields({ file: Type.String() }),
  errors: ["ENTRY_EXISTS", "FILE_CHANGED"],
  http: "POST /filter-files",
  target: () => SERVER,
  async handler(ctx, { file }) {
    await ctx.xmail.files.edit(
      placeOf(file),
      (bytes) => (bytes === null ? Buffer.from(NEW_FILE) : fail("ENTRY_EXISTS")),
      ctx,
    );
    return { file };
  },
});

export const filterFileRemove = defineOperation({
  name: "filterFile.remove",
  summary: "Remove a file of filters that no table names",
  effect: "destroy",
  input: fields({ file: FilterFile }),
  output: fields({ file: Type.String() }),
  errors: ["NOT_FOUND", "FILE_CHANGED"],
  http: "DELETE /filter-files/{file}",
  target: () => SERVER,
  async handler(ctx, { file }) {
    const uses = (await filterUses(ctx)).get(file) ?? 0;
    if (uses > 0) {
      failField("file", "filter-in-use", "Remove the rules that name this file first.", uses);
    }
    await ctx.xmail.files.edit(placeOf(file), (bytes) => (bytes === null ? fail("NOT_FOUND") : null), ctx);
    return { file };
  },
});

function placeOf(file: string): string {
  return pathOf(FILES.filter, { file });
}
