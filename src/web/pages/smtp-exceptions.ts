import { ipProperty } from "../../operations/access/ip-property.ts";
import { accessScreens, exceptionTabs } from "../parts/access-screens.ts";
import { rowPages } from "../rows/row-pages.ts";

export const addressExceptions = accessScreens({
  operations: ipProperty,
  path: "/smtp-exceptions",
  words: "ipProperty",
  columns: ["range", "whiteList", "noAuth"],
  question: { service: "smtp", fields: ["address"] },
  tabs: exceptionTabs("byAddress"),
});
export const addressExceptionPages = rowPages(addressExceptions);
