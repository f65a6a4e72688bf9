/** `length` lines from `at` of the one file that stand from `to` in the other too. */
export interface Match {
  readonly at: number;
  readonly to: number;
  readonly length: number;
}

/** Lines of both files, from the first to before the last. */
interface Part {
  readonly fromA: number;
  readonly toA: number;
  readonly fromB: number;
  readonly toB: number;
  readonly depth: number;
}

/** Up to so many pairs of lines are compared one by one; a larger part without a landmark counts as replaced. */
const MOST_PAIRS = 250_000;
const DEEPEST = 24;

/**
 * What two files have in common, in order. Lines that stand once in each are landmarks, as nearly all lines of a table
 * are; only between those, lines are compared one by one. So the time is bounded by the number of lines, also when
 * 100,000 of them go. The packages for this (`diff`, `fast-myers-diff`) look for the shortest difference, which takes
 * lines times differences, and have no answer at all when they are bounded.
 */
export function matchesOf(a: readonly string[], b: readonly string[]): Match[] {
  const matches: Match[] = [];
  const open: (Part | Match)[] = [{ fromA: 0, toA: a.length, fromB: 0, toB: b.length, depth: 0 }];
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    if ("length" in part) {
      if (part.length > 0) matches.push(part);
    } else {
      const pieces = cut(a, b, part);
      for (let i = pieces.length - 1; i >= 0; i -= 1) open.push(pieces[i] as Part | Match);
    }
  }
  return matches;
}

/** A part as what is equal at its ends and smaller parts between, in order. */
function cut(a: readonly string[], b: readonly string[], { depth, ...part }: Part): (Part | Match)[] {
  let { fromA, toA, fromB, toB } = part;
  while (fromA < toA && fromB < toB && a[fromA] === b[fromB]) {
    fromA += 1;
    fromB += 1;
  }
  while (fromA < toA && fromB < toB && a[toA - 1] === b[toB - 1]) {
    toA -= 1;
    toB -= 1;
  }
  const pieces: (Part | Match)[] = [{ at: part.fromA, to: part.fromB, length: fromA - part.fromA }];
  if (fromA < toA && fromB < toB) {
    const inner = { fromA, toA, fromB, toB, depth: depth + 1 };
    const marks = depth < DEEPEST ? landmarks(a, b, inner) : [];
    if (marks.length === 0) pieces.push(...oneByOne(a, b, inner));
    else {
      for (const { at, to } of marks) {
        pieces.push({ fromA, toA: at, fromB, toB: to, depth: depth + 1 }, { at, to, length: 1 });
        fromA = at + 1;
        fromB = to + 1;
      }
      pieces.push({ fromA, toA, fromB, toB, depth: depth + 1 });
    }
  }
  pieces.push({ at: toA, to: toB, length: part.toA - toA });
  return pieces;
}

/** The most lines that stand once in each part, in one order in both. */
function landmarks(a: readonly string[], b: readonly string[], part: Part): Pick<Match, "at" | "to">[] {
  const onceInB = placesOfSingles(b, part.fromB, part.toB);
  const pairs: Pick<Match, "at" | "to">[] = [];
  for (const [line, at] of placesOfSingles(a, part.fromA, part.toA)) {
    const to = onceInB.get(line);
    if (to !== undefined) pairs.push({ at, to });
  }
  return longestRising(pairs.sort((one, other) => one.at - other.at));
}

function placesOfSingles(lines: readonly string[], from: number, to: number): Map<string, number> {
  const places = new Map<string, number>();
  const doubles = new Set<string>();
  for (let i = from; i < to; i += 1) {
    const line = lines[i] ?? "";
    if (places.has(line)) doubles.add(line);
    places.set(line, i);
  }
  for (const line of doubles) places.delete(line);
  return places;
}

/** Of pairs in the order of `at`, the most whose `to` grows. */
function longestRising<T extends { readonly to: number }>(pairs: readonly T[]): T[] {
  /** Index of the pair that ends the best row of each length. */
  const ends: number[] = [];
  const before: number[] = [];
  pairs.forEach(({ to }, index) => {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[ends[middle] ?? 0]?.to ?? 0) < to) low = middle + 1;
      else high = middle;
    }
    before[index] = low > 0 ? (ends[low - 1] ?? -1) : -1;
    ends[low] = index;
  });
  const row: T[] = [];
  for (let at = ends.at(-1) ?? -1; at >= 0; at = before[at] ?? -1) row.push(pairs[at] as T);
  return row.reverse();
}

/** The longest common row of lines, by comparing each with each. */
function oneByOne(a: readonly string[], b: readonly string[], { fromA, toA, fromB, toB }: Part): Match[] {
  const [rows, columns] = [toA - fromA, toB - fromB];
  if (rows * columns > MOST_PAIRS) return [];
  const width = columns + 1;
  const best = new Uint32Array((rows + 1) * width);
  const at = (i: number, j: number) => best[i * width + j] ?? 0;
  const same = (i: number, j: number) => a[fromA + i] === b[fromB + j];
  for (let i = rows - 1; i >= 0; i -= 1) {
    for (let j = columns - 1; j >= 0; j -= 1) {
      best[i * width + j] = same(i, j) ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const matches: Match[] = [];
  for (let i = 0, j = 0; i < rows && j < columns; ) {
    if (same(i, j)) {
      matches.push({ at: fromA + i, to: fromB + j, length: 1 });
      i += 1;
      j += 1;
    } else if (at(i + 1, j) >= at(i, j + 1)) i += 1;
    else j += 1;
  }
  return matches;
}
