import type { Entry } from "../../../settings/entries.ts";
import { coverageOf } from "../../../settings/ip/coverage.ts";
import { type IpRange, rangeText } from "../../../settings/ip/range.ts";
import { FILES } from "../../../tab/files.ts";
import { propertyRange } from "../../access/ip-property.ts";
import { mapInOrder } from "../../access/map-rule.ts";
import { relayRange } from "../../access/relay.ts";
import { spammerLine } from "../../access/spammer.ts";
import { finding, fixBy, type LintFinding } from "../codes.ts";
import type { Facts } from "../facts.ts";
import { coversText } from "./aliases.ts";

interface Ranged {
  readonly entry: Entry;
  readonly range: IpRange;
}

const MAPS = [
  ["smtpAccess", FILES.smtpIpMap],
  ["pop3Access", FILES.pop3IpMap],
  ["ctrlAccess", FILES.ctrlIpMap],
  ["fingerAccess", FILES.fingerIpMap],
] as const;
const LISTS = [
  ["relay", FILES.relays, relayRange],
  ["spammer", FILES.spammers, (cells: readonly string[]) => spammerLine(cells)?.range ?? null],
  ["ipProperty", FILES.smtpIpProperties, propertyRange],
] as const;

/** Rules about addresses that never decide, because one before them is about all of theirs. */
export async function checkShadowedRules({ entries }: Facts): Promise<LintFinding[]> {
  const found: LintFinding[] = [];
  for (const [noun, format] of MAPS) {
    found.push(...shadowedIn(noun, format.path, mapInOrder((await entries(format)) ?? [])));
  }
  for (const [noun, format, rangeIn] of LISTS) {
    const ordered = ((await entries(format)) ?? []).flatMap((entry) => {
      const range = rangeIn(entry.cells);
      return range ? [{ entry, range }] : [];
    });
    found.push(...shadowedIn(noun, format.path, ordered));
  }
  return found;
}

function shadowedIn(noun: string, file: string, ordered: readonly Ranged[]): LintFinding[] {
  return coverageOf(ordered.map(({ range }) => range)).flatMap(({ coveredBy }, at) => {
    const [own, by] = [ordered[at], coveredBy === null ? undefined : ordered[coveredBy]];
    if (!own || !by) return [];
    const values = { range: rangeText(own.range), by: rangeText(by.range), at: String(by.entry.line) };
    const { id, line } = own.entry;
    return [finding("ruleShadowed", { file, line, values, fix: fixBy(`${noun}.remove`, { id }) })];
  });
}

const PATTERNS = [
  ["forward", FILES.forwards],
  ["sourceRoute", FILES.sourceRoutes],
] as const;

/** Domain patterns behind one that takes all of theirs. */
export async function checkShadowedPatterns({ entries }: Facts): Promise<LintFinding[]> {
  const found: LintFinding[] = [];
  for (const [noun, format] of PATTERNS) {
    const rows = (await entries(format)) ?? [];
    rows.forEach(({ id, line, cells: [pattern = ""] }, at) => {
      const by = rows.slice(0, at).find(({ cells: [wide = ""] }) => coversText(wide, pattern));
      if (!by) return;
      const values = { pattern, by: by.cells[0] ?? "", at: String(by.line) };
      const fix = fixBy(`${noun}.move`, { id, before: by.id });
      found.push(finding("patternShadowed", { file: format.path, line, values, fix }));
    });
  }
  return found;
}
