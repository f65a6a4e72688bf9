import { promises, realpathSync } from "node:fs";
import { join, resolve } from "node:path";
import { fail, hasCode } from "../errors/error.ts";
import { checkWrite, stopIfAborted } from "./call-checks.ts";
import { isCaseSensitive } from "./local-case.ts";
import { type Aim, asAppError, mapped, orNull, refusePlace } from "./local-errors.ts";
import { enterInside, makeRoot, type Place, withFolder, withPlace } from "./local-folder.ts";
import { makeFolderAt, movePlace, removePlace } from "./local-move.ts";
import { moveFiles } from "./local-move-all.ts";
import { openedFile, openPlace } from "./local-open.ts";
import { NOT_PLAIN, type QuickReads, quickReads } from "./local-quick.ts";
import { entriesOf, readFile, statOf } from "./local-read.ts";
import { scanFolder } from "./local-scan.ts";
import { inSlices } from "./local-slices.ts";
import { isReserved, STALE_AFTER_MS, sweep } from "./local-temp.ts";
import { appendToFile, createFile, replaceFile } from "./local-write.ts";
import { parentOf, ROOT, type StoragePath } from "./path.ts";
import type { CallOptions, Storage } from "./storage.ts";

export interface LocalOptions {
  /** Age from which temporary files are taken for those of killed processes and removed; an hour if absent. */
  readonly staleAfterMs?: number;
}

const ON_WINDOWS = process.platform === "win32";

/**
 * A folder of this machine; the first write makes it if it is missing. Nothing outside of it is reached, also not
 * through links. `BAD_CONFIG` for an empty name.
 */
export function local(root: string, { staleAfterMs = STALE_AFTER_MS }: LocalOptions = {}): Storage {
  if (root === "") fail("BAD_CONFIG", "The folder of a local storage needs a name.");
  const top = resolve(root);
  /** When each folder was last swept, milliseconds since 1970. */
  const swept = new Map<string, number>();
  let known: { readonly real: string; readonly quick: QuickReads } | null = null;
  let sensitive: boolean | null = null;
  const breathe = inSlices();

  /** Kept once found, so that nobody leads us elsewhere by putting a link in the place of the root. */
  function opened(): { readonly real: string; readonly quick: QuickReads } {
    if (known === null) {
      const real = realpathSync.native(top);
      known = { real, quick: quickReads(real) };
    }
    return known;
  }

  async function realRoot(): Promise<string> {
    return opened().real;
  }

  async function at<T>(
    path: StoragePath,
    end: "follow" | "itself",
    work: (place: Place) => Promise<T>,
  ): Promise<T> {
    const real = await realRoot();
    return withPlace(real, join(real, path), end === "follow", work);
  }

  async function folderAt(path: StoragePath): Promise<void> {
    if ((await orNull(inFolder(path, async () => true))) !== null) return;
    if (path === ROOT) return makeRoot(top);
    await folderAt(parentOf(path));
    await at(path, "itself", makeFolderAt);
    // What was there already may be a link that leads nowhere.
    if ((await orNull(inFolder(path, async () => true))) === null) refusePlace(path);
  }

  async function inFolder<T>(path: StoragePath, work: Parameters<typeof withFolder<T>>[2]): Promise<T> {
    const real = await realRoot();
    return withFolder(real, join(real, path), work);
  }

  async function makeParent(path: StoragePath): Promise<void> {
    const parent = parentOf(path);
    if ((await orNull(realRoot().then((real) => promises.realpath(join(real, parent))))) === null)
      await folderAt(parent);
  }

  /** Where something changes, what a killed process left beside it goes too; a look an hour is enough. */
  async function sweepNowAndThen(place: Place): Promise<void> {
    if (Date.now() - (swept.get(place.real) ?? Number.NEGATIVE_INFINITY) < STALE_AFTER_MS) return;
    swept.set(place.real, Date.now());
    await sweep(place, staleAfterMs);
  }

  /** In one go, unless others have waited for their turn long enough. */
  function quickly<T>(
    path: StoragePath,
    { signal }: CallOptions,
    work: (quick: QuickReads) => T,
  ): T | Promise<T> {
    const now = () => {
      stopIfAborted(signal);
      checkPath(path);
      try {
        return work(opened().quick);
      } catch (error) {
        throw asAppError(error, path, "find");
      }
    };
    return breathe()?.then(now) ?? now();
  }

  /** What every call begins and ends with. */
  async function call<T>(
    path: StoragePath,
    aim: Aim,
    { signal }: CallOptions,
    work: () => Promise<T>,
  ): Promise<T> {
    stopIfAborted(signal);
    checkPath(path);
    return mapped(path, aim, work);
  }

  return {
    kind: "local",
    can: {
      atomicReplace: true,
      exclusiveCreate: true,
      rangedRead: true,
      append: true,
      // Windows gives no way to make a name survive a power cut.
      durableWrite: !ON_WINDOWS,
      // What Node has misses changes in subfolders on some systems.
      watch: false,
      /** Found out by looking, which few ask for. */
      get caseSensitive() {
        sensitive ??= isCaseSensitive(top);
        return sensitive;
      },
      binary: true,
      folders: true,
      move: true,
      times: true,
    },
    async stat(path, how = {}) {
      try {
        const plain = await quickly(path, how, (quick) => quick.stat(path));
        if (plain !== NOT_PLAIN) return plain;
        return await call(path, "find", how, () => at(path, "follow", statOf));
      } catch (error) {
        if (hasCode(error, "STORAGE_NOT_FOUND")) return null;
        throw error;
      }
    },
    async read(path, how = {}) {
      const plain = await quickly(path, how, (quick) => quick.read(path, how));
      if (plain !== NOT_PLAIN) return plain;
      return call(path, "find", how, () => at(path, "follow", (place) => readFile(place, how)));
    },
    write: (path, bytes, how = {}) =>
      call(path, "put", how, async () => {
        checkWrite(how);
        await makeParent(path);
        await at(path, "follow", async (place) => {
          await sweepNowAndThen(place);
          if (how.append) await appendToFile(place, bytes, how);
          else if (how.ifAbsent) await createFile(place, bytes, how);
          else await replaceFile(place, bytes, how);
        });
      }),
    list: (path, how = {}) =>
      call(path, "find", how, async () => {
        const real = await realRoot();
        return inFolder(path, (folder) => entriesOf(real, folder, how));
      }),
    move: (from, to, how = {}) =>
      call(from, "find", how, async () => {
        checkPath(to);
        await at(from, "itself", async (source) => {
          const moved = await promises.lstat(source.here);
          if (from === to && !moved.isDirectory()) return;
          if (from === ROOT || to.startsWith(`${from}/`)) intoItself();
          await mapped(to, "put", async () => {
            await makeParent(to);
            await at(to, "itself", (target) => movePlace(source, target, how));
          });
        });
      }),
    remove: (path, how = {}) =>
      call(path, "find", how, () => {
        if (path === ROOT) fail("STORAGE_DENIED", "The root of a storage cannot be removed.");
        return at(path, "itself", async (place) => {
          await sweepNowAndThen(place);
          await removePlace(place, how);
        });
      }),
    makeFolder: (path, how = {}) => call(path, "put", how, () => folderAt(path)),
    folder: () => opened().real,
    async *scan(folders, how = {}) {
      for (const path of folders) {
        stopIfAborted(how.signal);
        checkPath(path);
        const entered = await mapped(path, "find", async () => {
          const real = await realRoot();
          return enterInside(real, join(real, path));
        }).catch((error: unknown) => {
          if (hasCode(error, "STORAGE_NOT_FOUND")) return null;
          throw error;
        });
        if (!entered) continue;
        try {
          yield* scanFolder(entered.self, path, how);
        } catch (error) {
          throw asAppError(error, path, "find");
        } finally {
          entered.leave();
        }
      }
    },
    async open(path, how = {}) {
      const plain = await quickly(path, how, (quick) => quick.open(path));
      if (plain !== NOT_PLAIN) return openedFile(plain, path);
      return call(path, "find", how, () => at(path, "follow", (place) => openPlace(place, path)));
    },
    async moveAll(moves, { signal } = {}) {
      stopIfAborted(signal);
      for (const [from, to] of moves) {
        checkPath(from);
        checkPath(to);
      }
      const real = await realRoot();
      return moveFiles(real, moves);
    },
    async close() {},
  };
}

/** Windows opens a second stream of a file for what follows a colon. */
function checkPath(path: StoragePath): void {
  if (ON_WINDOWS && path.includes(":")) fail("STORAGE_PATH", "On Windows no name has a colon.");
  if (path.split("/").some(isReserved)) fail("STORAGE_PATH", "This name is kept for unfinished files.");
}

function intoItself(): never {
  return fail("STORAGE_PATH", "A folder cannot be moved into itself.");
}
