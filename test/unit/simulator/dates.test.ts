import { afterEach, expect, test } from "vitest";
import { dayStamp, mailDate, numericDate, offDate } from "../../../src/simulator/dates.ts";

const zone = process.env["TZ"];
afterEach(() => {
  if (zone === undefined) delete process.env["TZ"];
  else process.env["TZ"] = zone;
});

const MOMENT = new Date(Date.UTC(2026, 10, 4, 22, 3, 9));

test("dates as the server writes them in Greenwich", () => {
  process.env["TZ"] = "UTC";
  expect(mailDate(MOMENT)).toBe("Wed, 4 Nov 2026 22:03:09 -0000");
  expect(numericDate(MOMENT)).toBe("2026-11-04 22:03:09");
  expect(dayStamp(MOMENT)).toBe("202611040000");
  expect(offDate(MOMENT)).toBe("04 Nov 2026 22:03:09 UTC");
});

test("and in Tokyo", () => {
  process.env["TZ"] = "Asia/Tokyo";
  expect(mailDate(MOMENT)).toBe("Thu, 5 Nov 2026 07:03:09 +0900");
  expect(dayStamp(MOMENT)).toBe("202611050000");
});
