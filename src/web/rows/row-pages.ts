import type { AnyPage } from "../page.ts";
import { rowAddPage, rowChangePage } from "./row-forms.ts";
import { rowListPage } from "./row-list.ts";
import type { RowScreens } from "./row-screens.ts";
import { rowRemovePage, rowStepPages } from "./row-steps.ts";

/** The pages of one settings table: list, add, change, remove, and what takes the buttons of the list. */
export function rowPages(screens: RowScreens): readonly AnyPage[] {
  return [
    rowListPage(screens),
    rowAddPage(screens),
    rowChangePage(screens),
    rowRemovePage(screens),
    ...rowStepPages(screens),
  ] as readonly AnyPage[];
}
