import { expect, test } from "vitest";
import { memory } from "../../../src/storage/memory.ts";
import { ROOT, storagePath } from "../../../src/storage/path.ts";

test("times come from the given clock, those of folders when a name comes or goes", async () => {
  let clock = 1_000;
  const storage = memory({ now: () => clock });
  const times = async () =>
    Promise.all(["", "d", "d/f"].map(async (path) => (await storage.stat(storagePath(path)))?.mtimeMs));
  expect((await storage.stat(ROOT))?.mtimeMs).toBe(1_000);
  clock = 2_000;
  await storage.write(storagePath("d/f"), Buffer.from("1"));
  expect(await times()).toEqual([2_000, 2_000, 2_000]);
  clock = 3_000;
  await storage.write(storagePath("d/f"), Buffer.from("2"));
  expect(await times()).toEqual([2_000, 2_000, 3_000]);
  clock = 4_000;
  await storage.move(storagePath("d/f"), storagePath("g"));
  expect(await times()).toEqual([4_000, 4_000, undefined]);
  expect((await storage.stat(storagePath("g")))?.mtimeMs, "a moved file keeps its time").toBe(3_000);
});

test("two storages share nothing", async () => {
  const [one, two] = [memory(), memory()];
  await one.write(storagePath("f"), Buffer.from("1"));
  expect(await two.list(ROOT)).toEqual([]);
});
