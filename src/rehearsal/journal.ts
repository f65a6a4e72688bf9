import { orNull } from "../storage/if-there.ts";
import { withLock } from "../storage/lock.ts";
import { type StoragePath, storagePath } from "../storage/path.ts";
import type { Storage } from "../storage/storage.ts";
import type { ChangeJournal } from "../xmail/change-journal.ts";

/** In a MailRoot; the lock is the one of those who change its files. */
export const MAIL_ROOT_JOURNAL = { path: storagePath(".xmailcfg/commands.json"), lock: "tables" } as const;
/** In the folder where xmailcfg remembers things. */
export const STATE_JOURNAL = { path: storagePath("journal/commands.json"), lock: "commands" } as const;

/** A journal needs a storage that replaces files in one step and has locks. */
export function canHoldJournal({ can }: Storage): boolean {
  return can.atomicReplace && can.exclusiveCreate;
}

export function journalIn(
  open: () => Promise<Storage>,
  { path, lock }: { readonly path: StoragePath; readonly lock: string },
): ChangeJournal {
  return {
    look: async (call) => orNull((await open()).read(path, call)),
    alone: async (work, { signal } = {}) =>
      withLock(
        await open(),
        lock,
        ({ storage }) =>
          work({
            read: () => orNull(storage.read(path)),
            write: (bytes) => storage.write(path, bytes),
            async clear() {
              await orNull(storage.remove(path));
            },
          }),
        signal ? { signal } : {},
      ),
  };
}
