import { OTHER_DOMAINS, popCheck, popCheckDomain } from "../../operations/pop-check/pop-check.ts";
import { html } from "../html.ts";
import { pathWarning, programCell } from "../parts/program-words.ts";
import { shown } from "../parts/shown.ts";
import { crumbOf, type FileScreens, filePages } from "../rows/file-pages.ts";
import { rowPages } from "../rows/row-pages.ts";
import type { RowScreens } from "../rows/row-screens.ts";
import type { Text } from "../text/en.ts";

const otherDomains = (t: Text, name: string) => (name === OTHER_DOMAINS ? t.sending.otherDomains : undefined);

export const accountProgramDomains: FileScreens = {
  path: "/account-programs",
  addPath: "/add-account-program",
  key: "domain",
  words: "popCheckDomain",
  list: popCheckDomain.list,
  add: popCheck.add,
  remove: popCheckDomain.remove,
  nameWords: otherDomains,
};

export const accountPrograms: RowScreens = {
  operations: { ...popCheck, move: undefined },
  path: "/account-programs/:domain",
  words: "popCheck",
  columns: ["action", "program", "arguments"],
  crumbs: (frame) => [crumbOf(accountProgramDomains, frame)],
  cell: programCell,
  above(frame, { params, page }) {
    const name = params["domain"] ?? "";
    return html`<p>${otherDomains(frame.t, name) ?? html`<span class="mono">${shown(name)}</span>`}</p>${pathWarning(frame, page.items)}`;
  },
};

export const accountProgramPages = [...filePages(accountProgramDomains), ...rowPages(accountPrograms)];
