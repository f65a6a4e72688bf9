import { fail, hasCode } from "../errors/error.ts";
import { parentOf, ROOT, type StoragePath, storagePath } from "../storage/path.ts";
import type { Capabilities, Entry, Scanned, Storage } from "../storage/storage.ts";
import type { CallOptions } from "../xmail/call-options.ts";
import { asOnDisk, isShownWhole } from "./frozen-bytes.ts";
import { cellName, isMessageName, type MessageRef, SPOOL } from "./layout.ts";
import { HEAD_BYTES } from "./message-file.ts";

/** A frozen message as XMail lists it. */
export interface FrozenListed extends MessageRef {
  /** In angle brackets. */
  readonly from: string;
  readonly to: string;
  /** Bytes of the spool file. */
  readonly size: number;
  readonly tries: number;
}

/** XMail's commands for frozen messages. What is gone is `NOT_FOUND`. */
export interface FrozenPort {
  frozen(options?: CallOptions): AsyncIterable<FrozenListed>;
  message(listed: FrozenListed, options?: CallOptions): Promise<{ readonly bytes: Uint8Array } | null>;
  log(listed: FrozenListed, options?: CallOptions): Promise<{ readonly bytes: Uint8Array } | null>;
  remove(listed: FrozenListed, options?: CallOptions): Promise<void>;
}

/** How messages begin, by their path: what is frozen does not change. For as long as the program lives. */
export type HeadMemory = Map<string, { readonly size: number; readonly head: Uint8Array }>;
const MOST_HEADS = 5000;

export interface FrozenWishes {
  readonly options?: CallOptions;
  readonly heads?: HeadMemory;
  /** Scans tell of messages what XMail lists: whose they are, and nothing for which they had to be opened. */
  readonly listedOnly?: boolean;
}

/** What nobody else may do over the control port. */
const NOTHING: Capabilities = {
  ...{ atomicReplace: false, exclusiveCreate: false, rangedRead: false, append: false, durableWrite: false },
  ...{ watch: false, caseSensitive: true, binary: true, folders: false, move: false, times: false },
};
/** Messages asked for at the same time: the answers come over few lines, one after the other. */
const AHEAD = 8;
/** Bytes: of larger messages a look takes what the list tells, as XMail shows none but whole. */
const LOOKED_INTO = 4 * 1024 * 1024;

/**
 * The spool as the control port shows it, as if it were files: frozen messages and their logs, as they were listed when
 * this was opened. Everything else, above all where removed messages are kept, is on `shelf`.
 */
export async function frozenFiles(
  port: FrozenPort,
  shelf: Storage | null,
  { options = {}, heads = new Map(), listedOnly = false }: FrozenWishes = {},
): Promise<Storage> {
  const cells = new Map<string, Map<string, FrozenListed>>();
  for await (const one of port.frozen(options)) {
    if (!isMessageName(one.name)) continue;
    const cell = cellName(one);
    cells.set(cell, (cells.get(cell) ?? new Map()).set(one.name, one));
  }

  function at(path: StoragePath): { readonly listed: FrozenListed; readonly isLog: boolean } | null {
    const [, cell = "", stage, name = ""] = /^spool\/(\d+\/\d+)\/(froz|slog)\/([^/]+)$/.exec(path) ?? [];
    const listed = cells.get(cell)?.get(name);
    if (!listed || (stage === "slog" && listed.tries === 0)) return null;
    return { listed, isLog: stage === "slog" };
  }

  async function bytesAt(path: StoragePath, how?: CallOptions): Promise<Uint8Array> {
    const { listed, isLog } = at(path) ?? nothing();
    const shown = await there(isLog ? port.log(listed, how) : port.message(listed, how));
    return isLog ? shown.bytes : asOnDisk(shown.bytes, listed.size);
  }

  /** What a scan hands back of a file: of a message the beginning, a log whole, as it is here already. */
  async function startAt(path: StoragePath, head: number, how: CallOptions): Promise<Scanned | null> {
    const { listed, isLog } = at(path) ?? nothing();
    const scanned = { path, kind: "file", mtimeMs: 0 } as const;
    if (head === 0) return { ...scanned, size: isLog ? 0 : listed.size, head: new Uint8Array() };
    if (isLog) {
      const log = await gone(bytesAt(path, how));
      return log && { ...scanned, size: log.length, head: log };
    }
    if (listedOnly || listed.size > LOOKED_INTO)
      return { ...scanned, size: listed.size, head: envelopeOf(listed) };
    const known = head === HEAD_BYTES ? heads.get(path) : undefined;
    if (known?.size === listed.size) return { ...scanned, ...known };
    const bytes = await gone(bytesAt(path, how));
    if (!bytes) return null;
    const start = { size: listed.size, head: Uint8Array.from(bytes.subarray(0, head)) };
    if (heads.size >= MOST_HEADS) heads.clear();
    if (head === HEAD_BYTES) heads.set(path, start);
    return { ...scanned, ...start };
  }

  /** Its bytes are kept before XMail is told to forget them; its log goes with it. */
  async function keep(from: StoragePath, to: StoragePath, how?: CallOptions): Promise<void> {
    const { listed, isLog } = at(from) ?? nothing();
    // It went with its message.
    if (isLog) return nothing();
    const place = (isOnShelf(to) ? shelf : null) ?? refuse();
    const { bytes: shown } = await there(port.message(listed, how));
    // What XMail does not show it would be lost with: it stays where it is, as if it were not there.
    if (!isShownWhole(shown, listed.size)) return nothing();
    const bytes = asOnDisk(shown, listed.size);
    const log = listed.tries === 0 ? null : await gone(port.log(listed, how));
    const beside = storagePath(parentOf(parentOf(to)), "slog", listed.name);
    if (log) await place.write(beside, log.bytes, how);
    await place.write(to, bytes, how);
    await port.remove(listed, how);
    cells.get(cellName(listed))?.delete(listed.name);
  }

  const onShelf = <T>(path: StoragePath, use: (place: Storage) => Promise<T>): Promise<T> =>
    isOnShelf(path) ? use(shelf ?? nothing()) : refuse();

  return {
    kind: "ctrl-frozen",
    // Onto the shelf, by writing there first.
    can: shelf ? { ...shelf.can, move: true } : NOTHING,
    async stat(path, how) {
      if (isOnShelf(path)) return (await shelf?.stat(path, how)) ?? null;
      const found = at(path);
      return found && { kind: "file", size: found.isLog ? 0 : found.listed.size, mtimeMs: 0 };
    },
    async read(path, how = {}) {
      if (isOnShelf(path)) return (shelf ?? nothing()).read(path, how);
      const { offset = 0, length } = how;
      const bytes = await bytesAt(path, how);
      return bytes.subarray(offset, length === undefined ? undefined : offset + length);
    },
    async list(path, how) {
      if (isOnShelf(path)) return (shelf ?? nothing()).list(path, how);
      const inside = path === SPOOL ? "" : `${path.slice(SPOOL.length + 1)}/`;
      const names = [...cells.keys()].filter((cell) => cell.startsWith(inside));
      if (path === ROOT || names.length === 0) nothing();
      const parts = new Set(names.map((cell) => cell.slice(inside.length).split("/")[0] ?? ""));
      return [...parts].map((name): Entry => ({ name, kind: "folder", size: 0, mtimeMs: 0 }));
    },
    async *scan(folders, { head = 0, ...how } = {}): AsyncIterable<Scanned> {
      for (const folder of folders) {
        // Nothing is held, and what was removed is not looked for.
        if (isOnShelf(folder)) continue;
        const [, cell = ""] = /^spool\/(\d+\/\d+)\/(?:froz|slog)$/.exec(folder) ?? [];
        const paths = [...(cells.get(cell)?.keys() ?? [])].map((name) => storagePath(folder, name));
        const here = paths.filter((path) => at(path) !== null);
        for (let from = 0; from < here.length; from += AHEAD) {
          const some = here.slice(from, from + AHEAD).map((path) => startAt(path, head, how));
          for (const found of await Promise.all(some)) if (found) yield found;
        }
      }
    },
    write: (path, bytes, how) => onShelf(path, (place) => place.write(path, bytes, how)),
    move: (from, to, how) =>
      isOnShelf(from) ? onShelf(to, (place) => place.move(from, to, how)) : keep(from, to, how),
    remove: (path, how) => onShelf(path, (place) => place.remove(path, how)),
    makeFolder: (path, how) => onShelf(path, (place) => place.makeFolder(path, how)),
    async close() {},
  };
}

function envelopeOf({ from, to }: FrozenListed): Uint8Array {
  return Buffer.from(`\n\n\nMAIL FROM:${from}\nRCPT TO:${to}\n<<MAIL-DATA>>\n`, "latin1");
}

function isOnShelf(path: StoragePath): boolean {
  return path.startsWith(".xmailcfg/");
}

function nothing(): never {
  return fail("STORAGE_NOT_FOUND");
}

function refuse(): never {
  return fail("STORAGE_UNSUPPORTED", "Over XMail's control port nothing can be written into its queue.");
}

async function there<T>(work: Promise<T | null>): Promise<T> {
  return (await gone(work)) ?? nothing();
}

/** `null` for what XMail has no more. */
async function gone<T>(work: Promise<T | null>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (hasCode(error, "NOT_FOUND", "STORAGE_NOT_FOUND")) return null;
    throw error;
  }
}
