import { holdsIpv4, isIpv4 } from "./address.ts";
import type { IpRange } from "./range.ts";

/** What one rule means beside the others, by their places in the order in which they decide. */
export interface Coverage {
  /** The first rule before it that takes everybody it is about, so that it never decides. */
  readonly coveredBy: number | null;
  /** Rules before it about a part of those it is about: its exceptions. */
  readonly exceptions: readonly number[];
}

/** Addresses of one family that are alike where the mask has bits. */
interface Block {
  readonly address: readonly number[];
  readonly mask: readonly number[];
}

/**
 * Who is covered by whom, for rules in the order in which they decide. One step for each rule and each mask that occurs, so
 * that lists of many thousand addresses are quick.
 */
export function coverageOf(ranges: readonly IpRange[]): Coverage[] {
  const blocks = ranges.map(blocksOf);
  const places = placesOf(blocks);
  const covered = ranges.map((_, at) => coverersOf(blocks, places, at));
  const exceptions: number[][] = ranges.map(() => []);
  covered.forEach((coverers, at) => {
    for (const one of coverers) if (one > at) exceptions[one]?.push(at);
  });
  return covered.map((coverers, at) => ({
    coveredBy: coverers.find((one) => one < at) ?? null,
    exceptions: exceptions[at] ?? [],
  }));
}

/** Whether everybody meant by `inner` is meant by `outer`. */
export function covers(outer: IpRange, inner: IpRange): boolean {
  return coversAll(blocksOf(outer), blocksOf(inner));
}

/** IPv4 rules reach the IPv4 addresses inside IPv6, and IPv6 rules over those reach IPv4. */
function blocksOf({ address, mask }: IpRange): Block[] {
  const all = (bytes: number) => Array.from({ length: bytes }, () => 255);
  const zeros = Array.from({ length: 10 }, () => 0);
  if (isIpv4(address)) {
    return [
      { address, mask },
      { address: [...zeros, 255, 255, ...address], mask: [...all(12), ...mask] },
      { address: [...zeros, 0, 0, ...address], mask: [...all(12), ...mask] },
    ];
  }
  if (!holdsIpv4(address)) return [{ address, mask }];
  return [
    { address: address.slice(12), mask: mask.slice(12) },
    { address, mask },
  ];
}

/** By mask and masked address: which rules have such a block. */
function placesOf(
  blocks: readonly (readonly Block[])[],
): Map<string, { mask: Block["mask"]; at: Map<string, number[]> }> {
  const places = new Map<string, { mask: Block["mask"]; at: Map<string, number[]> }>();
  blocks.forEach((own, rule) => {
    for (const { address, mask } of own) {
      const place = places.get(mask.join(".")) ?? { mask, at: new Map<string, number[]>() };
      places.set(mask.join("."), place);
      const key = masked(address, mask);
      const rules = place.at.get(key);
      if (rules) rules.push(rule);
      else place.at.set(key, [rule]);
    }
  });
  return places;
}

/** Other rules that cover this one, in order. */
function coverersOf(
  blocks: readonly (readonly Block[])[],
  places: ReturnType<typeof placesOf>,
  at: number,
): number[] {
  const own = blocks[at] ?? [];
  const [head] = own;
  if (!head) return [];
  const found = new Set<number>();
  for (const { mask, at: rules } of places.values()) {
    if (mask.length !== head.mask.length || !isWider(mask, head.mask)) continue;
    for (const rule of rules.get(masked(head.address, mask)) ?? []) {
      if (rule !== at && coversAll(blocks[rule] ?? [], own)) found.add(rule);
    }
  }
  return [...found].sort((a, b) => a - b);
}

function coversAll(outer: readonly Block[], inner: readonly Block[]): boolean {
  return inner.every((block) => outer.some((wide) => coversBlock(wide, block)));
}

function coversBlock(outer: Block, inner: Block): boolean {
  return (
    outer.mask.length === inner.mask.length &&
    isWider(outer.mask, inner.mask) &&
    masked(outer.address, outer.mask) === masked(inner.address, outer.mask)
  );
}

function isWider(outer: readonly number[], inner: readonly number[]): boolean {
  return outer.every((byte, at) => (byte & ~(inner[at] ?? 0)) === 0);
}

function masked(address: readonly number[], mask: readonly number[]): string {
  return address.map((byte, at) => byte & (mask[at] ?? 0)).join(".");
}
