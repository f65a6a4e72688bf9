import { expect, test } from "vitest";
import { compareClocks } from "../../../src/check/clock.ts";

test.each([
  [10_000, 0, null],
  [8_000, 0, null],
  [12_000, 0, null],
  [7_999, 1000, null],
  [6_999, 1000, "2"],
  [6_000, 0, "4"],
  [14_000, 0, "4"],
  [14_000, 1000, "4"],
])("a time of %i, cut down to %i, told at 10,000, is off by %s seconds", (theirs, grain, off) => {
  const { found, values } = compareClocks("ctrl", theirs, { before: 10_000, after: 10_000 }, grain);
  expect([found, values["seconds"] ?? null]).toEqual([off === null ? "clockEqual" : "clockDiffers", off]);
});
