import { accountExport } from "../../operations/account/export.ts";
import { aliasExport } from "../../operations/alias/export.ts";
import { memberExport } from "../../operations/member/export.ts";
import { inputFrom } from "../form-input.ts";
import { definePage, type TextFile } from "../page.ts";

/** Excel takes UTF-8 for what it is only behind this mark. */
const MARK = "\ufeff";

export const exportPages = [
  definePage({
    path: "/export/accounts",
    file: async ({ run, visit }) =>
      csvFile("accounts", (await run(accountExport, inputFrom(visit.query, [], ["domain"]))).csv),
  }),
  definePage({
    path: "/export/aliases",
    file: async ({ run, visit }) =>
      csvFile("aliases", (await run(aliasExport, inputFrom(visit.query, [], ["domain"]))).csv),
  }),
  definePage({
    path: "/export/members/:domain/:name",
    file: async ({ run, params }) => csvFile("members", (await run(memberExport, params)).csv),
  }),
];

function csvFile(name: string, csv: string): TextFile {
  return { name: `${name}.csv`, type: "text/csv", text: MARK + csv };
}
