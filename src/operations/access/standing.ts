import type { Entry } from "../../settings/entries.ts";
import { coverageOf } from "../../settings/ip/coverage.ts";
import { type IpRange, rangeText } from "../../settings/ip/range.ts";
import type { NamedEntry, Standing } from "../rows/row-table.ts";

/** An entry of a table of address ranges. */
export interface RangeEntry {
  readonly entry: Entry;
  readonly range: IpRange;
}

const SHOWN = 3;

/** Of entries in the order in which they decide: those that are off have a place and cover nothing. */
export function standingsOf(ordered: readonly RangeEntry[]): ReadonlyMap<string, Standing> {
  const on = ordered.filter(({ entry }) => entry.on);
  const coverage = new Map(
    coverageOf(on.map(({ range }) => range)).map((one, at) => [on[at]?.entry.id, one]),
  );
  const named = (at: number): readonly NamedEntry[] => {
    const one = on[at];
    return one ? [{ id: one.entry.id, line: one.entry.line, name: rangeText(one.range) }] : [];
  };
  return new Map(
    ordered.map(({ entry }, at) => {
      const { coveredBy = null, exceptions = [] } = coverage.get(entry.id) ?? {};
      const standing = {
        rank: at + 1,
        shadowedBy: coveredBy === null ? null : (named(coveredBy)[0] ?? null),
        exceptions: exceptions.slice(0, SHOWN).flatMap(named),
        exceptionCount: exceptions.length,
      };
      return [entry.id, standing];
    }),
  );
}

/** In the order of lines, for tables where the first one decides. */
export function firstDecides(
  rangeIn: (cells: readonly string[]) => IpRange | null,
): (entries: readonly Entry[]) => ReadonlyMap<string, Standing> {
  return (entries) =>
    standingsOf(
      entries.flatMap((entry) => {
        const range = rangeIn(entry.cells);
        return range ? [{ entry, range }] : [];
      }),
    );
}
