import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import type { StoragePath } from "../../../src/storage/path.ts";
import type { Storage } from "../../../src/storage/storage.ts";
import { endChildren, startChild } from "../../conformance/child-process.ts";
import { describeWith } from "../../peers.ts";
import { openPlace } from "../driver-place.ts";
import { DRIVERS, type RunningDriver } from "../drivers.ts";
import { COUNTED, NUMBER } from "./versions.ts";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

const CHILD = "../live/crash/client-child.ts";
const KILLS = 3;

for (const driver of DRIVERS) {
  if (driver.peer === null || driver.name === "sftp, bare") continue;
  describeWith(driver.peer, driver.where(), `a lock over ${driver.name}`, () => {
    let running: RunningDriver;
    beforeAll(async () => {
      running = await driver.start();
    });
    afterEach(endChildren);
    afterAll(() => running.stop());

    test("two processes count, one of them is killed now and then, and no number is counted twice", async () => {
      const place = running.place();
      const storage = await openPlace(place);
      await storage.write(NUMBER, Buffer.from("0"));
      await storage.write(COUNTED, new Uint8Array());
      const start = async () => {
        const child = startChild(CHILD, "count", JSON.stringify(place));
        await child.says("ready");
        return child;
      };
      const lasting = await start();
      for (let kill = 0; kill < KILLS; kill += 1) {
        const victim = await start();
        await goesOn(storage, 4);
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 50));
        await victim.kill();
        // The one that lives takes over from the dead.
        await goesOn(storage, 2);
      }
      await lasting.kill();
      const numbers = (await text(storage, COUNTED)).trim().split("\n").map(Number);
      expect(numbers.length).toBeGreaterThan(6 * KILLS - KILLS);
      expect(numbers).toEqual([...new Set(numbers)].sort((one, two) => one - two));
      // Who was killed between the two writes did not write down his number.
      const missing = Number(await text(storage, NUMBER)) - numbers.length;
      expect(missing).toBeGreaterThanOrEqual(0);
      expect(missing).toBeLessThanOrEqual(KILLS + 1);
      await storage.close();
    });
  });
}

async function goesOn(storage: Storage, by: number): Promise<void> {
  const until = Number(await text(storage, NUMBER)) + by;
  const end = Date.now() + 60_000;
  while (Number(await text(storage, NUMBER)) < until) {
    if (Date.now() > end) throw new Error("nobody counts any more");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function text(storage: Storage, path: StoragePath): Promise<string> {
  return Buffer.from(await storage.read(path)).toString();
}
