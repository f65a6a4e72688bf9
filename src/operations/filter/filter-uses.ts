import type { Context } from "../../kernel/context.ts";
import { entriesOf, tableIn } from "../../settings/entries.ts";
import { FILES } from "../../tab/files.ts";

export const FILTERS_FOLDER = "filters";

/** How many lines of `filters.in.tab` and `filters.out.tab` name each file, switched off or not. */
export async function filterUses(ctx: Context): Promise<ReadonlyMap<string, number>> {
  const uses = new Map<string, number>();
  for (const table of [FILES.filtersIn, FILES.filtersOut]) {
    const bytes = await ctx.xmail.files.read(table.path, ctx);
    for (const { cells } of entriesOf(tableIn(bytes, table), (cells) => cells.length >= 5)) {
      const file = cells[4];
      if (file !== undefined) uses.set(file, (uses.get(file) ?? 0) + 1);
    }
  }
  return uses;
}
