import { filterFileAdd, filterFileList, filterFileRemove } from "../../operations/filter/filter-files.ts";
import { filterStep } from "../../operations/filter/filter-step.ts";
import { html } from "../html.ts";
import { exitCodes } from "../parts/exit-codes.ts";
import { filterCell, pathWarning } from "../parts/program-words.ts";
import { shown } from "../parts/shown.ts";
import { crumbOf, type FileScreens, filePages } from "../rows/file-pages.ts";
import { rowPages } from "../rows/row-pages.ts";
import type { RowScreens } from "../rows/row-screens.ts";

export const filterFiles: FileScreens = {
  path: "/filter-files",
  addPath: "/add-filter-file",
  key: "file",
  words: "filterFile",
  list: filterFileList,
  add: filterFileAdd,
  remove: filterFileRemove,
};

export const filterSteps: RowScreens = {
  operations: filterStep,
  path: "/filter-files/:file",
  words: "filterStep",
  columns: ["program", "arguments"],
  crumbs: (frame) => [crumbOf(filterFiles, frame)],
  cell: filterCell,
  above: (frame, { params, page }) =>
    html`<p><span class="mono">${shown(params["file"] ?? "")}</span></p>${exitCodes(frame, "message")}${pathWarning(frame, page.items)}`,
};

export const filterFilePages = [...filePages(filterFiles), ...rowPages(filterSteps)];
