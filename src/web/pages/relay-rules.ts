import { relay } from "../../operations/access/relay.ts";
import { accessScreens } from "../parts/access-screens.ts";
import { rowPages } from "../rows/row-pages.ts";

export const relayRules = accessScreens({
  operations: relay,
  path: "/relay-rules",
  words: "relay",
  columns: ["range"],
  question: { service: "smtp", fields: ["address"] },
});
export const relayRulePages = rowPages(relayRules);
