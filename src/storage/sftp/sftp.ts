import { fail, hasCode } from "../../errors/error.ts";
import { checkWrite, stopIfAborted } from "../call-checks.ts";
import { parentOf, ROOT, type StoragePath } from "../path.ts";
import type { CallOptions, Capabilities, Storage } from "../storage.ts";
import { isCaseSensitive } from "./case.ts";
import { makeFolder, movePlace } from "./change.ts";
import { connect, loadSsh2 } from "./connect.ts";
import { asAppError, statusOf } from "./failures.ts";
import { atMost } from "./gate.ts";
import { knownKeys } from "./host-key.ts";
import { keepLine, type Turn } from "./line.ts";
import type { SftpOptions } from "./options.ts";
import { kindOf, placesBelow } from "./place.ts";
import { listPlace, readPlace, statOf } from "./read.ts";
import { removePlace } from "./remove.ts";
import { requestsOf } from "./requests.ts";
import { scanFolders } from "./scan.ts";
import { skillsOf, syncFolder } from "./skills.ts";
import { trackSwaps } from "./swap.ts";
import { sweep } from "./sweep.ts";
import { isReserved } from "./temp.ts";
import { STATUS } from "./wire.ts";
import { writePlace } from "./write.ts";

/** Calls that talk to the server at once; further ones wait for their turn. With 32, the line was idle half of the time. */
const CALLS_AT_ONCE = 64;
const SWEEP_EVERY_MS = 60 * 60 * 1000;

/**
 * A folder of a Unix machine, by the SFTP of its SSH server; the first write makes it if it is missing. Connects and signs
 * in at once: `BAD_CONFIG`, `STORAGE_DENIED` for a stranger's key and a refused sign-in, `STORAGE_FAILED` when the server
 * cannot be reached.
 */
export async function sftp(options: SftpOptions): Promise<Storage> {
  const { host, port = 22, root, hostKey } = options;
  if (!root.startsWith("/")) fail("BAD_CONFIG", "The root of an SFTP storage is an absolute path.");
  const known = knownKeys(hostKey, host, port);
  const ssh2 = await loadSsh2();
  const reach = async () => {
    const session = await connect(ssh2, options, known);
    return { session, requests: requestsOf(session) };
  };
  const line = keepLine(await reach(), reach);
  const places = placesBelow(root.replace(/(?<=.)\/+$/, ""));
  const swaps = trackSwaps();
  const gate = atMost(CALLS_AT_ONCE);
  /** When each folder was last swept, milliseconds since 1970. */
  const swept = new Map<string, number>();

  const { skills, can } = await line.turn(undefined, async (turn) => {
    const top = (await places.root(turn)) ?? places.asked;
    const found = await skillsOf(turn.session, turn, top);
    return { skills: found, can: capabilities(found, await isCaseSensitive(turn, top)) };
  });

  /** What every call begins and ends with. */
  async function call<T>(
    path: StoragePath,
    { signal }: CallOptions,
    work: (turn: Turn) => Promise<T>,
  ): Promise<T> {
    stopIfAborted(signal);
    checkPath(path);
    try {
      return await gate(() => line.turn(signal, work));
    } catch (error) {
      throw asAppError(error, path);
    }
  }

  /** Where something changes, what a killed process left beside it goes too; a look an hour is enough. */
  async function sweepNowAndThen(turn: Turn, folder: string, now: number): Promise<void> {
    if (Date.now() - (swept.get(folder) ?? Number.NEGATIVE_INFINITY) < SWEEP_EVERY_MS) return;
    swept.set(folder, Date.now());
    // Another process may sweep too, or the rights are missing: litter that stays is no reason to refuse a write.
    await sweep(turn, folder, now).catch(() => undefined);
  }

  async function makeParent(turn: Turn, path: StoragePath): Promise<void> {
    if (path !== ROOT) await makeFolder(turn, places, parentOf(path), skills);
  }

  return {
    kind: "sftp",
    can,
    async stat(path, how = {}) {
      try {
        return await call(path, how, (turn) =>
          swaps.over(async () => statOf(await places.at(turn, path, "follow")) ?? fail("STORAGE_NOT_FOUND")),
        );
      } catch (error) {
        if (hasCode(error, "STORAGE_NOT_FOUND")) return null;
        throw error;
      }
    },
    read: (path, how = {}) =>
      call(path, how, (turn) =>
        swaps.over(async () => readPlace(turn, await places.at(turn, path, "follow"), how)),
      ),
    write: (path, bytes, how = {}) =>
      call(path, how, async (turn) => {
        checkWrite(how);
        if (how.append && !can.append) unsupported("add to files");
        const put = async () => {
          const place = await places.at(turn, path, "follow");
          const now = await writePlace(turn, place, bytes, how, skills, swaps);
          await sweepNowAndThen(turn, place.folder, now);
        };
        await put().catch(async (error: unknown) => {
          if (statusOf(error) !== STATUS.NO_SUCH_FILE || path === ROOT) throw error;
          await makeParent(turn, path);
          await put();
        });
      }),
    list: (path, how = {}) =>
      call(path, how, async (turn) => {
        const { is, here } = await places.at(turn, path, "follow");
        const top = await places.root(turn);
        if (top === null || is === null || kindOf(is) !== "folder") return fail("STORAGE_NOT_FOUND");
        return listPlace(turn, top, here);
      }),
    move: (from, to, how = {}) =>
      call(from, how, async (turn) => {
        checkPath(to);
        if (!can.move) unsupported("move in one step");
        const source = await places.at(turn, from, "itself");
        if (source.is === null) fail("STORAGE_NOT_FOUND");
        if (from === to && kindOf(source.is) !== "folder") return;
        if (from === ROOT || to.startsWith(`${from}/`)) intoItself();
        await makeParent(turn, to);
        await movePlace(turn, source, await places.at(turn, to, "itself"), skills);
      }),
    remove: (path, how = {}) =>
      call(path, how, async (turn) => {
        if (path === ROOT) fail("STORAGE_DENIED", "The root of a storage cannot be removed.");
        const place = await places.at(turn, path, "itself");
        if (place.is === null) fail("STORAGE_NOT_FOUND");
        await removePlace(turn, place);
        if (skills.syncs) await syncFolder(turn, place.folder);
        // The folder was changed this moment, by the server's clock.
        const { mtime = 0 } = await turn.lstat(place.folder);
        await sweepNowAndThen(turn, place.folder, mtime);
      }),
    makeFolder: (path, how = {}) => call(path, how, (turn) => makeFolder(turn, places, path, skills)),
    scan: (folders, how = {}) =>
      scanFolders(
        folders,
        (path) =>
          call(path, how, async (turn) => {
            const found = await places.at(turn, path, "follow");
            return found.is && kindOf(found.is) === "folder" ? { turn, here: found.here } : null;
          }),
        how,
      ),
    close: line.close,
  };
}

function capabilities(
  { replaces, syncs }: { replaces: boolean; syncs: boolean },
  caseSensitive: boolean,
): Capabilities {
  return {
    atomicReplace: replaces,
    exclusiveCreate: true,
    rangedRead: true,
    // A server that takes no notice of the flag would write over what others add: only OpenSSH's is known to heed it.
    append: replaces,
    durableWrite: replaces && syncs,
    watch: false,
    caseSensitive,
    binary: true,
    folders: true,
    move: replaces,
    times: true,
  };
}

function checkPath(path: StoragePath): void {
  if (path.split("/").some(isReserved)) fail("STORAGE_PATH", "This name is kept for unfinished files.");
}

function unsupported(what: string): never {
  return fail("STORAGE_UNSUPPORTED", `This SFTP server cannot ${what}; OpenSSH's can.`);
}

function intoItself(): never {
  return fail("STORAGE_PATH", "A folder cannot be moved into itself.");
}
