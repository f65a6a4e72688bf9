import { hasStatus } from "./errors.ts";
import { openAndClose } from "./files.ts";
import type { Link } from "./link.ts";
import { parentName } from "./names.ts";
import { ACCESS, DISPOSITION, OPTION } from "./requests.ts";
import { STATUS } from "./status.ts";

const MAKING = {
  access: ACCESS.readAttributes,
  disposition: DISPOSITION.openOrCreate,
  options: OPTION.folder,
};

/** Makes a folder and its parents, down from the share itself; one that is there is as good. */
export async function makeFolder(link: Link, name: string): Promise<void> {
  try {
    await openAndClose(link, name, MAKING);
  } catch (error) {
    // Somebody else made it between the server's look and its making.
    const isThere = hasStatus(error, STATUS.OBJECT_NAME_COLLISION);
    if (!isThere && (name === "" || !hasStatus(error, STATUS.OBJECT_PATH_NOT_FOUND))) throw error;
    if (!isThere) await makeFolder(link, parentName(name));
    await openAndClose(link, name, MAKING);
  }
}

/** Runs `work`, and once more with the folder of `name` made, should that have been missing. */
export async function withParent<T>(link: Link, name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!hasStatus(error, STATUS.OBJECT_PATH_NOT_FOUND, STATUS.NOT_A_DIRECTORY)) throw error;
  }
  await makeFolder(link, parentName(name));
  return work();
}
