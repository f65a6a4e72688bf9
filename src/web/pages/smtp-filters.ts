import { filterPostData, filterPostRcpt, filterPreData } from "../../operations/filter/smtp-filters.ts";
import { html } from "../html.ts";
import { exitCodes } from "../parts/exit-codes.ts";
import { filterCell, pathWarning } from "../parts/program-words.ts";
import { rowPages } from "../rows/row-pages.ts";
import type { RowScreens } from "../rows/row-screens.ts";

const screens = (
  operations: RowScreens["operations"],
  path: string,
  words: RowScreens["words"],
): RowScreens => ({
  operations,
  path,
  words,
  columns: ["program", "arguments"],
  cell: filterCell,
  above: (frame, { page }) => html`${exitCodes(frame, "smtp")}${pathWarning(frame, page.items)}`,
});

export const filtersPostRcpt = screens(filterPostRcpt, "/filters-post-rcpt", "filterPostRcpt");
export const filtersPreData = screens(filterPreData, "/filters-pre-data", "filterPreData");
export const filtersPostData = screens(filterPostData, "/filters-post-data", "filterPostData");

export const smtpFilterPages = [filtersPostRcpt, filtersPreData, filtersPostData].flatMap(rowPages);
