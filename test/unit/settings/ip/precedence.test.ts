import fc from "fast-check";
import { expect, test } from "vitest";
import { decidesBefore, precedencesFor, type Ranked } from "../../../../src/settings/ip/precedence.ts";

const inOrder = (rules: readonly Ranked[]) => rules.toSorted(decidesBefore);

/** What becomes of the rules when the one at `from` is to decide at place `to`. */
function moved(rules: readonly Ranked[], from: number, to: number) {
  const wanted = inOrder(rules);
  const [one] = wanted.splice(from, 1);
  if (!one) throw new Error("none");
  wanted.splice(to, 0, one);
  const precedences = precedencesFor(wanted, to);
  const after = wanted.map(({ line }, at) => ({ line, precedence: precedences[at] ?? 0 }));
  const changed = wanted.filter(({ precedence }, at) => precedence !== precedences[at]);
  return { wanted, after, changed: changed.length };
}

test("a rule that moves changes its own precedence, if that is enough", () => {
  const rules = [
    { line: 1, precedence: 3 },
    { line: 2, precedence: 2 },
    { line: 3, precedence: 1 },
  ];
  expect(moved(rules, 2, 1).after).toEqual([
    { line: 1, precedence: 3 },
    { line: 3, precedence: 2 },
    { line: 2, precedence: 2 },
  ]);
  expect(moved(rules, 0, 2).changed).toBe(1);
});

test("what was not moved stays as it is", () => {
  const rules = [
    { line: 1, precedence: 5 },
    { line: 2, precedence: -1 },
  ];
  expect(moved(rules, 1, 1)).toMatchObject({ changed: 0 });
});

test("the order comes out as wanted, with the fewest changes there can be", () => {
  const rule = fc.integer({ min: 0, max: 3 });
  fc.assert(
    fc.property(fc.array(rule, { minLength: 1, maxLength: 5 }), fc.nat(4), fc.nat(4), (precedences, a, b) => {
      const rules = precedences.map((precedence, at) => ({ line: at + 1, precedence }));
      const { wanted, after, changed } = moved(rules, a % rules.length, b % rules.length);
      expect(inOrder(after).map(({ line }) => line)).toEqual(wanted.map(({ line }) => line));
      expect(Math.min(...after.map(({ precedence }) => precedence))).toBeGreaterThanOrEqual(0);
      expect(changed).toBe(fewestFor(wanted));
    }),
    { numRuns: 300 },
  );
});

/** By trying all precedences there are. */
function fewestFor(wanted: readonly Ranked[]): number {
  let fewest = wanted.length;
  const tryAll = (at: number, given: readonly Ranked[], changed: number) => {
    if (changed >= fewest) return;
    const rule = wanted[at];
    if (!rule) {
      fewest = changed;
      return;
    }
    for (let precedence = 0; precedence <= 9; precedence += 1) {
      const next = { line: rule.line, precedence };
      const before = given.at(-1);
      if (before && decidesBefore(before, next) > 0) continue;
      tryAll(at + 1, [...given, next], changed + (precedence === rule.precedence ? 0 : 1));
    }
  };
  tryAll(0, [], 0);
  return fewest;
}
