import { existsSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { AppError } from "../../../src/errors/error.ts";
import { seedStorm } from "../../../src/simulator/demo-storm.ts";
import type { StartThreads } from "../../../src/spool/each-cell.ts";
import type { Cell } from "../../../src/spool/layout.ts";
import { openSpool } from "../../../src/spool/open.ts";
import { startThreads } from "../../../src/spool-threads.ts";
import { local } from "../../../src/storage/local.ts";
import type { Storage } from "../../../src/storage/storage.ts";
import { SPOOL_GROUPS, type SpoolStore } from "../../../src/xmail/spool.ts";
import { NOW } from "./spool-samples.ts";

// Threads take their time to begin from sources, and more while others use the machine.
vi.setConfig({ testTimeout: 60_000 });

const STORM = { account: "carol@example.com", spam: 500, innocent: 40, others: 160, split: 6 } as const;
const SPAM = "auth:=carol@example.com ip:^203.0.113.";
const FILTERS = [
  "",
  SPAM,
  "-subject:parcel",
  "status:retry",
  "reason:later",
  "age:<1h",
  "from:nobody@nowhere.test",
];

const top = mkdtempSync(join(tmpdir(), "xmailcfg-spool-threads-"));
const root = join(top, "root");
let names: readonly string[] = [];
beforeAll(async () => {
  names = (await seedStorm(local(root), { ...STORM, seed: 4, now: NOW })).map(({ id }) => id).sort();
}, 60_000);
afterAll(() => rmSync(top, { recursive: true }));

const alone = (folder = root) => openSpool(local(folder), null);
/** Threads from the second folder on. */
const withThreads = (threads: StartThreads = startThreads, folder = root) =>
  openSpool(local(folder), null, { threads, aloneMs: 0 });

/** Notes how many there were, at all and at once, and whether all have ended. */
function watched(start: StartThreads = startThreads) {
  const seen = { begun: 0, ended: 0, most: 0, answered: 0 };
  const threads: StartThreads = (folder, question) => {
    const real = start(folder, question);
    if (!real) return null;
    seen.begun += 1;
    seen.most = Math.max(seen.most, seen.begun - seen.ended);
    return {
      count: real.count,
      async answer(cell) {
        const answer = await real.answer(cell);
        seen.answered += 1;
        return answer;
      },
      async end() {
        await real.end();
        seen.ended += 1;
      },
    };
  };
  return { seen, threads };
}

const aWhile = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const page = async (spool: SpoolStore, filter: string, limit: number) => {
  const ids: string[] = [];
  for (let after: string | undefined; ; ) {
    const { items, next } = await spool.page({ filter, now: NOW, limit, ...(after ? { after } : {}) });
    ids.push(...items.map(({ id }) => id));
    if (next === null) return ids;
    after = next;
  }
};

describe("threads answer what one alone answers", () => {
  test.each(SPOOL_GROUPS)("grouped by %s", async (by) => {
    const { seen, threads } = watched();
    // Each side with another one, because threads take their time to begin from sources.
    const filters = ["", FILTERS[SPOOL_GROUPS.indexOf(by) % FILTERS.length] ?? ""];
    for (const filter of filters) {
      const ask = { filter, by, most: 20, now: NOW } as const;
      expect(await withThreads(threads).shape(ask), filter).toEqual(await alone().shape(ask));
    }
    expect(seen).toMatchObject({ begun: 2, ended: 2 });
    expect(seen.answered).toBeGreaterThan(60);
  });

  test("what an action would do, with the same samples in the order of the queue", async () => {
    const listed = await page(alone(), "", 900);
    const { seen, threads } = watched();
    for (const filter of [SPAM, "reason:later"]) {
      const ask = { filter, action: "remove", samples: 7, now: NOW } as const;
      const foreseen = await alone().foresee(ask);
      expect(await withThreads(threads).foresee(ask), filter).toEqual(foreseen);
      expect(foreseen.caught.messages + foreseen.left.messages).toBe(names.length);
      for (const { samples } of [foreseen, { samples: foreseen.leftSamples }])
        expect(samples.map(({ id }) => listed.indexOf(id))).toEqual(
          samples.map(({ id }) => listed.indexOf(id)).toSorted((a, b) => a - b),
        );
      const named = { ...ask, among: "status:retry", messages: names.slice(0, 300) };
      expect(await withThreads(threads).foresee(named), filter).toEqual(await alone().foresee(named));
    }
    expect(seen.answered).toBeGreaterThan(60);
  });

  test("pages of any length, of any filter", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...FILTERS),
        fc.integer({ min: 150, max: 900 }),
        async (filter, limit) => {
          expect(await page(withThreads(), filter, limit)).toEqual(await page(alone(), filter, limit));
        },
      ),
      { numRuns: 3 },
    );
    expect([...(await page(withThreads(), "", 300))].sort()).toEqual(names);
  });

  test("a job that removes them, and its undo", async () => {
    const { seen, threads } = watched();
    const spool = withThreads(threads);
    const job = await spool.begin({ action: "remove", filter: SPAM, by: "boss", now: NOW });
    const done = await spool.work(job.id, 60_000, NOW);
    expect(done).toMatchObject({ finished: true, done: STORM.spam, gone: 0, looked: done.of });
    expect(seen).toMatchObject({ begun: 1, ended: 1 });
    expect((await page(alone(), "", 900)).length).toBe(names.length - STORM.spam);
    const undo = await spool.undo(job.id, "boss", NOW);
    await spool.work(undo.id, 60_000, NOW);
    expect((await page(alone(), "", 900)).sort()).toEqual(names);
  });
});

describe("threads that", () => {
  const ask = { filter: "", by: "auth", most: 20, now: NOW } as const;

  test("break are done without: nothing is left out", async () => {
    let cells = 0;
    const breaking: StartThreads = (folder, question) => {
      const real = startThreads(folder, question);
      if (!real) return null;
      const answer = async (cell: Cell) => {
        cells += 1;
        // From the tenth cell on there is nobody any more.
        if (cells === 10) await real.end();
        return real.answer(cell);
      };
      return { ...real, answer };
    };
    expect(await withThreads(breaking).shape(ask)).toEqual(await alone().shape(ask));
    expect(cells).toBeGreaterThan(20);
    // What cannot be read there is told by whoever asked.
    const wrong: StartThreads = (folder) => startThreads(folder, { about: "shape" } as never);
    expect(await withThreads(wrong).shape(ask)).toEqual(await alone().shape(ask));
  });

  // Linux tells them; elsewhere the counts alone are seen.
  const running = () => (existsSync("/proc/self/task") ? readdirSync("/proc/self/task").length : 0);

  /** Long enough for a busy machine to begin threads, and so long that their first answer is late. */
  const SOON_MS = 1_500;
  const LATER_MS = 2_000;

  /** Each answer takes its time. */
  const slow =
    (ms: number): StartThreads =>
    (folder, question) => {
      const real = startThreads(folder, question);
      const answer = async (cell: Cell) => {
        await aWhile(ms);
        return real?.answer(cell);
      };
      return real && { ...real, answer };
    };

  test("are still at work end when time is up", async () => {
    await withThreads().shape(ask);
    const before = running();
    const { seen, threads } = watched(slow(LATER_MS));
    const spool = withThreads(threads);
    const part = await spool.shape({ ...ask, within: SOON_MS });
    expect(part.looked).toBeGreaterThan(0);
    expect(part.looked).toBeLessThan(part.of);
    const job = await spool.begin({
      action: "remove",
      filter: "from:nobody@nowhere.test",
      by: "boss",
      now: NOW,
    });
    const worked = await spool.work(job.id, SOON_MS, NOW);
    expect([worked.finished, worked.looked < worked.of]).toEqual([false, true]);
    expect(seen).toMatchObject({ begun: 2, ended: 2 });
    expect(running()).toBeLessThanOrEqual(before);
  });

  test("are still at work end when the caller gave up, without waiting for an answer", async () => {
    const stop = new AbortController();
    const { seen, threads } = watched((folder, question) => {
      setTimeout(() => stop.abort(new Error("enough")), 100);
      return slow(3_600_000)(folder, question);
    });
    const given = withThreads(threads).shape({ ...ask, signal: stop.signal });
    await expect(given).rejects.toMatchObject({ code: "ABORTED" });
    expect(seen).toMatchObject({ begun: 1, ended: 1 });
  });

  test("are ending when what was done cannot be written down: it is told, once", async () => {
    const disk = local(root);
    let isFull = false;
    const storage: Storage = {
      ...disk,
      write: (...args) => (isFull ? Promise.reject(new AppError("STORAGE_FAILED")) : disk.write(...args)),
    };
    const threads: StartThreads = (folder, question) => {
      isFull = true;
      const real = slow(LATER_MS)(folder, question);
      const end = async () => {
        await aWhile(200);
        await real?.end();
      };
      return real && { ...real, end };
    };
    const spool = openSpool(storage, null, { threads, aloneMs: 0 });
    const job = await spool.begin({
      action: "remove",
      filter: "from:nobody@nowhere.test",
      by: "boss",
      now: NOW,
    });
    // A rejection that nobody hears of ends the process, and here the run of the tests.
    await expect(spool.work(job.id, SOON_MS, NOW)).rejects.toMatchObject({ code: "STORAGE_FAILED" });
    expect(isFull).toBe(true);
  });

  test("find another folder under the name read nothing of it", async () => {
    const other = join(top, "other");
    await seedStorm(local(other), { ...STORM, spam: 9, seed: 5, now: NOW });
    const link = join(top, "link");
    symlinkSync(other, link);
    const led: StartThreads = (_, question) => startThreads(link, question);
    expect(await withThreads(led).shape(ask)).toEqual(await alone().shape(ask));
  });

  test("would be too many are not begun, and whoever asks then works alone", async () => {
    const { seen, threads } = watched();
    const all = await Promise.all(Array.from({ length: 5 }, () => withThreads(threads).shape(ask)));
    for (const one of all) expect(one).toEqual(all[0]);
    expect(all[0]).toEqual(await alone().shape(ask));
    expect(seen.most).toBe(2);
    const { begun } = seen;
    expect(begun).toBeLessThan(5);
    // Those have made room again.
    await withThreads(threads).shape(ask);
    expect(seen).toMatchObject({ begun: begun + 1, ended: begun + 1 });
  });

  test("cannot know who may see what are not begun", async () => {
    const { seen, threads } = watched();
    const visible = ({ from }: { readonly from: string }) => from.startsWith("carol");
    const shape = await withThreads(threads).shape({ ...ask, visible });
    expect(shape).toEqual(await alone().shape({ ...ask, visible }));
    expect([shape.messages > 0, shape.messages < names.length, seen.begun]).toEqual([true, true, 0]);
  });
});
