import { expect, test } from "vitest";
import { isMet, report } from "../bench/report.ts";

const figure = { name: "a", ratio: 1.5, bound: 1.5, reference: "split" };

test("a figure at its bound is met, one above it or without a number is not", () => {
  expect(isMet(figure)).toBe(true);
  expect(isMet({ ...figure, ratio: 1.51 })).toBe(false);
  expect(isMet({ ...figure, ratio: Number.NaN })).toBe(false);
});

test("a speed may not be below its bound", () => {
  const speed = { ...figure, of: "speed" as const };
  expect(isMet(speed)).toBe(true);
  expect(isMet({ ...speed, ratio: 1.51 })).toBe(true);
  expect(isMet({ ...speed, ratio: 1.49 })).toBe(false);
  expect(isMet({ ...speed, ratio: Number.NaN })).toBe(false);
});

test("the report has one entry per name", () => {
  expect(report([figure, { ...figure, name: "b", ratio: 2 }])).toEqual({
    a: { ratio: 1.5, bound: 1.5, met: true, reference: "split" },
    b: { ratio: 2, bound: 1.5, met: false, reference: "split" },
  });
  expect(() => report([figure, figure])).toThrow("two benchmarks have one name");
});
