import { SERVER } from "../../kernel/target.ts";
import { type IpRange, rangeText, readRange } from "../../settings/ip/range.ts";
import { FILES } from "../../tab/files.ts";
import { rowOperations } from "../rows/row-operations.ts";
import { propertiesIn, propertyCells, propertyFields } from "./properties.ts";
import { Range, rangeOf } from "./range-field.ts";
import { firstDecides } from "./standing.ts";
import { confirmWide } from "./wide.ts";

/** Only `address/bits` here: a mask would be taken for a property. */
export const propertyRange = ([address = ""]: readonly string[]): IpRange | null => readRange(address, null);

/** `smtp.ipprop.tab`: what holds for SMTP clients from some addresses; the first line that matches says all. */
export const ipProperty = rowOperations({
  noun: "ipProperty",
  one: "exception by address",
  many: "exceptions by address",
  http: "/smtp-exceptions/addresses",
  format: FILES.smtpIpProperties,
  key: {},
  fields: { range: Range, ...propertyFields },
  secrets: [],
  switchable: true,
  target: () => SERVER,
  place: () => FILES.smtpIpProperties.path,
  read(cells) {
    const range = propertyRange(cells);
    return range && { range: rangeText(range), ...propertiesIn(cells.slice(1)) };
  },
  write({ range, ...properties }, was) {
    const old = was && propertyRange(was);
    const kept = old && (range === rangeText(old) || rangeText(rangeOf(range)) === rangeText(old));
    const first = kept ? (was[0] ?? "") : rangeText(rangeOf(range));
    return [first, ...propertyCells(properties, was?.slice(1) ?? [])];
  },
  keyOf: ({ range }) => range,
  standing: firstDecides(propertyRange),
  guard: confirmWide<{ readonly range: string; readonly whiteList: boolean; readonly noAuth: boolean }>(
    (range) => `For everybody in ${range} the protection against spam would be off.`,
    ({ whiteList, noAuth }) => whiteList || noAuth,
  ),
});
