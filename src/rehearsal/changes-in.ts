import { hunksBetween, sha256Of } from "../changes/hunks.ts";
import { orNull } from "../storage/if-there.ts";
import type { Overlay } from "../storage/overlay.ts";
import type { StoragePath } from "../storage/path.ts";
import type { Storage } from "../storage/storage.ts";
import type { FileChange } from "../xmail/change-set.ts";

/** What xmailcfg itself keeps in a MailRoot, and what XMail makes anew at any time. */
const NOT_TOLD = /^(?:\.xmailcfg|tabindex|tmp)(?:\/|$)/;

export interface Removed {
  /** Where the folder is kept; `null`: nowhere. */
  readonly kept: string | null;
  /** Files in it that can be brought back by commands. */
  readonly files: ReadonlyMap<StoragePath, Uint8Array>;
}

/** What was changed on the way, told as it is in the end. */
export async function changesIn(
  files: Overlay,
  removed: ReadonlyMap<string, Removed>,
): Promise<FileChange[]> {
  const changes: FileChange[] = [];
  const told = new Set<StoragePath>();
  const tell = async (path: StoragePath, old?: Uint8Array) => {
    if (NOT_TOLD.test(path) || told.has(path)) return;
    told.add(path);
    const change = await fileChange(files, path, old);
    if (change) changes.push(change);
  };
  for (const step of files.steps()) {
    if (step.kind === "move") {
      await tell(step.from);
      await tell(step.to);
    } else if (step.kind === "makeFolder") {
      if (!NOT_TOLD.test(step.path)) changes.push({ kind: "folderMade", path: step.path });
    } else if (step.kind === "remove" && step.was === "folder") {
      const known = removed.get(step.path);
      for (const [path, bytes] of known?.files ?? []) await tell(path, bytes);
      const held = await countIn(files.below, step.path);
      changes.push({ kind: "folderRemoved", path: step.path, ...held, kept: known?.kept ?? null });
    } else await tell(step.path);
  }
  return changes;
}

async function fileChange(files: Overlay, path: StoragePath, old?: Uint8Array): Promise<FileChange | null> {
  const before = old ?? (await orNull(files.below.read(path)));
  const after = await orNull(files.read(path));
  const [was, is] = [sha256Of(before), sha256Of(after)];
  if (was === is) return null;
  return { kind: "file", path, before: was, after: is, hunks: hunksBetween(before, after) };
}

interface Held {
  readonly files: number | null;
  readonly bytes: number | null;
}

async function countIn(storage: Storage, folder: StoragePath): Promise<Held> {
  // The control port shows no folders, so nobody can say what is in them.
  if (storage.kind === "visible" || !storage.can.folders) return { files: null, bytes: null };
  const held = { files: 0, bytes: 0 };
  if (storage.scan) {
    for await (const { size } of storage.scan([folder])) {
      held.files += 1;
      held.bytes += size;
    }
    return held;
  }
  await countFolder(storage, folder, held);
  return held;
}

async function countFolder(
  storage: Storage,
  folder: StoragePath,
  held: { files: number; bytes: number },
): Promise<void> {
  for (const entry of (await orNull(storage.list(folder))) ?? []) {
    const path = `${folder}/${entry.name}` as StoragePath;
    if (entry.kind === "folder") await countFolder(storage, path, held);
    else {
      held.files += 1;
      held.bytes += entry.size;
    }
  }
}
