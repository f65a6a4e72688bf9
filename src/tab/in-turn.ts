import type { Storage } from "../storage/storage.ts";
import type { CallOptions } from "../xmail/backend.ts";

import { finishRemoval } from "./removal.ts";

const tails = new WeakMap<Storage, Promise<unknown>>();

/** One change at a time in a MailRoot, whoever makes it: each of them may touch several tables. `STORAGE_LOCKED`. */
export function changing<T>(storage: Storage, work: () => Promise<T>, _call: CallOptions = {}): Promise<T> {
  const turn = async () => {
    await finishRemoval(storage);
    return work();
  };
  const mine = (tails.get(storage) ?? Promise.resolve()).then(turn, turn);
  tails.set(
    storage,
    mine.catch(() => {}),
  );
  return mine;
}
