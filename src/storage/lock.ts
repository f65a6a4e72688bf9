import { hostname } from "node:os";
import { fail } from "../errors/error.ts";
import { stopIfAborted } from "./call-checks.ts";
import { beginTakings, claim } from "./lock-claim.ts";
import { type HeldLock, holdLock, type Lease } from "./lock-lease.ts";
import { inLine, pause } from "./lock-line.ts";
import { lastTaking, lockFolder, newStamp, type Taking } from "./lock-record.ts";
import type { StoragePath } from "./path.ts";
import type { Storage } from "./storage.ts";

export type { Lease } from "./lock-lease.ts";

export interface LockOptions {
  /** For people who wonder who holds it; process and machine if absent. */
  readonly owner?: string;
  /** After so many ms without a sign of life the lock is free for others (default 10,000). */
  readonly ttlMs?: number;
  /** Longest wait for others, ms (default 15,000: longer than a dead holder blocks). */
  readonly waitMs?: number;
  /** Ends waiting; the work itself it leaves alone. */
  readonly signal?: AbortSignal;
  /** The wall clock, ms since 1970. */
  now?(): number;
}

const TTL_MS = 10_000;
const WAIT_MS = 15_000;
/** How far the clocks of two machines may differ, and how long a change begun in the last moment may take. */
const GRACE_MS = 2_000;
const FIRST_PAUSE_MS = 5;
const LONGEST_PAUSE_MS = 100;

/**
 * Runs `work` while no other process, on whatever machine, runs one under the same name in the same storage. The lock
 * is prolonged while this process lives. Changes made through `lease.storage` notice when it was lost all the same (the
 * process stood still). `STORAGE_LOCKED` after `waitMs`, `STORAGE_UNSUPPORTED` without `exclusiveCreate`, `ABORTED`.
 * Taking it again inside of `work` waits for itself.
 */
export async function withLock<T>(
  storage: Storage,
  name: string,
  work: (lease: Lease) => Promise<T>,
  options: LockOptions = {},
): Promise<T> {
  if (!storage.can.exclusiveCreate) {
    fail("STORAGE_UNSUPPORTED", "This storage has no locks: it cannot make a file exclusively.", {
      internal: { kind: storage.kind },
    });
  }
  stopIfAborted(options.signal);
  const { waitMs = WAIT_MS, signal } = options;
  const folder = lockFolder(name);
  const begun = performance.now();
  return inLine(storage, folder, waitMs, signal, async () => {
    const lock = await take(storage, folder, waitMs - (performance.now() - begun), options);
    try {
      return await work(lock);
    } finally {
      await lock.release();
    }
  });
}

async function take(
  storage: Storage,
  folder: StoragePath,
  waitMs: number,
  { owner = `${process.pid}@${hostname()}`, ttlMs = TTL_MS, signal, now = Date.now }: LockOptions,
): Promise<HeldLock> {
  const until = performance.now() + waitMs;
  const isFree = judge(ttlMs, now);
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
    stopIfAborted(signal);
    const last = await lastTaking(storage, folder);
    if (!last) {
      await beginTakings(storage, folder);
      continue;
    }
    if (isFree(last)) {
      const since = performance.now();
      const record = { owner, expires: now() + ttlMs, ttlMs, released: false, stamp: newStamp() };
      const taken = await claim(storage, folder, last, record);
      // Whoever slept on the way may have been taken for dead.
      if (taken && performance.now() - since < ttlMs) {
        return holdLock(storage, folder, last.fence + 1, record, since, now);
      }
    }
    const left = until - performance.now();
    if (left <= 0) locked(folder, last);
    // Uneven, so that those who collided once do not go on doing so.
    await pause(Math.min(left, pauseMs * (0.5 + Math.random())), signal);
  }
}

/**
 * Whether nobody holds what was found: given back, run out by the clock, or unchanged for so long under our own eyes
 * that its holder is dead whatever the clocks say.
 */
function judge(ttlMs: number, now: () => number): (last: Taking) => boolean {
  let watched: { readonly fence: number; readonly stamp: string; readonly since: number } | null = null;
  return ({ fence, record, mtimeMs }) => {
    if (record?.released) return true;
    const { expires, ttlMs: lasts, stamp } = record ?? { expires: mtimeMs + ttlMs, ttlMs, stamp: "" };
    if (now() > expires + GRACE_MS) return true;
    if (watched?.fence !== fence || watched.stamp !== stamp) {
      watched = { fence, stamp, since: performance.now() };
    }
    return performance.now() - watched.since > lasts + GRACE_MS;
  };
}

function locked(folder: StoragePath, { record }: Taking): never {
  return fail("STORAGE_LOCKED", undefined, {
    internal: { folder, owner: record?.owner, expires: record?.expires },
  });
}
