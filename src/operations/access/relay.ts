import { SERVER } from "../../kernel/target.ts";
import { type IpRange, rangeText, readRange } from "../../settings/ip/range.ts";
import { FILES } from "../../tab/files.ts";
import { rowOperations } from "../rows/row-operations.ts";
import { Range, rangeCells, rangeOf } from "./range-field.ts";
import { firstDecides } from "./standing.ts";
import { confirmWide } from "./wide.ts";

export const relayRange = ([address = "", mask]: readonly string[]): IpRange | null =>
  readRange(address, mask ?? null);

/** `smtprelay.tab`: who may send mail to other servers through this one without signing in. */
export const relay = rowOperations({
  noun: "relay",
  one: "relay rule",
  many: "relay rules",
  http: "/relay-rules",
  format: FILES.relays,
  key: {},
  fields: { range: Range },
  secrets: [],
  switchable: true,
  target: () => SERVER,
  place: () => FILES.relays.path,
  read(cells) {
    const range = relayRange(cells);
    return range && { range: rangeText(range) };
  },
  write({ range }, was) {
    const old = was && relayRange(was);
    if (was && old && range === rangeText(old)) return was;
    const [address, mask] = rangeCells(rangeOf(range));
    return [address, mask, ...(was?.slice(2) ?? [])];
  },
  keyOf: ({ range }) => range,
  standing: firstDecides(relayRange),
  guard: confirmWide<{ readonly range: string }>(
    (range) => `Everybody in ${range} could send mail to anybody through this server, spammers too.`,
  ),
});
