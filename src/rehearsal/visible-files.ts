import { pattern } from "../ctrl/arguments.ts";
import { filesOver, listFolders } from "../ctrl/files.ts";
import type { CtrlLine } from "../ctrl/line.ts";
import { fail, hasCode } from "../errors/error.ts";
import { rangeOf } from "../storage/call-checks.ts";
import { nameOf, parentOf, ROOT, type StoragePath } from "../storage/path.ts";
import type { Capabilities, Entry, Stat, Storage } from "../storage/storage.ts";

/** What lies on top of it can all this; below, nothing is changed. */
const CAN: Capabilities = {
  atomicReplace: true,
  exclusiveCreate: true,
  rangedRead: true,
  append: true,
  durableWrite: false,
  watch: false,
  caseSensitive: true,
  binary: true,
  folders: true,
  move: true,
  times: false,
};

/** Folders that XMail itself makes; no list of its own shows any. */
const KNOWN: readonly (readonly [at: RegExp, folders: readonly string[]])[] = [
  [/^domains\/[^/]+\/[^/]+$/, ["Maildir", "mailbox"]],
  [/^domains\/[^/]+\/[^/]+\/Maildir$/, ["new", "cur", "tmp"]],
];

export interface VisibleFiles extends Storage {
  /** Looks at many paths at once, so that nobody waits for the answer about each. For names that XMail takes. */
  foresee(paths: readonly StoragePath[]): Promise<void>;
}

/**
 * The files of a running server as its control port shows them: lines that end in LF, of folders only those which XMail
 * makes. To be read once and thrown away: what was seen is not asked for again. Every change is `STORAGE_DENIED`.
 */
export function visibleFiles(line: CtrlLine): VisibleFiles {
  const files = filesOver(line);
  const stats = new Map<StoragePath, Promise<Stat | null>>();
  const contents = new Map<StoragePath, Promise<Uint8Array>>();

  function once<T>(
    seen: Map<StoragePath, Promise<T>>,
    path: StoragePath,
    look: () => Promise<T>,
  ): Promise<T> {
    const known = seen.get(path) ?? look();
    seen.set(path, known);
    return known;
  }

  async function look(path: StoragePath): Promise<Stat | null> {
    if (path === ROOT) return folder();
    const parent = await stats.get(parentOf(path));
    if (parent === null) return null;
    const beside = await orNull(files.list(parentOf(path), nameOf(path)));
    const listed = beside?.find(({ name }) => name === nameOf(path));
    if (listed) return file(listed.size);
    return (await orNull(files.list(path, "."))) ? folder() : null;
  }

  async function load(path: StoragePath): Promise<Uint8Array> {
    const stat = await once(stats, path, () => look(path));
    if (stat?.kind !== "file") return nothing(path);
    const { bytes } = await files.read(path);
    // XMail hides whether the last line has an end, but not how long the file is.
    return stat.size === bytes.length - 1 ? bytes.subarray(0, -1) : bytes;
  }

  async function foresee(paths: readonly StoragePath[]): Promise<void> {
    const asked = paths.filter((path) => path !== ROOT && !stats.has(path));
    const parents = [...new Set(asked.map(parentOf))];
    const lists = await listFolders(
      line,
      parents.map((folder) => ({ folder, name: pattern("*") })),
    );
    const sizes = new Map<string, number>();
    parents.forEach((folder, at) => {
      for (const { name, size } of lists[at] ?? []) sizes.set(`${folder}/${name}`, size);
    });
    const rest = asked.filter((path) => !sizes.has(path));
    const folders = await listFolders(
      line,
      rest.map((path) => ({ folder: path, name: "." })),
    );
    for (const [path, size] of sizes) stats.set(path as StoragePath, Promise.resolve(file(size)));
    rest.forEach((path, at) => void stats.set(path, Promise.resolve(folders[at] ? folder() : null)));
  }

  const stat = (path: StoragePath) => once(stats, path, () => look(path));
  const refuse = async () => fail("STORAGE_DENIED", "These files are here to be read only.");
  return {
    kind: "visible",
    can: CAN,
    foresee,
    stat,
    async read(path, how = {}) {
      const bytes = await once(contents, path, () => load(path));
      const { from, to } = rangeOf(how, bytes.length);
      return Uint8Array.from(bytes.subarray(from, to));
    },
    async list(path) {
      const listed = (await orNull(files.list(path, { pattern: "*" }))) ?? nothing(path);
      const entries = listed.map(({ name, size }): Entry => ({ name, kind: "file", size, mtimeMs: 0 }));
      for (const [at, folders] of KNOWN) {
        if (!at.test(path)) continue;
        for (const name of folders) {
          const found = await stat(`${path}/${name}` as StoragePath);
          if (found?.kind === "folder") entries.push({ name, ...found });
        }
      }
      return entries;
    },
    write: refuse,
    move: refuse,
    remove: refuse,
    makeFolder: refuse,
    async close() {},
  };
}

function file(size: number): Stat {
  return { kind: "file", size, mtimeMs: 0 };
}

function folder(): Stat {
  return { kind: "folder", size: 0, mtimeMs: 0 };
}

/** `null` for what is not there, and for what no command line can ask for. */
async function orNull<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (hasCode(error, "STORAGE_NOT_FOUND", "STORAGE_PATH", "VALUE_NOT_SENDABLE")) return null;
    throw error;
  }
}

function nothing(path: StoragePath): never {
  return fail("STORAGE_NOT_FOUND", undefined, { internal: { path } });
}
