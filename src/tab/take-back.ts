import { appliedNearby } from "../changes/apply-nearby.ts";
import { applied, sha256Of, turnedRound } from "../changes/hunks.ts";
import { fail } from "../errors/error.ts";
import { secret } from "../errors/secret.ts";
import { parentOf, type StoragePath, storagePath } from "../storage/path.ts";
import type { Storage } from "../storage/storage.ts";
import type { ChangeSet, FileChange, Hunk } from "../xmail/change-set.ts";
import { foldName } from "../xmail/names.ts";
import { isInBin } from "./bin.ts";
import { parseTable, textOf } from "./codec.ts";
import { domainNames, readDomains } from "./domain-lines.ts";
import { FILES } from "./files.ts";
import { foldersInUse } from "./folder-use.ts";
import { hasRowsOf } from "./holdings.ts";
import { listIfThere, readIfThere, removeIfThere } from "./if-there.ts";
import type { TableFile } from "./table-file.ts";

type ChangedFile = Extract<FileChange, { kind: "file" }>;
type RemovedFolder = Extract<FileChange, { kind: "folderRemoved" }>;

const INDEXED = new Map(
  Object.values<TableFile>(FILES).flatMap((file) => (file.index ? [[file.path, file]] : [])),
);
/** Columns that tell a row of a table with an index from every other one. */
const KEY_COLUMNS = new Map<string, number>([
  [FILES.domains.path, 1],
  [FILES.domainAliases.path, 1],
  [FILES.accounts.path, 2],
  [FILES.aliases.path, 2],
  [FILES.externalAliases.path, 2],
]);

/**
 * Takes an earlier change back in the files as they are now. `CONFLICT` when that would touch what others did since,
 * `NOT_FOUND` when a folder is no longer kept.
 */
export async function takeBackIn(storage: Storage, { files }: ChangeSet): Promise<void> {
  for (const change of files.toReversed()) {
    if (change.kind === "file") await takeBackFile(storage, change);
    else if (change.kind === "folderRemoved") await bringBack(storage, change);
    else if (change.from === undefined) await takeBackFolder(storage, storagePath(change.path));
    // It came out of the bin with all that was in it, and what came since goes there with it.
    else await removeIfThere(storage, storagePath(change.path));
  }
  await refuseOrphans(storage, files);
}

/** What others put into a domain, or into a folder, must not lose it. */
async function refuseOrphans(storage: Storage, files: readonly FileChange[]): Promise<void> {
  const added = files.flatMap((change) =>
    change.kind === "file" && change.path === FILES.domains.path
      ? change.hunks.flatMap((hunk) => hunk.added)
      : [],
  );
  const there = new Set(await readDomains(storage));
  const came = parseTable(Buffer.from(added.join(""), "latin1"), FILES.domains);
  const gone = domainNames(came).filter((domain) => !there.has(domain));
  if (gone.length > 0 && (await hasRowsOf(storage, gone))) {
    fail("CONFLICT", "Others have put accounts or aliases into the domain since. Remove those first.", {
      internal: { domains: gone },
    });
  }
  if (!files.some(({ kind }) => kind === "folderMade")) return;
  const isInUse = await foldersInUse(storage);
  for (const { kind, path } of files) {
    if (kind !== "folderMade" || (await storage.stat(storagePath(path)))) continue;
    if (isInUse(storagePath(path))) conflict(path);
  }
}

async function takeBackFile(storage: Storage, change: ChangedFile): Promise<void> {
  const path = storagePath(change.path);
  const now = await readIfThere(storage, path);
  const bytes = fileBefore(change, now);
  if (bytes === undefined) return;
  const index = INDEXED.get(path)?.index;
  if (index !== undefined) await removeIfThere(storage, storagePath("tabindex", index));
  if (bytes === null) await removeIfThere(storage, path);
  else await storage.write(path, bytes);
}

/** `undefined` when nothing is to be done. */
function fileBefore(change: ChangedFile, now: Uint8Array | null): Uint8Array | null | undefined {
  const { path, before, after } = change;
  const sha = sha256Of(now);
  if (sha === before) return undefined;
  const hunks = turnedRound(change.hunks);
  if (sha === after) return before === null ? null : (applied(now, hunks) ?? conflict(path, hunks, now));
  // Made or removed as a whole since: there are no lines to tell ours from theirs by.
  if (now === null || before === null || after === null) {
    return before === null && now === null ? undefined : conflict(path, hunks, now);
  }
  const bytes = appliedNearby(path, now, hunks);
  const added = hunks.flatMap((hunk) => hunk.added).join("");
  if (hasTwoOfAKind(path, bytes, Buffer.from(added, "latin1"))) conflict(path, hunks, now);
  return bytes;
}

/** Whether a row that came back has met another one of its name. */
function hasTwoOfAKind(path: string, bytes: Uint8Array, added: Uint8Array): boolean {
  const [file, columns] = [INDEXED.get(path), KEY_COLUMNS.get(path)];
  if (!file || columns === undefined) return false;
  const keysIn = (table: Uint8Array) =>
    parseTable(table, file).rows.map(({ cells }) =>
      cells
        .slice(0, columns)
        .map((cell) => foldName(textOf(cell)))
        .join("\0"),
    );
  const back = keysIn(added);
  const names = new Set(back);
  return keysIn(bytes).filter((key) => names.has(key)).length > back.length;
}

/** Only while nothing is in it. */
async function takeBackFolder(storage: Storage, path: StoragePath): Promise<void> {
  const stat = await storage.stat(path);
  if (stat === null) return;
  if (stat.kind === "file" || (await listIfThere(storage, path)).length > 0) {
    fail("CONFLICT", "A folder that was made is no longer empty. Look at what is in it first.", {
      internal: { path },
    });
  }
  await storage.remove(path);
}

async function bringBack(storage: Storage, { path, kept }: RemovedFolder): Promise<void> {
  const [to, from] = [storagePath(path), kept === null ? null : storagePath(kept)];
  if (from === null || !isInBin(from) || !(await storage.stat(from))) {
    fail("NOT_FOUND", "The removed folder is no longer kept: the change cannot be taken back.", {
      internal: { path, kept },
    });
  }
  if (await storage.stat(to)) {
    fail("CONFLICT", "There is a new folder in the place of the removed one.", { internal: { path } });
  }
  if (!(await storage.stat(parentOf(to)))) {
    fail("CONFLICT", "What the removed folder belonged to is gone as well. Bring that back first.", {
      internal: { path },
    });
  }
  await storage.move(from, to);
}

function conflict(path: string, hunks: readonly Hunk[] = [], now: Uint8Array | null = null): never {
  const text = (which: "removed" | "added") => secret(hunks.flatMap((hunk) => hunk[which]).join(""));
  return fail("CONFLICT", "The same file was changed since. Look at it, and change it by hand.", {
    internal: {
      path,
      expected: text("removed"),
      wanted: text("added"),
      found: secret(Buffer.from(now ?? []).toString("latin1")),
    },
  });
}
