import { hasCode, isAppError } from "../errors/error.ts";
import { type StoragePath, storagePath } from "../storage/path.ts";
import type { CallOptions, Storage } from "../storage/storage.ts";
import type { LogFile } from "../xmail/logs.ts";
import { BLOCK, type Block, blocksIn, readBlock } from "./blocks.ts";
import { pathOf } from "./files.ts";
import { digestOf, emptyPart, type IndexPart, PART, type PartView, partFrom } from "./index-part.ts";
import { openView } from "./index-view.ts";

const FOLDER = storagePath(".xmailcfg/log-index");

/** What is known of one log, so that the next search need not read all of it. */
export interface FileIndex {
  /** The part that knows of block `number`, perhaps nothing. */
  part(number: number): Promise<PartView>;
  /** Keeps what a block holds; throws `DOUBT` when another block was known in its place. */
  learn(block: Block): Promise<void>;
  /** Writes down what was learnt, if the file is still the same. Never fails: without it the next search takes longer. */
  save(): Promise<void>;
}

/** The file is another one than that which was learnt: begin anew, without what was known. */
export const DOUBT = Symbol("the log is not the one that was indexed");

/** What the file looked like when it was last learnt. */
interface Seen {
  readonly size: number;
  readonly mtimeMs: number;
  /** First and last block that were known then. */
  readonly head: number;
  readonly tail: number;
}

/** Opens what is known of a log, to ask for `keys`. With `afresh` nothing is. */
export async function openIndex(
  storage: Storage,
  file: LogFile,
  keys: readonly string[],
  call: CallOptions,
  afresh = false,
): Promise<FileIndex> {
  const folder = storagePath(FOLDER, file.name);
  const seenPath = storagePath(folder, "seen.json");
  const parts = new Map<number, Promise<IndexPart>>();
  const views = new Map<number, Promise<PartView>>();
  const changed = new Set<number>();
  const learnt: Block["number"][] = [];
  const digests = new Map<number, Buffer>();
  const partPath = (number: number) => storagePath(folder, `${number}.bloom`);
  const loadPart = async (number: number) =>
    partFrom(await bytesOf(storage, partPath(number), call)) ?? emptyPart();
  const seen = afresh ? null : await readSeen(storage, seenPath, call);
  const partOf = (number: number): Promise<IndexPart> => {
    const which = Math.floor(number / PART);
    const known = parts.get(which) ?? (trusted ? loadPart(which) : Promise.resolve(emptyPart()));
    parts.set(which, known);
    return known;
  };
  /** As little of it as is needed, unless all of it is at hand. */
  const viewOf = (number: number): Promise<PartView> => {
    const which = Math.floor(number / PART);
    const known = parts.get(which) ?? views.get(which);
    if (known) return known;
    if (!storage.open || !trusted) return partOf(number);
    const view = openView(storage.open.bind(storage), partPath(which), keys, call).then(
      (found) => found ?? emptyPart(),
    );
    views.set(which, view);
    return view;
  };
  let trusted = seen !== null && isGrown(file, seen);
  if (trusted && seen) trusted = (await isSame(seen.head)) && (await isSame(seen.tail));
  if (!trusted) {
    parts.clear();
    views.clear();
  }

  /** Whether a block that is known stands in the file as it was learnt. */
  async function isSame(number: number): Promise<boolean> {
    const part = await viewOf(number);
    if (!part.has(number)) return false;
    const block = await readBlock(storage, { path: pathOf(file.name), size: file.size }, number, call);
    return block !== null && digestOf(block).equals(part.digest(number));
  }

  return {
    part: viewOf,
    async learn(block) {
      if ((block.number + 1) * BLOCK > file.size) return;
      if (isKnown(block, await viewOf(block.number))) return;
      const part = await partOf(block.number);
      // Somebody else may have learnt it meanwhile.
      if (isKnown(block, part)) return;
      part.put(block, file.kind);
      learnt.push(block.number);
      digests.set(block.number, Buffer.from(part.digest(block.number)));
      changed.add(Math.floor(block.number / PART));
    },
    async save() {
      const [first] = learnt;
      const last = learnt.at(-1);
      if (first === undefined || last === undefined) return;
      try {
        // Replaced while it was read, a file would leave blocks of two behind.
        const now = await storage.stat(pathOf(file.name), call);
        if (!now || now.size < file.size) return;
        if (!(await isSame(first)) || !(await isSame(last))) return;
        // Who finds parts without this takes none of them for true.
        if (!trusted) await forget(storage, folder);
        for (const which of changed) {
          await storage.write(partPath(which), (await partOf(which * PART)).bytes());
        }
        const known = [...learnt, ...(trusted && seen ? [seen.head, seen.tail] : [])];
        const note: Seen = {
          size: file.size,
          mtimeMs: file.mtimeMs,
          head: Math.min(...known),
          tail: Math.max(...known),
        };
        await storage.write(seenPath, Buffer.from(JSON.stringify(note)));
      } catch (error) {
        if (!isAppError(error)) throw error;
      }
    },
  };
}

function isKnown(block: Block, part: PartView): boolean {
  if (!part.has(block.number)) return false;
  if (!digestOf(block).equals(part.digest(block.number))) throw DOUBT;
  return true;
}

/** Logs only grow. What is shorter, or was written without growing, is not the same any more. */
function isGrown(file: LogFile, seen: Seen): boolean {
  if (file.size === seen.size) return file.mtimeMs === seen.mtimeMs;
  return file.size > seen.size && seen.tail < blocksIn(file.size);
}

async function readSeen(storage: Storage, path: StoragePath, call: CallOptions): Promise<Seen | null> {
  try {
    const seen: unknown = JSON.parse((await bytesOf(storage, path, call)).toString());
    if (typeof seen !== "object" || seen === null) return null;
    const { size, mtimeMs, head, tail } = seen as Record<string, unknown>;
    return [size, mtimeMs, head, tail].every((value) => typeof value === "number") ? (seen as Seen) : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

async function bytesOf(storage: Storage, path: StoragePath, { signal }: CallOptions): Promise<Buffer> {
  try {
    const bytes = await storage.read(path, signal ? { signal } : {});
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  } catch (error) {
    if (hasCode(error, "STORAGE_NOT_FOUND")) return Buffer.alloc(0);
    throw error;
  }
}

async function forget(storage: Storage, folder: StoragePath): Promise<void> {
  try {
    await storage.remove(folder);
  } catch (error) {
    if (!hasCode(error, "STORAGE_NOT_FOUND")) throw error;
  }
}

/** Removes what is known of logs that are gone. */
export async function forgetGone(storage: Storage, files: readonly LogFile[]): Promise<void> {
  const there = new Set(files.map(({ name }) => name));
  try {
    for (const { name } of await storage.list(FOLDER)) {
      if (!there.has(name)) await forget(storage, storagePath(FOLDER, name));
    }
  } catch (error) {
    if (!isAppError(error)) throw error;
  }
}
