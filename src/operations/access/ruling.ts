import type { Context } from "../../kernel/context.ts";
import { type Static, Type } from "../../kernel/schema.ts";
import { type Entry, entriesOf, tableIn } from "../../settings/entries.ts";
import type { IpAddress } from "../../settings/ip/address.ts";
import { type IpRange, rangeMatches, rangeText } from "../../settings/ip/range.ts";
import { FILES } from "../../tab/files.ts";
import { fields, orNull } from "../fields.ts";
import { propertyRange } from "./ip-property.ts";
import { mapInOrder } from "./map-rule.ts";
import { relayRange } from "./relay.ts";
import { spammerLine } from "./spammer.ts";

export const RuleFound = fields({
  id: Type.String({ description: "Of the entry, as its list shows it" }),
  line: Type.Integer({ minimum: 1 }),
  name: Type.String({ description: "The range, or the name" }),
  says: Type.String({ description: "What it decides" }),
});
export type RuleFound = Static<typeof RuleFound>;

export const Ruling = fields({
  table: Type.Union([
    Type.Literal("ipProperty"),
    Type.Literal("hostProperty"),
    Type.Literal("ipMap"),
    Type.Literal("spammer"),
    Type.Literal("relay"),
    Type.Literal("accountMap"),
  ]),
  file: Type.String({ description: "Below MailRoot" }),
  decides: orNull(RuleFound),
  lost: Type.Array(RuleFound, { description: "They match too, and come later" }),
  unknown: Type.Array(Type.Integer(), {
    description: "Lines that name a host, whose address only the server can look up",
  }),
});
export type Ruling = Static<typeof Ruling>;

interface Candidate {
  readonly entry: Entry;
  readonly range: IpRange;
  readonly says: string;
}

/** Which line of a table decides about an address, and which others would have. */
export async function rulingOf(
  ctx: Context,
  table: "ipProperty" | "ipMap" | "spammer" | "relay" | "accountMap",
  path: string,
  peer: IpAddress,
): Promise<Ruling> {
  const entries = await entriesIn(ctx, path, table === "ipProperty" ? FILES.smtpIpProperties : FILES.relays);
  const [decides = null, ...lost] = candidates(table, entries)
    .filter(({ range }) => rangeMatches(range, peer))
    .map(({ entry, range, says }) => ({ id: entry.id, line: entry.line, name: rangeText(range), says }));
  const unknown = entries.filter(({ cells }) => namesHost(cells[0] ?? "")).map(({ line }) => line);
  return { table, file: path, decides, lost, unknown };
}

/** By the beginning of the client's name, as XMail compares it. */
export async function hostRulingOf(ctx: Context, host: string): Promise<Ruling> {
  const path = FILES.smtpHostProperties.path;
  const entries = await entriesIn(ctx, path, FILES.smtpHostProperties);
  const [decides = null, ...lost] = entries
    .filter(({ cells: [name = ""] }) => startsLike(host, name))
    .map(({ id, line, cells: [name = "", ...says] }) => ({ id, line, name, says: says.join(" ") }));
  return { table: "hostProperty", file: path, decides, lost, unknown: [] };
}

function candidates(table: string, entries: readonly Entry[]): readonly Candidate[] {
  if (table === "ipMap" || table === "accountMap") {
    return mapInOrder(entries).map(({ entry, range, allow }) => ({
      entry,
      range,
      says: allow ? "allow" : "deny",
    }));
  }
  return entries.flatMap((entry) => {
    const { cells } = entry;
    if (table === "spammer") {
      const line = spammerLine(cells);
      return line ? [{ entry, range: line.range, says: String(line.code) }] : [];
    }
    const range = table === "relay" ? relayRange(cells) : propertyRange(cells);
    return range ? [{ entry, range, says: table === "relay" ? "allow" : cells.slice(1).join(" ") }] : [];
  });
}

async function entriesIn(
  ctx: Context,
  path: string,
  format: Parameters<typeof tableIn>[1],
): Promise<Entry[]> {
  return entriesOf(tableIn(await ctx.xmail.files.read(path, ctx), format), null);
}

function namesHost(text: string): boolean {
  return /[g-z]/i.test(text.split("/")[0] ?? "") && !text.startsWith("0x");
}

function startsLike(host: string, name: string): boolean {
  const beginning = name.toLowerCase().replace(/\.$/, "");
  return !beginning.startsWith(".") && host.toLowerCase().startsWith(beginning);
}
