import { withLock } from "../storage/lock.ts";
import { type Overlay, overlay } from "../storage/overlay.ts";
import type { Storage } from "../storage/storage.ts";
import type { CallOptions } from "../xmail/call-options.ts";
import type { Recovery } from "../xmail/change-set.ts";
import { applyPlan } from "./apply-plan.ts";
import { type Plan, planOf, take } from "./plan.ts";
import { recover } from "./recover.ts";

/** A MailRoot in which changes are made one at a time, whoever makes them, for each may touch several tables. */
export interface Ground {
  readonly storage: Storage;
  /** What was found half done, told once. */
  readonly recovered: Recovery[];
  /** Finishes first what a killed process left. `STORAGE_LOCKED`, `STORAGE_UNSUPPORTED`. */
  inTurn<T>(work: (held: Held) => Promise<T>, call?: CallOptions): Promise<T>;
}

/** While nobody else may change anything. */
export interface Held {
  /** Notices when the lock was lost. */
  readonly storage: Storage;
  /** Makes happen what was tried on the overlay: all of it or nothing. `FILE_CHANGED` when that saw something else. */
  commit(over: Overlay, plan?: Plan): Promise<void>;
}

/** The files themselves. */
export function filesThemselves(storage: Storage): Ground {
  const recovered: Recovery[] = [];
  return {
    storage,
    recovered,
    inTurn: (work, { signal } = {}) =>
      withLock(
        storage,
        "tables",
        async ({ storage: held }) => {
          recovered.push(...(await recover(held)));
          return work({
            storage: held,
            async commit(over, plan) {
              await over.check();
              await applyPlan(held, plan ?? (await planOf(over)));
            },
          });
        },
        signal ? { signal } : {},
      ),
  };
}

/** What a rehearsal sees: nobody else is there, and nothing is to last. */
export function inMemory(storage: Overlay): Ground {
  let last: Promise<unknown> = Promise.resolve();
  const held: Held = {
    storage,
    async commit(over) {
      await over.check();
      for (const step of over.steps()) await take(storage, step);
    },
  };
  return {
    storage,
    recovered: [],
    inTurn(work) {
      const done = last.then(() => work(held));
      last = done.catch(() => undefined);
      return done;
    },
  };
}

/** One change: tried on an overlay, so that it is refused before the first file is touched, and then made. */
export function changing<T>(
  ground: Ground,
  work: (storage: Storage) => Promise<T>,
  call?: CallOptions,
): Promise<T> {
  return ground.inTurn(async ({ storage, commit }) => {
    const over = overlay(storage);
    const result = await work(over);
    await commit(over);
    return result;
  }, call);
}
