import { describe, expect, test } from "vitest";
import { beginTakings, claim } from "../../../src/storage/lock-claim.ts";
import { lastTaking, lockFolder, newStamp } from "../../../src/storage/lock-record.ts";
import { memory } from "../../../src/storage/memory.ts";
import type { Storage } from "../../../src/storage/storage.ts";
import { through } from "../../../src/storage/through.ts";

const RACERS = 6;
const TURNS = 1_500;
const RUNS = 60;

/**
 * Racers who all take every holder for dead, so that all of them always try to take over. Which racer makes its next
 * step on the storage is drawn; some sleep for hundreds of steps of the others. Lists are read name by name, with
 * steps of others in between, as a real folder may be.
 */
async function race(seed: number): Promise<{ wins: number; wrong: string[] }> {
  const random = mulberry32(seed);
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
      if (!(await claim(storage, folder, last, record))) continue;
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

describe("taking over from the dead", () => {
  test("no number is won twice, nor after a higher one, in whatever order racers make their steps", async () => {
    let wins = 0;
    for (let seed = 1; seed <= RUNS; seed += 1) {
      const outcome = await race(seed);
      expect(outcome.wrong, `seed ${seed}`).toEqual([]);
      wins += outcome.wins;
    }
    expect(wins / RUNS, "locks were taken, and old takings cleaned").toBeGreaterThan(25);
  });
});

async function settled(): Promise<void> {
  for (let round = 0; round < 12; round += 1) await Promise.resolve();
}

function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
