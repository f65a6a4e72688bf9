import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { newLocks } from "../../../src/simulator/locks.ts";

test("readers go together, a writer alone, all in the order they came", async () => {
  const locks = newLocks();
  const events: string[] = [];
  const work = (name: string) => async () => {
    events.push(`+${name}`);
    await sleep(5);
    events.push(`-${name}`);
  };
  await Promise.all([
    locks.shared("t", work("r1")),
    locks.shared("t", work("r2")),
    locks.exclusive("t", work("w1")),
    locks.exclusive("t", work("w2")),
    locks.shared("t", work("r3")),
  ]);
  expect(events.join(" ")).toBe("+r1 +r2 -r1 -r2 +w1 -w1 +w2 -w2 +r3 -r3");
});

test("names do not wait for each other, and one that failed lets the next in", async () => {
  const locks = newLocks();
  await expect(locks.exclusive("a", () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  let other = false;
  await locks.exclusive("a", async () => {
    await locks.exclusive("b", async () => {
      other = true;
    });
  });
  expect(other).toBe(true);
});
