import { fail } from "../../errors/error.ts";
import type { Fate } from "./calls.ts";
import { failStatus, hasStatus } from "./errors.ts";
import { IN_THE_WAY, openAndClose, patiently, renameTo, withFile } from "./files.ts";
import { withParent } from "./folders.ts";
import type { Link } from "./link.ts";
import { ACCESS, OPTION } from "./requests.ts";
import { STATUS } from "./status.ts";
import type { Decide } from "./write.ts";

const MOVING = { access: ACCESS.delete | ACCESS.readAttributes, options: OPTION.linkItself };
const LOOKING = { access: ACCESS.readAttributes, options: OPTION.linkItself };

/** Moves what stands at `from`, a link itself and not what it leads to. A file takes the place of a file, a folder of nothing. */
export async function movePlace(
  link: Link,
  from: string,
  to: string,
  fate: Fate,
  decide: Decide,
): Promise<void> {
  const moved = await openAndClose(link, from, LOOKING);
  if (from === to && !moved.isFolder) return;
  if (from === to || to.startsWith(`${from}\\`)) intoItself();
  try {
    await withParent(link, to, () =>
      patiently(IN_THE_WAY, fate.signal, () =>
        decide(() =>
          withFile(link, from, MOVING, (file) =>
            fate.deciding(() => renameTo(link, file, to, !file.isFolder)),
          ),
        ),
      ),
    );
  } catch (error) {
    // A file that stands in the way of a folder is something there, not something missing.
    if (hasStatus(error, STATUS.NOT_A_DIRECTORY)) failStatus(STATUS.OBJECT_NAME_COLLISION);
    throw error;
  }
}

export function intoItself(): never {
  return fail("STORAGE_PATH", "A folder cannot be moved into itself.");
}
