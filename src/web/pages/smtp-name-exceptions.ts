import { hostProperty } from "../../operations/access/host-property.ts";
import { accessScreens, exceptionTabs } from "../parts/access-screens.ts";
import { rowPages } from "../rows/row-pages.ts";

export const nameExceptions = accessScreens({
  operations: hostProperty,
  path: "/smtp-exceptions/names",
  words: "hostProperty",
  columns: ["host", "whiteList", "noAuth"],
  question: { service: "smtp", fields: ["address", "host"] },
  tabs: exceptionTabs("byName"),
});
export const nameExceptionPages = rowPages(nameExceptions);
