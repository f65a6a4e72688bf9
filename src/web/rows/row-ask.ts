import { fail } from "../../errors/error.ts";
import type { Ask, Done, Frame, Params } from "../page.ts";
import type { Crumb } from "../parts/page-head.ts";
import { type AnyRow, keyOf, type Ops, pathTo, type RowData, type RowScreens } from "./row-screens.ts";

/** The entry as it is now; `CONFLICT` when somebody changed it since the list was shown. */
export async function findRow(screens: RowScreens, ops: Ops, ask: Ask): Promise<RowData> {
  const key = keyOf(screens.path, ask.params);
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = (await ask.run(ops.list, {
      ...key,
      limit: 200,
      ...(cursor === undefined ? {} : { cursor }),
    })) as { items: readonly AnyRow[]; next: string | null };
    const row = page.items.find(({ id }) => id === ask.params["id"]);
    if (row) return { row, params: ask.params };
    cursor = page.next;
  }
  return fail("CONFLICT");
}

/** What people call the entry: its columns in the list, or the line itself. */
export function nameOf({ columns }: RowScreens, { entry, text }: AnyRow): string {
  return entry
    ? columns
        .map((name) => plainWords(entry[name]))
        .filter(Boolean)
        .join("  ")
    : text;
}

/** Only what has a short form of its own; the first column always has. */
function plainWords(value: unknown): string {
  if (Array.isArray(value)) return value.every((one) => typeof one !== "object") ? value.join(" ") : "";
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

export function crumbsOf(screens: RowScreens, frame: Frame, params: Params): Crumb[] {
  const list = {
    href: frame.link(pathTo(screens.path, params)),
    words: frame.t.rows.tables[screens.words].title,
  };
  return [...(screens.crumbs?.(frame, params) ?? []), list];
}

/** What was typed to confirm, as input. */
export function confirmOf({ visit }: Ask): { confirm?: string } {
  const confirm = (visit.form.get("confirm") ?? "").trim();
  return confirm === "" ? {} : { confirm };
}

export function done(
  { path }: RowScreens,
  params: Params,
  text: "rowAdded" | "rowChanged" | "rowRemoved" | "rowMoved" | "rowOn" | "rowOff",
): Done {
  return { to: pathTo(path, params), flash: { tone: "ok", text } };
}
