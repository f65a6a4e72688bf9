import { describe, expect, test } from "vitest";
import { fail, hasCode } from "../../src/errors/error.ts";
import { memory } from "../../src/storage/memory.ts";
import { ROOT, storagePath } from "../../src/storage/path.ts";
import type { Storage } from "../../src/storage/storage.ts";
import type { Recovery } from "../../src/xmail/change-set.ts";
import { lacking } from "./storage-lacking.ts";
import { changesIn, everythingIn, furnishRoot, stepping, WORKS, type Work } from "./tried-changes.ts";

const furnished = memory();
await furnishRoot(furnished);

for (const way of ["with move", "without move"] as const) {
  const opened = (storage: Storage) => (way === "with move" ? storage : lacking(storage, "move"));
  describe(`a change of files, in memory ${way}`, () => {
    for (const work of WORKS) {
      test(`${work.name}: a failure at any step is taken back at once, or the change is made`, async () => {
        const { old, young, steps, ready } = await tried(work, opened);
        if (steps === 0) return;
        for (let k = 1; k <= steps; k += 1) {
          for (const moment of ["before", "after"] as const) {
            const storage = await ready();
            let isOver = false;
            const failing = stepping(storage.storage, async (when, step) => {
              if (isOver || when !== moment || step !== k) return;
              isOver = true;
              fail("STORAGE_FAILED");
            });
            const error = await outcome(work.run(opened(failing), storage.changes));
            const found = await everythingIn(storage.storage);
            const where = `${moment} step ${k} of ${steps}`;
            // A folder that goes for good cannot be stopped half way: whoever comes next finishes it.
            if (error && way === "without move" && /removing|taking back: adding|several/.test(work.name)) {
              await (await changesIn(opened(storage.storage))).recover();
              expect([old, young], where).toContainEqual(await everythingIn(storage.storage));
            } else expect(found, where).toEqual(error ? old : young);
            expect(await (await changesIn(opened(storage.storage))).recover()).toEqual([]);
          }
        }
      });

      test(`${work.name}: killed at any step, and killed again on the way out, is old or new, and said`, async () => {
        const { old, young, steps, ready } = await tried(work, opened);
        for (let k = 1; k <= steps; k += 1) {
          const dead = await ready();
          await outcome(work.run(opened(dying(dead.storage, k)), dead.changes));
          for (let j = 1; ; j += 1) {
            const storage = await copyOf(dead.storage);
            let isDone = true;
            await (await changesIn(opened(dying(storage, j)))).recover().catch((error: unknown) => {
              if (!hasCode(error, "STORAGE_FAILED")) throw error;
              isDone = false;
            });
            const told = await (await changesIn(opened(storage))).recover();
            const found = await everythingIn(storage);
            const where = `killed at step ${k} of ${steps}, and at ${j} of recovering`;
            expect([old, young], where).toContainEqual(found);
            expectSaid(told, isDone, same(found, young), where);
            expect(await (await changesIn(opened(storage))).recover(), where).toEqual([]);
            // The next change goes on as ever.
            if (isDone) break;
          }
          const told = await (await changesIn(opened(dead.storage))).recover();
          for (const { outcome } of told) expect(outcome).toBe("finished");
          if (told.length > 0) expect(await everythingIn(dead.storage), `at ${k}`).toEqual(young);
        }
      });
    }
  });
}

function expectSaid(told: readonly Recovery[], isDone: boolean, isNew: boolean, where: string): void {
  if (isDone) return;
  for (const { outcome } of told) expect(outcome, where).toBe(isNew ? "finished" : "rolledBack");
}

/** What the work makes of the furnished MailRoot, and in how many steps. */
async function tried(work: Work, opened: (storage: Storage) => Storage) {
  const base = await copyOf(furnished);
  const changes = await work.makeReady(opened(base));
  const old = await everythingIn(base);
  const whole = await copyOf(base);
  let steps = 0;
  const counting = stepping(whole, async (_, step) => {
    steps = step;
  });
  const error = await outcome(work.run(opened(counting), changes));
  // What was not kept cannot come back.
  if (error) expect(hasCode(error, "NOT_FOUND")).toBe(true);
  const young = await everythingIn(whole);
  if (!error) expect(young).not.toEqual(old);
  return {
    old,
    young,
    steps,
    ready: async () => ({ storage: await copyOf(base), changes }),
  };
}

/** From the k-th change on nothing works, as for a process that is dead. */
function dying(storage: Storage, k: number): Storage {
  return stepping(storage, async (when, step) => {
    if (when === "before" && step >= k) fail("STORAGE_FAILED");
  });
}

async function outcome(work: Promise<void>): Promise<unknown> {
  return work.then(
    () => null,
    (error: unknown) => error,
  );
}

async function copyOf(storage: Storage, to = memory(), folder = ""): Promise<Storage> {
  for (const { name, kind } of await storage.list(storagePath(folder))) {
    const path = storagePath(...(folder === ROOT ? [] : [folder]), name);
    if (kind === "file") await to.write(path, await storage.read(path));
    else {
      await to.makeFolder(path);
      await copyOf(storage, to, path);
    }
  }
  return to;
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
