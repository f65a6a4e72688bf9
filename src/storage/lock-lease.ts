import { fail } from "../errors/error.ts";
import { encodeRecord, type LockRecord, lockFile, newStamp, takingsIn } from "./lock-record.ts";
import type { StoragePath } from "./path.ts";
import type { Storage } from "./storage.ts";
import { through } from "./through.ts";

/** The right to change something, for as long as the lock is ours. */
export interface Lease {
  /** Grows with every time the lock is taken, by whomever. */
  readonly fence: number;
  /** The locked storage, which refuses every change with `STORAGE_LOCKED` once the lock is lost. */
  readonly storage: Storage;
  stillHeld(): Promise<boolean>;
  /** Prolongs by the whole time again; this also happens by itself. `STORAGE_LOCKED` when the lock is lost. */
  renew(): Promise<void>;
}

export interface HeldLock extends Lease {
  /** Lets the next one in; never throws. */
  release(): Promise<void>;
}

/** `record` stands at `fence`, written at `since` (by `performance.now()`). */
export function holdLock(
  storage: Storage,
  folder: StoragePath,
  fence: number,
  first: LockRecord,
  since: number,
  now: () => number,
): HeldLock {
  let record = first;
  let lost = false;
  let lastWork: Promise<void> = Promise.resolve();

  /** By both clocks: the wall's may be set, the other one stands still in a suspended machine. */
  const inTime = () => !lost && now() < record.expires && performance.now() - since < record.ttlMs;
  const isLast = async () => (await takingsIn(storage, folder)).at(-1)?.fence === fence;

  async function prolong(): Promise<void> {
    if (!inTime()) loseIt();
    const begun = performance.now();
    const next = { ...record, expires: now() + record.ttlMs, stamp: newStamp() };
    await storage.write(lockFile(folder, fence), encodeRecord(next), { fleeting: true });
    // Written too late, it may have met somebody who took over already.
    if (!inTime() || !(await isLast())) loseIt();
    record = next;
    since = begun;
  }

  /** One at a time, so that an older record never overwrites a newer one. */
  function renew(): Promise<void> {
    const work = lastWork.then(prolong);
    lastWork = work.catch(() => undefined);
    return work;
  }

  function loseIt(): never {
    lost = true;
    return fail("STORAGE_LOCKED", "The work took longer than its lock: somebody else may be at it now.", {
      internal: { folder, fence },
    });
  }

  /**
   * Whoever takes the lock over makes the next number, and who cleans up begins with ours: cheaper to see than the whole
   * list, before each of the many changes of an import.
   */
  async function seemsLast(): Promise<boolean> {
    const [ours, next] = await Promise.all([
      storage.stat(lockFile(folder, fence)),
      storage.stat(lockFile(folder, fence + 1)),
    ]);
    return ours !== null && next === null;
  }

  async function stillHeld(): Promise<boolean> {
    return inTime() && (await isLast()) && inTime();
  }

  // A beat that fails is made good by the next one; when none is, the lock is lost by time.
  const beat = setInterval(() => void renew().catch(() => undefined), first.ttlMs / 3);
  beat.unref();

  return {
    fence,
    storage: guarded(storage, async () => {
      if (!(inTime() && (await seemsLast()) && inTime())) loseIt();
    }),
    stillHeld,
    renew,
    async release() {
      clearInterval(beat);
      await lastWork;
      lost = true;
      const released = { ...record, released: true, stamp: newStamp() };
      // Unreleased it runs out by itself; what was done under it is done.
      await storage
        .write(lockFile(folder, fence), encodeRecord(released), { fleeting: true })
        .catch(() => undefined);
    },
  };
}

function guarded(storage: Storage, check: () => Promise<void>): Storage {
  return through(storage, {
    async write(...call) {
      await check();
      return storage.write(...call);
    },
    async move(...call) {
      await check();
      return storage.move(...call);
    },
    async remove(...call) {
      await check();
      return storage.remove(...call);
    },
    async makeFolder(...call) {
      await check();
      return storage.makeFolder(...call);
    },
  });
}
