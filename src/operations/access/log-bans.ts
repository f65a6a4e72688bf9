import type { Context } from "../../kernel/context.ts";
import { exchangeEntries } from "../../settings/edit-entries.ts";
import { type Entry, entriesOf, tableIn } from "../../settings/entries.ts";
import { readAddress } from "../../settings/ip/address.ts";
import { type IpRange, rangeMatches, rangeText } from "../../settings/ip/range.ts";
import { FILES } from "../../tab/files.ts";
import { rangeCells } from "./range-field.ts";
import { spammerLine } from "./spammer.ts";

/** Tells bans by the logs from those by hand; XMail reads `code` and passes over all else (StrParamGet). */
const MARK = "by=logs";
const PARAMETERS = `code=1,${MARK}`;

export interface Ban {
  readonly ip: string;
  readonly lines: number;
}

export interface Rebuilt {
  readonly added: { range: string; lines: number }[];
  readonly removed: string[];
}

/** Writes what is missing, and with `replace` takes away what the logs banned earlier and do not now. */
export async function withBans(
  ctx: Context,
  wanted: readonly Ban[],
  mode: "replace" | "append",
): Promise<Rebuilt> {
  let rebuilt: Rebuilt = { added: [], removed: [] };
  await ctx.xmail.files.edit(
    FILES.spammers.path,
    (bytes) => {
      const made = rebuiltTable(bytes, wanted, mode);
      rebuilt = made;
      return made.bytes;
    },
    ctx,
  );
  return { added: rebuilt.added, removed: rebuilt.removed };
}

function rebuiltTable(bytes: Uint8Array | null, wanted: readonly Ban[], mode: "replace" | "append") {
  const isEntry = (cells: readonly string[]) => spammerLine(cells) !== null;
  const entries = entriesOf(tableIn(bytes, FILES.spammers), isEntry);
  const ranges = new Set(wanted.map(({ ip }) => rangeText(oneAddress(ip))));
  const over = new Set(mode === "replace" ? entries.filter((one) => isOver(one, ranges)) : []);
  const stays = entries.filter((one) => one.on && !over.has(one)).flatMap(rangeIn);
  const isBanned = bannedBy(stays);
  const missing = wanted.filter(({ ip }) => !isBanned(ip));
  if (over.size + missing.length === 0) return { bytes, added: [], removed: [] };
  const rows = missing.map(({ ip }) => {
    const [address, mask] = rangeCells(oneAddress(ip));
    return [address, ...(mask === "-" ? [] : [mask]), PARAMETERS];
  });
  return {
    bytes: exchangeEntries(bytes, FILES.spammers, isEntry, {
      remove: [...over].map(({ id }) => id),
      add: rows,
    }),
    added: missing.map(({ ip, lines }) => ({ range: rangeText(oneAddress(ip)), lines })),
    removed: [...over].flatMap(rangeIn).map(rangeText),
  };
}

/** Single addresses are looked up: there may be thousands of both. */
function bannedBy(ranges: readonly IpRange[]): (ip: string) => boolean {
  const isSingle = ({ mask }: IpRange) => mask.every((byte) => byte === 255);
  const singles = new Set(ranges.filter(isSingle).map(rangeText));
  const wide = ranges.filter((range) => !isSingle(range));
  return (ip) => {
    const one = oneAddress(ip);
    return singles.has(rangeText(one)) || wide.some((range) => rangeMatches(range, one.address));
  };
}

/** A ban of ours, of an address that is quiet now. What somebody made of it since, he means. */
function isOver({ cells, on }: Entry, wanted: ReadonlySet<string>): boolean {
  const line = spammerLine(cells);
  return on && line !== null && line.parameters === PARAMETERS && !wanted.has(rangeText(line.range));
}

function rangeIn({ cells }: Entry): IpRange[] {
  const line = spammerLine(cells);
  return line ? [line.range] : [];
}

export function oneAddress(ip: string): IpRange {
  const address = readAddress(ip) ?? [0, 0, 0, 0];
  return { address, mask: address.map(() => 255) };
}
