import { accountAccess } from "../../operations/access/maps.ts";
import { accessScreens } from "../parts/access-screens.ts";
import { accountCrumbs } from "../parts/account-frame.ts";
import { rowPages } from "../rows/row-pages.ts";

export const accountAccessRules = accessScreens({
  operations: accountAccess,
  path: "/accounts/:domain/:name/access",
  words: "accountAccess",
  columns: ["range", "decision", "precedence"],
  question: { service: "pop3", fields: ["address"] },
  crumbs(frame, { domain = "", name = "" }) {
    return accountCrumbs(frame, { domain, name, address: `${name}@${domain}` });
  },
});
export const accountAccessPages = rowPages(accountAccessRules);
