import { closeSync, constants, existsSync, openSync, promises, readlinkSync, realpathSync } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { basename, dirname, sep } from "node:path";
import { orNull, refusePlace } from "./local-errors.ts";

const { O_DIRECTORY = 0, O_NOFOLLOW = 0, O_RDONLY } = constants;

/** Linux reaches a child through the open folder itself, whatever is put in the way of its path meanwhile. */
const THROUGH_HANDLES = process.platform === "linux" && existsSync("/proc/self/fd");

/** A folder inside the root, held open. */
export interface OpenFolder {
  /** Where it stood when it was opened, without links. */
  readonly real: string;
  /** For calls on the folder itself. */
  readonly self: string;
  at(name: string): string;
  /** Makes the names in it survive a power cut. */
  sync(): Promise<void>;
}

/** One name in an open folder. */
export interface Place extends OpenFolder {
  readonly name: string;
  /** Path of the name, for calls that do not follow links. */
  readonly here: string;
}

/** Opens the folder `path` (given by the caller, may hold links) for `work`. `STORAGE_DENIED` outside of `root`. */
export async function withFolder<T>(
  root: string,
  path: string,
  work: (folder: OpenFolder) => Promise<T>,
): Promise<T> {
  const real = await promises.realpath(path);
  if (!isInside(root, real)) refusePlace(path);
  const handle = await openFolder(real);
  try {
    const self = THROUGH_HANDLES && handle ? `/proc/self/fd/${handle.fd}` : real;
    // Between realpath and open somebody may have put a link in the way.
    if (self !== real && !isInside(root, await promises.readlink(self))) refusePlace(path);
    return await work({ real, self, at: (name) => `${self}/${name}`, sync: async () => handle?.sync() });
  } finally {
    await handle?.close();
  }
}

/**
 * Opens the folder that holds `path`. With `follow`, a link at its end that leads to something inside counts as what
 * it leads to; otherwise the name is the link itself.
 */
export async function withPlace<T>(
  root: string,
  path: string,
  follow: boolean,
  work: (place: Place) => Promise<T>,
): Promise<T> {
  const real = follow ? await orNull(promises.realpath(path)) : null;
  if (real !== null && !isInside(root, real)) refusePlace(path);
  const target = real ?? path;
  // `.` of the root, because the folder that holds the root is none of our business.
  const [holder, name] = target === root ? [root, "."] : [dirname(target), basename(target)];
  return withFolder(root, holder, (folder) => work({ ...folder, name, here: folder.at(name) }));
}

/** For synchronous walks downwards: opens a real folder, never a link, and gives a path to it that holds. */
export function enterFolder<P extends string | Buffer>(
  path: P,
): { readonly self: P | string; leave(): void } {
  if (!THROUGH_HANDLES) return { self: path, leave() {} };
  const fd = openSync(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
  return { self: `/proc/self/fd/${fd}`, leave: () => closeSync(fd) };
}

/** As `enterFolder` for a path that may hold links. Throws `STORAGE_DENIED` outside of `root`. */
export function enterInside(root: string, path: string): { readonly self: string; leave(): void } {
  const opened = enterOpened(root, path);
  if (opened) return opened;
  const real = realpathSync.native(path);
  if (!isInside(root, real)) refusePlace(path);
  const entered = enterFolder(real);
  if (THROUGH_HANDLES && !isInside(root, readlinkSync(entered.self))) {
    entered.leave();
    refusePlace(path);
  }
  return entered;
}

/** Makes the root itself, which is the administrator's choice and may stand anywhere. */
export async function makeRoot(root: string): Promise<void> {
  const first = await promises.mkdir(root, { recursive: true, mode: 0o700 });
  if (first === undefined) return;
  for (let made = root; made.length >= first.length; made = dirname(made)) {
    const handle = await openFolder(dirname(made));
    await handle?.sync();
    await handle?.close();
  }
}

/**
 * As `enterInside`, without asking where the path leads before it is open: opening a folder does nothing else. `null`
 * where no folder can be opened so, and where it is not inside.
 */
export function enterOpened(root: string, path: string): { readonly self: string; leave(): void } | null {
  if (!THROUGH_HANDLES) return null;
  const fd = openSync(path, O_RDONLY | O_DIRECTORY);
  const self = `/proc/self/fd/${fd}`;
  const leave = () => closeSync(fd);
  if (isInside(root, readlinkSync(self))) return { self, leave };
  leave();
  return null;
}

export function isInside(root: string, real: string): boolean {
  return real === root || real.startsWith(root.endsWith(sep) ? root : root + sep);
}

async function openFolder(real: string): Promise<FileHandle | null> {
  // Windows opens no folders this way, and has nothing to sync them with.
  if (process.platform === "win32") return null;
  return promises.open(real, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
}
