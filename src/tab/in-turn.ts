import { withLock } from "../storage/lock.ts";
import type { Storage } from "../storage/storage.ts";
import type { CallOptions } from "../xmail/call-options.ts";
import { finishEarlierRemoval } from "./removal.ts";

/**
 * One change at a time in a MailRoot, whoever makes it, for each may touch several tables. `work` gets the storage that
 * notices when the lock was lost. `STORAGE_LOCKED`, `STORAGE_UNSUPPORTED`.
 */
export function changing<T>(
  storage: Storage,
  work: (held: Storage) => Promise<T>,
  { signal }: CallOptions = {},
): Promise<T> {
  const turn = async ({ storage: held }: { readonly storage: Storage }): Promise<T> => {
    await finishEarlierRemoval(held);
    return work(held);
  };
  return withLock(storage, "tables", turn, signal ? { signal } : {});
}
