import { describe, expect, test } from "vitest";
import { beginTakings, claim } from "../../../src/storage/lock-claim.ts";
import {
  encodeRecord,
  lastTaking,
  lockFile,
  lockFolder,
  newStamp,
  takingsIn,
} from "../../../src/storage/lock-record.ts";
import { memory } from "../../../src/storage/memory.ts";
import { nameOf } from "../../../src/storage/path.ts";
import type { Storage } from "../../../src/storage/storage.ts";
import { through } from "../../../src/storage/through.ts";
import { randomFrom } from "../../support/random.ts";

const RACERS = 6;
const TURNS = 1_500;
const RUNS = 40;

/**
 * Racers who all take every holder for dead, so that all of them always try to take over. Which racer makes its next
 * step on the storage is drawn; some sleep for hundreds of steps of the others. Lists are read name by name, with
 * steps of others in between, as a real folder may be.
 */
async function race(seed: number, takeOver: typeof claim): Promise<{ wins: number; wrong: string[] }> {
  const random = randomFrom(seed);
  const whole = memory();
  const folder = lockFolder("x");
  await beginTakings(whole, folder);
  const waiting: { racer: number; go(): void }[] = [];
  const turn = (racer: number) => new Promise<void>((go) => waiting.push({ racer, go }));
  const asleepUntil = new Array<number>(RACERS).fill(0);
  let step = 0;

  const won = new Set<number>();
  let highest = 0;
  const wrong: string[] = [];
  async function run(racer: number): Promise<never> {
    const storage = stepwise(whole, () => turn(racer), random);
    for (;;) {
      const last = await lastTaking(storage, folder);
      if (!last) throw new Error("no taking is left");
      await turn(racer);
      const before = highest;
      const record = { owner: `${racer}`, expires: 0, ttlMs: 0, released: false, stamp: newStamp() };
      if (!(await takeOver(storage, folder, last, record))) continue;
      const fence = last.fence + 1;
      if (won.has(fence)) wrong.push(`${fence} was won twice`);
      if (fence <= before) wrong.push(`${fence} was won after ${before}`);
      won.add(fence);
      highest = Math.max(highest, fence);
    }
  }
  for (let racer = 0; racer < RACERS; racer += 1) {
    run(racer).catch((error: unknown) => wrong.push(String(error)));
  }
  for (; step < TURNS; step += 1) {
    await settled();
    const awake = waiting.filter(({ racer }) => (asleepUntil[racer] ?? 0) <= step);
    const next = awake[Math.floor(random() * awake.length)];
    if (!next) continue;
    waiting.splice(waiting.indexOf(next), 1);
    if (random() < 0.03) asleepUntil[next.racer] = step + Math.floor(random() * 600);
    next.go();
  }
  return { wins: won.size, wrong };
}

/** Each verb begins with a turn, and a list has one before each name. */
function stepwise(whole: Storage, turn: () => Promise<void>, random: () => number): Storage {
  return through(whole, {
    async read(path, how) {
      await turn();
      return whole.read(path, how);
    },
    async write(path, bytes, how) {
      await turn();
      return whole.write(path, bytes, how);
    },
    async remove(path, how) {
      await turn();
      return whole.remove(path, how);
    },
    async list(path, how) {
      await turn();
      const upward = random() < 0.5;
      const seen = new Map((await whole.list(path, how)).map((entry) => [entry.name, entry]));
      const places = Array.from({ length: 8 }, (_, index) => (upward ? index : 7 - index));
      const found = [];
      for (const place of places) {
        if (random() < 0.3) await turn();
        const now = new Map((await whole.list(path, how)).map((entry) => [entry.name, entry]));
        // A name that is there at the beginning and the end must be seen; others may be.
        for (const [name, entry] of new Map([...seen, ...now])) {
          if (Number(name) % 8 === place && now.has(name)) found.push(entry);
        }
      }
      return found;
    },
  });
}

/** What one would write first: makes the next number and believes it. */
const naive: typeof claim = async (storage, folder, before, record) => {
  try {
    const path = lockFile(folder, before.fence + 1);
    await storage.write(path, encodeRecord(record), { ifAbsent: true });
  } catch {
    return false;
  }
  const old = await takingsIn(storage, folder);
  for (const { fence } of old.slice(0, -8))
    await storage.remove(lockFile(folder, fence)).catch(() => undefined);
  return true;
};

describe("taking over from the dead", () => {
  test("no number is won twice, nor after a higher one, in whatever order racers make their steps", async () => {
    let wins = 0;
    for (let seed = 1; seed <= RUNS; seed += 1) {
      const outcome = await race(seed, claim);
      expect(outcome.wrong, `seed ${seed}`).toEqual([]);
      wins += outcome.wins;
    }
    expect(wins / RUNS, "locks were taken, and old takings cleaned").toBeGreaterThan(25);
  });

  test("the race above finds those who only make the next number", async () => {
    const wrong: string[] = [];
    for (let seed = 1; seed <= RUNS; seed += 1) wrong.push(...(await race(seed, naive)).wrong);
    expect(wrong.length).toBeGreaterThan(3);
  });
});

describe("a claim", () => {
  const folder = lockFolder("x");
  const record = { owner: "me", expires: 0, ttlMs: 0, released: false, stamp: "mine" };

  async function withTakings(...fences: readonly number[]) {
    const storage = memory();
    for (const fence of fences) await put(storage, fence);
    const before = await lastTaking(storage, folder);
    if (!before) throw new Error("no takings");
    return { storage, before };
  }
  const put = (storage: Storage, fence: number) =>
    storage.write(lockFile(folder, fence), encodeRecord({ ...record, stamp: newStamp() }));
  const fencesIn = async (storage: Storage) => (await takingsIn(storage, folder)).map(({ fence }) => fence);

  test("takes the next number", async () => {
    const { storage, before } = await withTakings(3, 4);
    expect(await claim(storage, folder, before, record)).toBe(true);
    expect(await fencesIn(storage)).toEqual([3, 4, 5]);
  });

  test("is withdrawn when the holder prolonged in the last moment", async () => {
    const { storage, before } = await withTakings(4);
    await put(storage, 4);
    expect(await claim(storage, folder, before, record)).toBe(false);
    expect(await fencesIn(storage)).toEqual([4]);
  });

  test("is withdrawn when what was judged was cleaned away, whatever a list shows", async () => {
    const { storage, before } = await withTakings(4);
    await put(storage, 30);
    await storage.remove(lockFile(folder, 4));
    const blind = through(storage, {
      list: async (path) => (await storage.list(path)).filter(({ name }) => name !== "30"),
    });
    expect(await claim(blind, folder, before, record)).toBe(false);
    expect(await fencesIn(storage)).toEqual([30]);
  });

  test("is withdrawn when there is a higher number", async () => {
    const { storage, before } = await withTakings(4);
    await put(storage, 6);
    expect(await claim(storage, folder, before, record)).toBe(false);
    expect(await fencesIn(storage)).toEqual([4, 6]);
  });

  test("fails where somebody else made the number", async () => {
    const { storage, before } = await withTakings(4);
    await put(storage, 5);
    expect(await claim(storage, folder, before, record)).toBe(false);
    expect(await fencesIn(storage)).toEqual([4, 5]);
  });

  test("cleans upwards and leaves the last eight", async () => {
    const { storage, before } = await withTakings(...Array.from({ length: 20 }, (_, fence) => fence));
    const removed: string[] = [];
    const watching = through(storage, {
      async remove(path, how) {
        removed.push(nameOf(path));
        return storage.remove(path, how);
      },
    });
    expect(await claim(watching, folder, before, record)).toBe(true);
    expect(removed).toEqual(Array.from({ length: 13 }, (_, fence) => String(fence)));
    expect(await fencesIn(storage)).toEqual([13, 14, 15, 16, 17, 18, 19, 20]);
  });
});

async function settled(): Promise<void> {
  for (let round = 0; round < 12; round += 1) await Promise.resolve();
}
