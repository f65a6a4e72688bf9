import { spammer } from "../../operations/access/spammer.ts";
import { accessScreens } from "../parts/access-screens.ts";
import { rowPages } from "../rows/row-pages.ts";

export const bannedAddresses = accessScreens({
  operations: spammer,
  path: "/banned-addresses",
  words: "spammer",
  columns: ["range", "action", "delaySeconds"],
  question: { service: "smtp", fields: ["address"] },
});
export const bannedAddressPages = rowPages(bannedAddresses);
