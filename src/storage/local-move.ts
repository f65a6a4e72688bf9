import { promises } from "node:fs";
import { fail } from "../errors/error.ts";
import { stopIfAborted } from "./call-checks.ts";
import { errnoOf, orNull } from "./local-errors.ts";
import type { Place } from "./local-folder.ts";
import { settleFolderOwner } from "./local-owner.ts";
import { removeTree } from "./local-remove.ts";
import { temporaryName } from "./local-temp.ts";
import type { CallOptions, ChangeOptions } from "./storage.ts";

export const NEW_FOLDER_MODE = 0o700;

/** Moves what stands at `from`, a link itself and not what it leads to. */
export async function movePlace(from: Place, to: Place, { signal }: CallOptions): Promise<void> {
  const moved = await promises.lstat(from.here);
  const there = await orNull(promises.lstat(to.here));
  // promises.rename(2) would take the place of an empty folder.
  if (there?.isDirectory() || (there && moved.isDirectory())) fail("STORAGE_EXISTS");
  stopIfAborted(signal);
  await promises.rename(from.here, to.here).catch((cause: unknown) => {
    if (errnoOf(cause) === "EINVAL") fail("STORAGE_PATH", "A folder cannot be moved into itself.", { cause });
    throw cause;
  });
  await to.sync();
  await from.sync();
}

/** A folder goes in one step, by a rename; its contents follow, also when a killed process left them to the sweep. */
export async function removePlace(place: Place, { signal, fleeting }: ChangeOptions): Promise<void> {
  const found = await promises.lstat(place.here);
  stopIfAborted(signal);
  if (!found.isDirectory()) await promises.unlink(place.here);
  else {
    const temporary = place.at(temporaryName());
    await promises.rename(place.here, temporary);
    await removeTree(temporary);
  }
  if (!fleeting) await place.sync();
}

/** Resolves when there is something of that name, whatever it is. */
export async function makeFolderAt(place: Place): Promise<void> {
  try {
    await promises.mkdir(place.here, { mode: NEW_FOLDER_MODE });
  } catch (error) {
    if (errnoOf(error) === "EEXIST") return;
    throw error;
  }
  settleFolderOwner(place, place.here);
  await place.sync();
}
