import { fail } from "../errors/error.ts";
import { orNull } from "../storage/if-there.ts";
import { isStoragePath } from "../storage/path.ts";
import type { Storage } from "../storage/storage.ts";
import type { ChangeSet } from "../xmail/change-set.ts";
import { goalsBack } from "./goals.ts";
import { type Worked, workTowards } from "./rehearse.ts";
import { keptFiles } from "./settle.ts";
import type { BringBackStep, KeepStep } from "./steps.ts";
import { readerOf, type Way } from "./way.ts";

/** The commands, and the mail, that take an earlier change back. */
export async function workBack(way: Way, changes: ChangeSet): Promise<Worked<void>> {
  const kept = await keptFolders(way, changes);
  const worked = await workTowards(way, async ({ stage }) => {
    const storage = stage?.files ?? way.look();
    const goals = await goalsBack(changes.files, readerOf(storage));
    await refuseNewFiles(storage, changes);
    return { ...goals, files: new Map([...goals.files, ...(await keptFiles(way, { keep: kept }))]) };
  });
  const back = kept.map((place): BringBackStep => ({ ...place, kind: "bringBack" }));
  const steps = [...worked.rehearsed.steps, ...back];
  // Mail that goes for good did so when the change was made.
  const lost = changes.final.filter((one) => one === "mailbox");
  const final = [...new Set([...worked.changes.final, ...lost])];
  return {
    ...worked,
    rehearsed: { ...worked.rehearsed, steps },
    changes: { ...worked.changes, final },
  };
}

async function keptFolders({ bin }: Way, { files }: ChangeSet): Promise<KeepStep[]> {
  const places: KeepStep[] = [];
  for (const change of files) {
    if (change.kind !== "folderRemoved" || change.kept === null) continue;
    const { path: folder, kept } = change;
    if (!isStoragePath(folder) || !isStoragePath(kept)) continue;
    if (!bin || (await bin.stat(kept)) === null) {
      fail("NOT_FOUND", "What this change removed is not in the bin any more.", { internal: { folder } });
    }
    places.push({ kind: "keep", folder, kept });
  }
  return places;
}

/** Command aliases and rules of a domain that others made since: they would go with it. */
async function refuseNewFiles(storage: Storage, { files }: ChangeSet): Promise<void> {
  const ours = new Set(files.map(({ path }) => path.toLowerCase()));
  for (const { kind, path } of files) {
    if (kind !== "folderMade" || !DOMAIN_FOLDER.test(path) || !isStoragePath(path)) continue;
    for (const { name, kind } of (await orNull(storage.list(path))) ?? []) {
      if (kind === "folder" || ours.has(`${path}/${name}`.toLowerCase())) continue;
      fail("CONFLICT", "Others have put files into the domain since. Look at them, and remove them first.", {
        internal: { folder: path, name },
      });
    }
  }
}

const DOMAIN_FOLDER = /^(?:domains|cmdaliases)\/[^/]+$/;
