// @ts-check
import { definePlugin } from "xmailcfg";
import { webhook } from "./notifier.js";
import { departmentGet, departmentList, departmentRemove, departmentSet } from "./operations.js";
import { departmentPage, departmentRemovePage, departmentsPage } from "./pages.js";
import { WORDS } from "./words.js";

/** A configuration file that names this module looks for `plugin`. */
export const plugin = definePlugin({
  name: "departments",
  operations: {
    department: {
      list: departmentList,
      get: departmentGet,
      set: departmentSet,
      remove: departmentRemove,
    },
  },
  pages: [departmentsPage, departmentPage, departmentRemovePage],
  words: WORDS,
  menu: [
    {
      words: { en: WORDS.en.title, ja: WORDS.ja.title },
      path: "/departments",
      needs: "department.list",
    },
  ],
  notifiers: [webhook(process.env["DEPARTMENTS_WEBHOOK"])],
});
