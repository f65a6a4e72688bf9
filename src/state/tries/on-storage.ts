import { hasCode } from "../../errors/error.ts";
import { type Logger, SILENT } from "../../kernel/context.ts";
import { orNull } from "../../storage/if-there.ts";
import { withLock } from "../../storage/lock.ts";
import { type StoragePath, storagePath } from "../../storage/path.ts";
import type { Storage } from "../../storage/storage.ts";
import { tablesIn, textOfTables } from "./file.ts";
import type { Counter, TryCounts, Wait } from "./rules.ts";
import { add, emptyTables, judge, type Room, remove, type Tables } from "./tables.ts";

/** Longer than one try takes by far; whoever waits so long stands in a flood. */
const WAIT_MS = 5_000;
const FLOOD_SECONDS = 10;

/**
 * Counts in two files of the state, so that a process for each request sees them, too. A flood of strangers holds up
 * strangers only: owners have their own file and lock. Whoever has to wait is told so from reading alone, without a lock.
 */
export function countsOnStorage(storage: Storage, log: Logger = SILENT): TryCounts {
  async function read(path: StoragePath): Promise<Tables> {
    const bytes = await orNull(storage.read(path));
    if (bytes === null) return emptyTables();
    const tables = tablesIn(Buffer.from(bytes).toString());
    if (tables) return tables;
    // What was counted is lost; refusing everybody for it would do more harm than another five tries.
    log.warn({ file: path }, "The file that counts tries to sign in is damaged; it is begun anew.");
    return emptyTables();
  }

  /** Whoever has to wait changes nothing. */
  function change(
    { path, lock }: TryFile,
    seconds: number,
    work: (tables: Tables) => Room | Wait,
  ): Promise<Room | Wait> {
    return withLock(
      storage,
      lock,
      async (lease) => {
        const tables = await read(path);
        const found = work(tables);
        if ("counting" in found) {
          await lease.storage.write(path, Buffer.from(textOfTables(tables, seconds)), { mode: 0o600 });
        }
        return found;
      },
      { waitMs: WAIT_MS },
    );
  }

  return {
    async count(counters, seconds) {
      const file = fileOf(counters);
      const before = judge(await read(file.path), counters, seconds);
      if ("waitSeconds" in before) return before;
      const found = await change(file, seconds, (tables) => {
        const room = judge(tables, counters, seconds);
        if ("counting" in room) add(tables, room.counting, seconds);
        return room;
      }).catch((error: unknown): Wait => {
        if (!hasCode(error, "STORAGE_LOCKED")) throw error;
        return { waitSeconds: FLOOD_SECONDS };
      });
      if ("waitSeconds" in found) return found;
      return {
        async takeBack() {
          await change(file, seconds, (tables) => {
            remove(tables, found.counting, seconds);
            return found;
          });
        },
      };
    },
    /** The storage belongs to whoever opened it. */
    close: async () => undefined,
  };
}

interface TryFile {
  readonly path: StoragePath;
  readonly lock: string;
}

const OWNERS: TryFile = { path: storagePath("tries", "owners.json"), lock: "tries-of-owners" };
const STRANGERS: TryFile = { path: storagePath("tries", "strangers.json"), lock: "tries-of-strangers" };

function fileOf(counters: readonly Counter[]): TryFile {
  return counters.some(({ rule }) => rule === "own") ? OWNERS : STRANGERS;
}
