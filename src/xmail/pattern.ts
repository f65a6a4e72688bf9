import { foldName } from "./names.ts";

/** One character's place in a pattern; `null` is `*`. */
type Step = ((letter: string) => boolean) | null;

/**
 * XMail's wildcards over byte strings: `*`, `?`, `[a-z]`, `[^a-z]`, `\` takes the next one as it is. A pattern that is
 * not well-formed (set without end, empty set, `\` at the end) matches nothing.
 */
export function patternMatcher(pattern: string, { caseless = true } = {}): (text: string) => boolean {
  const fold = caseless ? foldName : (text: string) => text;
  const steps = stepsOf(fold(pattern));
  return steps === null ? () => false : (text) => walk(steps, fold(text));
}

/** Greedy with one point of return: after a `*` only the latest one can still matter. */
function walk(steps: readonly Step[], text: string): boolean {
  let at = 0;
  let step = 0;
  let star = -1;
  let starAt = 0;
  while (at < text.length) {
    const test = steps[step];
    if (test === null) {
      star = step;
      starAt = at;
      step += 1;
    } else if (test?.(text.charAt(at))) {
      at += 1;
      step += 1;
    } else if (star !== -1) {
      starAt += 1;
      at = starAt;
      step = star + 1;
    } else {
      return false;
    }
  }
  return steps.slice(step).every((rest) => rest === null);
}

function stepsOf(pattern: string): Step[] | null {
  const steps: Step[] = [];
  for (let i = 0; i < pattern.length; i += 1) {
    const letter = pattern.charAt(i);
    if (letter === "*") steps.push(null);
    else if (letter === "?") steps.push(() => true);
    else if (letter === "[") {
      const set = setAt(pattern, i);
      if (set === null) return null;
      steps.push(set.test);
      i = set.end;
    } else if (letter === "\\") {
      i += 1;
      if (i === pattern.length) return null;
      const wanted = pattern.charAt(i);
      steps.push((other) => other === wanted);
    } else {
      steps.push((other) => other === letter);
    }
  }
  return steps;
}

/**
 * The set that opens at `open`; `end` is the place of its `]`. A `-` makes a range of the character before it and the
 * one behind, even where one of them is missing: `[-a]` begins with a range from nothing to `a`, which is empty.
 */
function setAt(pattern: string, open: number): { test: (letter: string) => boolean; end: number } | null {
  const negated = pattern[open + 1] === "^";
  const first = open + (negated ? 2 : 1);
  const singles = new Set<string>();
  const ranges: [from: string, to: string][] = [];
  let last: string | null = null;
  let i = first;
  for (; i < pattern.length && pattern[i] !== "]"; i += 1) {
    const isRange = pattern[i] === "-";
    if (isRange) i += 1;
    if (pattern[i] === "\\") i += 1;
    const letter = pattern[i];
    if (letter === undefined) return null;
    if (!isRange) singles.add(letter);
    else if (last !== null) ranges.push([last, letter]);
    last = letter;
  }
  if (i === first || i >= pattern.length) return null;
  const holds = (letter: string) =>
    singles.has(letter) || ranges.some(([from, to]) => from <= letter && letter <= to);
  return { test: (letter) => holds(letter) !== negated, end: i };
}
