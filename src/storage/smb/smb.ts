import { fail, hasCode } from "../../errors/error.ts";
import { checkWrite, rangeOf, stopIfAborted } from "../call-checks.ts";
import { parentOf, ROOT, type StoragePath, storagePath } from "../path.ts";
import type { CallOptions, ReadOptions, Storage } from "../storage.ts";
import { openCalls } from "./calls.ts";
import { isCaseSensitive } from "./case.ts";
import { BUSY, certainly, orNull, patiently } from "./files.ts";
import { makeFolder, withParent } from "./folders.ts";
import { openGate } from "./gate.ts";
import { entriesOf, listFolder } from "./list.ts";
import { intoItself, movePlace } from "./move.ts";
import { checkNames, wireName } from "./names.ts";
import type { SmbOptions } from "./options.ts";
import { readFile, statOf } from "./read.ts";
import { removePlace } from "./remove.ts";
import { scanFolders } from "./scan.ts";
import { STALE_AFTER_MS, sweep } from "./sweep.ts";
import { appendToFile, createFile, type Decide, replaceFile } from "./write.ts";

/**
 * A share of a Windows or Samba server. Signs in at once: `STORAGE_DENIED` when that is refused or the server is weaker
 * than the options allow, `STORAGE_FAILED` when it cannot be reached, `BAD_CONFIG` for options that make no sense.
 */
export async function smb(options: SmbOptions): Promise<Storage> {
  const root = checkedRoot(options);
  const calls = openCalls(options);
  const caseSensitive = await calls
    .call(ROOT, "find", {}, (link) => isCaseSensitive(link, root))
    .catch(async (error: unknown) => {
      await calls.close();
      throw error;
    });
  const gate = openGate(caseSensitive ? (name) => name : (name) => name.toLowerCase());
  const at = (path: StoragePath) => wireName(root, path);
  const together = <T>(name: string, work: () => Promise<T>) => gate.pass([{ name, alone: false }], work);
  const aloneWith =
    (...names: readonly string[]): Decide =>
    (work) =>
      gate.pass(
        names.map((name) => ({ name, alone: true })),
        work,
      );
  /** When each folder was last swept, milliseconds since 1970. */
  const swept = new Map<string, number>();

  const read = (path: StoragePath, how: ReadOptions) =>
    calls.call(path, "find", how, (link) =>
      patiently(BUSY, how.signal, () =>
        together(at(path), () => certainly(() => readFile(link, at(path), how))),
      ),
    );
  const list = (path: StoragePath, { signal }: CallOptions) =>
    calls.call(path, "find", { ...(signal ? { signal } : {}) }, (link) =>
      together(at(path), () => listFolder(link, at(path), signal)),
    );

  return {
    kind: "smb",
    can: {
      atomicReplace: true,
      exclusiveCreate: true,
      rangedRead: true,
      append: true,
      // Every file is flushed, but nobody can know whether the server does it, and names are not.
      durableWrite: false,
      watch: false,
      caseSensitive,
      binary: true,
      folders: true,
      move: true,
      times: true,
    },
    stat: (path, how = {}) =>
      calls.call(path, "find", how, (link) =>
        orNull(together(at(path), () => certainly(() => statOf(link, at(path))))),
      ),
    async read(path, how = {}) {
      return (await read(path, how)).bytes;
    },
    write: (path, bytes, how = {}) =>
      calls.call(path, "put", how, async (link, fate) => {
        checkWrite(how);
        if (path === ROOT) fail("STORAGE_EXISTS");
        const name = at(path);
        const decide = aloneWith(name);
        await sweepNowAndThen(parentOf(path));
        const write = how.append ? appendToFile : how.ifAbsent ? createFile : replaceFile;
        await withParent(link, name, () => write(link, name, bytes, fate, decide));

        async function sweepNowAndThen(folder: StoragePath): Promise<void> {
          if (Date.now() - (swept.get(folder) ?? Number.NEGATIVE_INFINITY) < STALE_AFTER_MS) return;
          swept.set(folder, Date.now());
          await sweep(link, at(folder), STALE_AFTER_MS);
        }
      }),
    list: (path, how = {}) =>
      calls.call(path, "find", how, (link) =>
        together(at(path), () => entriesOf(link, at(path), how.signal)),
      ),
    move: (from, to, how = {}) =>
      calls.call(from, "find", how, async (link, fate) => {
        checkNames(to);
        if (from === ROOT) intoItself();
        await movePlace(link, at(from), at(to), fate, aloneWith(at(from), at(to)));
      }),
    remove: (path, how = {}) =>
      calls.call(path, "find", how, (link, fate) => {
        if (path === ROOT) fail("STORAGE_DENIED", "The root of a storage cannot be removed.");
        return removePlace(link, at(path), fate, aloneWith(at(path)));
      }),
    makeFolder: (path, how = {}) => calls.call(path, "put", how, (link) => makeFolder(link, at(path))),
    async *scan(folders, how = {}) {
      stopIfAborted(how.signal);
      for (const path of folders) checkNames(path);
      const { head = 0, signal } = how;
      const gone = (error: unknown) => {
        if (hasCode(error, "STORAGE_NOT_FOUND")) return null;
        throw error;
      };
      const part = { length: head, ...(signal ? { signal } : {}) };
      const source = {
        list: (path: StoragePath) => list(path, how).catch(gone),
        head: (path: StoragePath) => read(path, part).catch(gone),
      };
      rangeOf({ length: head }, 0);
      yield* scanFolders(folders, source, head > 0, signal);
    },
    close: () => calls.close(),
  };
}

function checkedRoot({ host, share, user, root = "" }: SmbOptions): string {
  for (const [name, value] of Object.entries({ host, share, user })) {
    if (value === "") fail("BAD_CONFIG", `A file server needs a ${name}.`);
  }
  if (/[\\/]/.test(share))
    fail("BAD_CONFIG", "The name of a share has no slash; folders below it go into `root`.");
  try {
    const path = storagePath(root);
    checkNames(path);
    return wireName("", path);
  } catch (error) {
    if (!hasCode(error, "STORAGE_PATH")) throw error;
    return fail("BAD_CONFIG", `The root of the share cannot be used. ${error.message}`, { cause: error });
  }
}
