import { forward } from "../../operations/forward/forward.ts";
import { notice } from "../parts/flash.ts";
import { gatewayWords } from "../parts/gateway-words.ts";
import { fill } from "../parts/shown.ts";
import { rowPages } from "../rows/row-pages.ts";
import type { RowScreens } from "../rows/row-screens.ts";

export const forwardingRules: RowScreens = {
  operations: forward,
  path: "/forwarding-rules",
  words: "forward",
  columns: ["pattern", "gateways", "random"],
  cell: (frame, name, entry) =>
    name === "gateways" ? gatewayWords(frame, forward.add.name, entry[name]) : undefined,
  above({ t }, { page }) {
    const lost = page.items.flatMap(({ entry }) =>
      entry && Array.isArray(entry["gateways"]) && entry["gateways"].length === 0
        ? [String(entry["pattern"])]
        : [],
    );
    return lost.length > 0 ? notice("bad", fill(t.sending.lostMail, { patterns: lost.join(", ") })) : null;
  },
};

export const forwardingRulePages = rowPages(forwardingRules);
