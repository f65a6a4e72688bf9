import { describe, expect, test } from "vitest";
import { fail } from "../../../src/errors/error.ts";
import { type Lease, withLock } from "../../../src/storage/lock.ts";
import { LOCK_FOLDER } from "../../../src/storage/lock-record.ts";
import { memory } from "../../../src/storage/memory.ts";
import { storagePath } from "../../../src/storage/path.ts";
import type { Storage } from "../../../src/storage/storage.ts";
import { through } from "../../../src/storage/through.ts";
import { prefixed } from "../../../src/storage/wrap.ts";

const aWhile = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
const FAR = Number.MAX_SAFE_INTEGER / 2;
const MINUTE = 60_000;

/** The same storage as another process would open it: without the line of this one. */
const another = (storage: Storage) => through(storage, {});

/** What a killed process leaves: its lock, never given back. */
async function deadHolder(
  storage: Storage,
  options: { ttlMs?: number; now?(): number } = {},
): Promise<number> {
  let fence = 0;
  const dead = through(storage, {
    async write(path, bytes, how) {
      if (fence === 0) return storage.write(path, bytes, how);
    },
  });
  await withLock(
    dead,
    "x",
    async (lease) => {
      fence = lease.fence;
    },
    options,
  );
  return fence;
}

describe("withLock", () => {
  test("one at a time, in the order they came, with rising fences", async () => {
    const storage = memory();
    const fences: number[] = [];
    const order: number[] = [];
    let inside = 0;
    await Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        withLock(storage, "x", async ({ fence }) => {
          inside += 1;
          expect(inside).toBe(1);
          await aWhile(0);
          order.push(index);
          fences.push(fence);
          inside -= 1;
        }),
      ),
    );
    expect(order).toEqual(Array.from({ length: 30 }, (_, index) => index));
    expect(fences).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
    expect((await storage.list(storagePath(LOCK_FOLDER, "x"))).length).toBeLessThanOrEqual(17);
  });

  test("across openings too", async () => {
    const storage = memory();
    let inside = 0;
    await Promise.all(
      Array.from({ length: 20 }, () =>
        withLock(another(storage), "x", async () => {
          inside += 1;
          expect(inside).toBe(1);
          await aWhile(1);
          inside -= 1;
        }),
      ),
    );
  });

  test("gives back what the work gives, and the lock when it throws", async () => {
    const storage = memory();
    await expect(withLock(storage, "x", async () => fail("CONFLICT"))).rejects.toMatchObject({
      code: "CONFLICT",
    });
    expect(await withLock(storage, "x", async () => 7, { waitMs: 0 })).toBe(7);
  });

  test("different names and different storages do not wait for each other", async () => {
    const storage = memory();
    await withLock(storage, "x", () =>
      withLock(storage, "y", () =>
        withLock(storage, "x/z", () => withLock(memory(), "x", async () => undefined)),
      ),
    );
  });

  test("is refused after waitMs, by whomever it is held", async () => {
    const storage = memory();
    await withLock(storage, "x", async () => {
      const takers = [storage, another(storage)].map((place) =>
        expect(withLock(place, "x", async () => undefined, { waitMs: 40 })).rejects.toMatchObject({
          code: "STORAGE_LOCKED",
        }),
      );
      await Promise.all(takers);
    });
    await withLock(storage, "x", async () => undefined, { waitMs: 0 });
  });

  test("waiting ends when it is given up", async () => {
    const storage = memory();
    await withLock(storage, "x", async () => {
      for (const place of [storage, another(storage)]) {
        const stop = new AbortController();
        const waiting = withLock(place, "x", async () => undefined, { signal: stop.signal });
        setTimeout(() => stop.abort(), 20);
        await expect(waiting).rejects.toMatchObject({ code: "ABORTED" });
      }
    });
    const signal = AbortSignal.abort();
    await expect(withLock(storage, "x", async () => 1, { signal })).rejects.toMatchObject({
      code: "ABORTED",
    });
  });

  test("needs exclusiveCreate", async () => {
    const storage = memory();
    const poor = through(storage, { can: { ...storage.can, exclusiveCreate: false } });
    await expect(withLock(poor, "x", async () => 1)).rejects.toMatchObject({ code: "STORAGE_UNSUPPORTED" });
    expect(await storage.stat(storagePath(LOCK_FOLDER))).toBeNull();
  });

  test("names are paths, and checked as such", async () => {
    for (const name of ["", "..", "../x", "a/../b", "/x", "x\0"]) {
      await expect(
        withLock(memory(), name, async () => 1),
        name,
      ).rejects.toMatchObject({ code: "STORAGE_PATH" });
    }
  });

  test("a dead holder blocks until its time is over, and the difference of clocks", async () => {
    const storage = memory();
    let clock = 1_000_000;
    const now = () => clock;
    const fence = await deadHolder(storage, { ttlMs: 5_000, now });
    const take = () => withLock(another(storage), "x", async (lease) => lease.fence, { waitMs: 0, now });
    for (clock of [1_000_000, 1_005_000, 1_006_900]) {
      await expect(take()).rejects.toMatchObject({ code: "STORAGE_LOCKED" });
    }
    clock = 1_007_001;
    expect(await take()).toBe(fence + 1);
  });

  test("a dead holder whose clock was far ahead blocks no longer than its time under our eyes", async () => {
    const storage = memory();
    const fence = await deadHolder(storage, { ttlMs: 300, now: () => Date.now() + FAR / 2 });
    const begun = performance.now();
    expect(await withLock(another(storage), "x", async (lease) => lease.fence)).toBe(fence + 1);
    expect(performance.now() - begun).toBeGreaterThan(2_000);
  });

  test("a damaged lock file is judged by its age", async () => {
    let clock = Date.now() - MINUTE;
    const storage = memory({ now: () => clock });
    const take = () => withLock(another(storage), "x", async ({ fence }) => fence, { waitMs: 0 });
    await take();
    await storage.write(storagePath(LOCK_FOLDER, "x/7"), Buffer.from('{"owner":"ha'));
    expect(await take()).toBe(8);
    clock = Date.now();
    for (const [index, text] of ["", "null", "[]", '{"expires":"soon"}', "\xff"].entries()) {
      await storage.write(storagePath(LOCK_FOLDER, `x/${20 + index}`), Buffer.from(text, "latin1"));
      await expect(take(), text).rejects.toMatchObject({ code: "STORAGE_LOCKED" });
    }
  });

  test("what else lies in the folder of locks is left alone", async () => {
    const storage = memory();
    await storage.write(storagePath(LOCK_FOLDER, "x/README"), Buffer.from("mine"));
    await storage.makeFolder(storagePath(LOCK_FOLDER, "x/99"));
    expect(await withLock(storage, "x", async ({ fence }) => fence)).toBe(1);
  });
});

describe("a lease", () => {
  test("prolongs itself for as long as the work takes", async () => {
    const storage = memory();
    await withLock(
      storage,
      "x",
      async (lease) => {
        await aWhile(2_600);
        expect(await lease.stillHeld()).toBe(true);
        const other = withLock(another(storage), "x", async () => 1, { waitMs: 0 });
        await expect(other).rejects.toMatchObject({ code: "STORAGE_LOCKED" });
      },
      { ttlMs: 300 },
    );
  });

  test("is lost by the wall clock, and changes nothing then", async () => {
    const storage = memory();
    let clock = 0;
    await withLock(
      storage,
      "x",
      async (lease) => {
        await lease.storage.write(storagePath("f"), Buffer.from("kept"));
        clock = 10_001;
        await lostIts(lease, storage);
      },
      { now: () => clock },
    );
  });

  test("is lost when the process stood still, whatever the wall clock says", async () => {
    const storage = memory();
    await withLock(
      storage,
      "x",
      async (lease) => {
        await lease.storage.write(storagePath("f"), Buffer.from("kept"));
        const until = performance.now() + 120;
        while (performance.now() < until);
        await lostIts(lease, storage);
      },
      { ttlMs: 100, now: () => 0 },
    );
  });

  test("is lost to a successor", async () => {
    const storage = memory();
    await withLock(storage, "x", async (lease) => {
      await lease.storage.write(storagePath("f"), Buffer.from("kept"));
      const early = { now: () => Date.now() + MINUTE, waitMs: 0 };
      expect(await withLock(another(storage), "x", async ({ fence }) => fence, early)).toBe(lease.fence + 1);
      await lostIts(lease, storage);
    });
    // What the loser gives back is not the successor's lock.
    expect(await withLock(storage, "x", async ({ fence }) => fence, { waitMs: 0 })).toBe(3);
  });

  test("renewed too late it is lost, even if the write went through", async () => {
    const storage = memory();
    let clock = 0;
    const slow = through(storage, {
      async write(path, bytes, how) {
        await storage.write(path, bytes, how);
        if (!how?.ifAbsent) clock = 20_000;
      },
    });
    await withLock(
      slow,
      "x",
      async (lease) => {
        await expect(lease.renew()).rejects.toMatchObject({ code: "STORAGE_LOCKED" });
        expect(await lease.stillHeld()).toBe(false);
      },
      { now: () => clock },
    );
  });

  test("renew gives the whole time again", async () => {
    const storage = memory();
    let clock = 0;
    const now = () => clock;
    await withLock(
      storage,
      "x",
      async (lease) => {
        for (clock of [9_000, 18_000, 27_000]) await lease.renew();
        expect(await lease.stillHeld()).toBe(true);
        const other = withLock(another(storage), "x", async () => 1, { waitMs: 0, now });
        await expect(other).rejects.toMatchObject({ code: "STORAGE_LOCKED" });
      },
      { now },
    );
  });

  test("hands on every verb of its storage while it is held", async () => {
    const storage = prefixed(memory(), storagePath("part"));
    await withLock(storage, "x", async (lease) => {
      await lease.storage.makeFolder(storagePath("d"));
      await lease.storage.write(storagePath("d/f"), Buffer.from("1"));
      await lease.storage.move(storagePath("d/f"), storagePath("g"));
      expect(Buffer.from(await lease.storage.read(storagePath("g"))).toString()).toBe("1");
      await lease.storage.remove(storagePath("g"));
      expect((await lease.storage.list(storagePath(""))).map(({ name }) => name).sort()).toEqual([
        ".xmailcfg",
        "d",
      ]);
    });
  });

  test("a renewal that fails once is made good by the next", async () => {
    const storage = memory();
    let failures = 0;
    const shaky = through(storage, {
      async write(path, bytes, how) {
        if (!how?.ifAbsent && failures++ % 2 === 0) fail("STORAGE_FAILED");
        return storage.write(path, bytes, how);
      },
    });
    await withLock(
      shaky,
      "x",
      async (lease) => {
        await aWhile(1_500);
        expect(failures).toBeGreaterThan(3);
        expect(await lease.stillHeld()).toBe(true);
      },
      { ttlMs: 600 },
    );
  });
});

/** No change goes through any more, and nobody pretends otherwise. */
async function lostIts(lease: Lease, storage: Storage): Promise<void> {
  expect(await lease.stillHeld()).toBe(false);
  const f = storagePath("f");
  const changes = {
    write: () => lease.storage.write(f, Buffer.from("late")),
    move: () => lease.storage.move(f, storagePath("g")),
    remove: () => lease.storage.remove(f),
    makeFolder: () => lease.storage.makeFolder(storagePath("d")),
    renew: () => lease.renew(),
  };
  for (const [verb, change] of Object.entries(changes)) {
    await expect(change(), verb).rejects.toMatchObject({ code: "STORAGE_LOCKED" });
  }
  expect(Buffer.from(await storage.read(f)).toString()).toBe("kept");
  expect((await storage.list(storagePath(""))).map(({ name }) => name).sort()).toEqual([".xmailcfg", "f"]);
}
