import { expect, test } from "vitest";
import { bytes, clock, count, day, daysBefore, percent } from "../../../src/web/text/format.ts";

test.each([
  [0, "0"],
  [999, "999"],
  [1000, "1,000"],
  [41_077, "41,077"],
  [1_234_567, "1,234,567"],
])("%i counts as %s", (n, text) => expect(count(n)).toBe(text));

test.each([
  [0, "0 B"],
  [1023, "1,023 B"],
  [1024, "1 kB"],
  [1536, "1.5 kB"],
  [1024 * 1024 - 1, "1 MB"],
  [612 * 1024 * 1024, "612 MB"],
  [1000 * 1024 * 1024, "1,000 MB"],
  [94_702_387_712, "88.2 GB"],
  [2 ** 60, "1,024 PB"],
])("%i bytes are %s", (n, text) => expect(bytes(n)).toBe(text));

test("percent never makes something nothing, nor nearly full full", () => {
  expect(percent(0, 100)).toBe(0);
  expect(percent(1, 100_000)).toBe(1);
  expect(percent(99_999, 100_000)).toBe(99);
  expect(percent(100, 100)).toBe(100);
  expect(percent(300, 100)).toBe(100);
  expect(percent(5, 0)).toBe(0);
});

test("dates are written by the calendar of this machine", () => {
  const noon = new Date(2026, 0, 5, 12, 3);
  expect(day(noon)).toBe("2026-01-05");
  expect(clock(noon)).toBe("12:03");
  expect(daysBefore(new Date(2026, 0, 4, 23, 59), new Date(2026, 0, 5, 0, 1))).toBe(1);
  expect(daysBefore(noon, new Date(2026, 0, 5, 0, 0))).toBe(0);
});
