/** A rule of an IP map, as far as its place in the order goes. */
export interface Ranked {
  /** Number of its line: of two with the same precedence the later one decides. */
  readonly line: number;
  readonly precedence: number;
}

const HIGHEST = 2_147_483_647;

/** Which of two rules decides, for sorting. */
export function decidesBefore(a: Ranked, b: Ranked): number {
  return b.precedence - a.precedence || b.line - a.line;
}

/**
 * Precedences that make rules decide in the order given, with as few of them changed as can be; `moved` is changed rather
 * than another. Lines stay where they are.
 */
export function precedencesFor(wanted: readonly Ranked[], moved: number): number[] {
  // From one rule to the next the precedence must fall, unless the next stands on an earlier line.
  const falls: number[] = [];
  wanted.forEach(({ line }, at) => {
    const before = wanted[at - 1];
    falls.push((falls[at - 1] ?? 0) + (before === undefined || line < before.line ? 0 : 1));
  });
  const lowest = Math.min(0, ...wanted.map(({ precedence }) => precedence));
  const room = (falls.at(-1) ?? 0) + lowest;
  // With the falls added, rules can stay as they are when this number never rises.
  const heights = wanted.map(({ precedence }, at) => precedence + (falls[at] ?? 0));
  const fits = heights.map((height) => height >= room && height <= HIGHEST);
  const kept = longestFall(heights, fits, (at) => (at === moved ? wanted.length : wanted.length + 1));
  return filled(wanted, falls, kept, room);
}

/** Places of the heaviest run in which numbers never rise. */
function longestFall(
  heights: readonly number[],
  fits: readonly boolean[],
  weightOf: (at: number) => number,
): Set<number> {
  const best: { weight: number; before: number | null }[] = [];
  heights.forEach((height, at) => {
    let [weight, before]: [number, number | null] = [0, null];
    for (let k = 0; k < at; k += 1) {
      const one = best[k];
      if (one && fits[k] && (heights[k] ?? 0) >= height && one.weight > weight)
        [weight, before] = [one.weight, k];
    }
    best.push({ weight: fits[at] ? weight + weightOf(at) : -1, before });
  });
  const kept = new Set<number>();
  let at: number | null = null;
  best.forEach(({ weight }, k) => {
    if (weight > (at === null ? 0 : (best[at]?.weight ?? 0))) at = k;
  });
  for (; at !== null; at = best[at]?.before ?? null) kept.add(at);
  return kept;
}

/** Changed ones stand as low as the next one that stays allows; those after the last that stays, as high as it allows. */
function filled(
  wanted: readonly Ranked[],
  falls: readonly number[],
  kept: ReadonlySet<number>,
  room: number,
): number[] {
  const last = Math.max(-1, ...kept);
  const result = wanted.map(({ precedence }) => precedence);
  let height = last < 0 ? room : (wanted[last]?.precedence ?? 0) + (falls[last] ?? 0);
  for (let at = wanted.length - 1; at >= 0; at -= 1) {
    if (kept.has(at)) height = (wanted[at]?.precedence ?? 0) + (falls[at] ?? 0);
    else result[at] = height - (falls[at] ?? 0);
  }
  return result;
}
