import { fail } from "../../errors/error.ts";
import { parentOf, ROOT, type StoragePath } from "../path.ts";
import { orNull, refusePlace, statusOf } from "./failures.ts";
import type { Turn } from "./line.ts";
import { settleFolderOwner } from "./owner.ts";
import { kindOf, type Place, type Places } from "./place.ts";
import { type Skills, syncFolder } from "./skills.ts";
import { STATUS } from "./wire.ts";

const NEW_FOLDER_MODE = 0o700;

/** Makes a folder and its parents, as often as asked. */
export async function makeFolder(
  turn: Turn,
  places: Places,
  path: StoragePath,
  skills: Skills,
): Promise<void> {
  if (isFolder(await places.at(turn, path, "follow"))) return;
  if (path === ROOT) return makeRoot(turn, places.asked, skills);
  await makeFolder(turn, places, parentOf(path), skills);
  const { folder, here, is } = await places.at(turn, path, "itself");
  if (is === null) {
    turn.decide();
    if (await makeUnlessThere(turn, here)) {
      await settleFolderOwner(turn, folder, here);
      if (skills.syncs) await syncFolder(turn, folder);
    }
  }
  // What was there already may be a link that leads nowhere.
  if (!isFolder(await places.at(turn, path, "follow"))) refusePlace(path);
}

/** Whether there is one; throws for what stands in its way. */
function isFolder({ is, here }: Place): boolean {
  if (is === null) return false;
  const kind = kindOf(is);
  if (kind === "file") fail("STORAGE_EXISTS");
  if (kind !== "folder") refusePlace(here);
  return true;
}

/** The root itself is the administrator's choice and may stand anywhere. */
async function makeRoot(turn: Turn, root: string, skills: Skills): Promise<void> {
  const parent = root.slice(0, Math.max(1, root.lastIndexOf("/")));
  turn.decide();
  try {
    await makeUnlessThere(turn, root);
  } catch (error) {
    if (statusOf(error) !== STATUS.NO_SUCH_FILE || parent === root) throw error;
    await makeRoot(turn, parent, skills);
    await makeUnlessThere(turn, root);
  }
  if (skills.syncs) await syncFolder(turn, parent);
}

/** Whether it is ours: SFTP 3 has no word for "exists", so what failed is looked at once more. */
async function makeUnlessThere(turn: Turn, here: string): Promise<boolean> {
  try {
    await turn.mkdir(here, NEW_FOLDER_MODE);
    return true;
  } catch (error) {
    if (statusOf(error) !== STATUS.FAILURE || (await orNull(turn.lstat(here))) === null) throw error;
    return false;
  }
}

/** A file or a whole folder, in one step; a file takes the place of a file. */
export async function movePlace(turn: Turn, from: Place, to: Place, skills: Skills): Promise<void> {
  const folder = from.is !== null && kindOf(from.is) === "folder";
  if (to.is && (folder || kindOf(to.is) === "folder")) fail("STORAGE_EXISTS");
  turn.decide();
  await turn.posixRename(from.here, to.here);
  if (!skills.syncs) return;
  await syncFolder(turn, to.folder);
  if (from.folder !== to.folder) await syncFolder(turn, from.folder);
}
