import { expect, test } from "vitest";
import { later } from "../../src/later.ts";

function counted() {
  const counts = { opened: 0, closed: 0 };
  const open = async () => {
    counts.opened += 1;
    return {
      async close() {
        counts.closed += 1;
      },
    };
  };
  return { counts, open };
}

test("what was never opened is not opened after the end", async () => {
  const { counts, open } = counted();
  const place = later(open);
  await place.close();
  await expect(place.get()).rejects.toMatchObject({ code: "STORAGE_FAILED" });
  expect(counts).toEqual({ opened: 0, closed: 0 });
});

test("what is being opened when the end comes is closed", async () => {
  const { counts, open } = counted();
  const place = later(open);
  const opening = place.get();
  await place.close();
  await opening;
  expect(counts).toEqual({ opened: 1, closed: 1 });
});
