import type { Entry } from "../../settings/entries.ts";
import { decidesBefore, precedencesFor } from "../../settings/ip/precedence.ts";
import { type IpRange, readRange, wholeNumber } from "../../settings/ip/range.ts";

/** A line of an IP map as XMail reads it. */
export interface MapRule {
  readonly range: IpRange;
  readonly allow: boolean;
  readonly precedence: number;
}

export interface MapEntry extends MapRule {
  readonly entry: Entry;
  readonly line: number;
}

/** XMail begins with -1 and takes what is not lower: a line below that never counts. */
export const LOWEST = -1;
export const HIGHEST = 2_147_483_647;

export function readMapRule(cells: readonly string[]): MapRule | null {
  const [address, mask, permission, rank] = cells;
  if (address === undefined || mask === undefined || permission === undefined || rank === undefined)
    return null;
  const range = readRange(address, mask);
  const precedence = wholeNumber(rank);
  if (!range || precedence < LOWEST || precedence > HIGHEST) return null;
  return { range, allow: permission.toUpperCase() === "ALLOW", precedence };
}

/** The rules of a map, the one that decides first at the head; also those that are off. */
export function mapInOrder(entries: readonly Entry[]): MapEntry[] {
  return entries
    .flatMap((entry) => {
      const rule = readMapRule(entry.cells);
      return rule ? [{ ...rule, entry, line: entry.line }] : [];
    })
    .sort(decidesBefore);
}

/** New lines, by their entries, with which `id` decides before another one, or last; only those that change. */
export function mapMoved(
  entries: readonly Entry[],
  id: string,
  before: string | null,
): ReadonlyMap<string, readonly (string | number)[]> {
  const ordered = mapInOrder(entries);
  const one = ordered.find(({ entry }) => entry.id === id);
  const cells = entries.find((entry) => entry.id === id)?.cells ?? [];
  if (!one || before === id) return new Map([[id, cells]]);
  const wanted = ordered.filter((rule) => rule !== one);
  const found = wanted.findIndex(({ entry }) => entry.id === before);
  const place = found < 0 ? wanted.length : found;
  wanted.splice(place, 0, one);
  const precedences = precedencesFor(wanted, place);
  const changed = wanted.flatMap(({ entry, precedence }, at) => {
    const next = precedences[at] ?? precedence;
    return next === precedence ? [] : [[entry.id, withPrecedence(entry.cells, next)] as const];
  });
  return new Map([[id, cells], ...changed]);
}

/**
 * Where a new rule goes so that it decides before those about more addresses and after those about fewer; a tie is broken
 * by the place of its line, so nobody else's precedence changes.
 */
export function placeInMap(
  entries: readonly Entry[],
  wanted: { readonly decides: string | undefined; isWider(range: IpRange): boolean },
): { readonly precedence: number; readonly before: string | null } {
  const ordered = mapInOrder(entries);
  const rule =
    wanted.decides === undefined
      ? ordered.find(({ range }) => wanted.isWider(range))
      : ordered.find(({ entry }) => entry.id === wanted.decides);
  if (rule) {
    const after = entries.find(({ line }) => line > rule.line);
    return { precedence: rule.precedence, before: after?.id ?? null };
  }
  const last = ordered.at(-1);
  return { precedence: last?.precedence ?? 1, before: last?.entry.id ?? null };
}

function withPrecedence(cells: readonly string[], precedence: number): readonly (string | number)[] {
  return [...cells.slice(0, 3), precedence, ...cells.slice(4)];
}
