import { stopIfAborted } from "../call-checks.ts";
import { orNull, statusOf } from "./failures.ts";
import { entriesOf, forEach } from "./folder.ts";
import { type Turn, unstoppable } from "./line.ts";
import { join, kindOf, type Place } from "./place.ts";
import { temporaryName } from "./temp.ts";
import { STATUS } from "./wire.ts";

const AT_ONCE = 16;

/** A folder goes in one step, by a rename; its contents follow, also when a killed process left them to the sweep. */
export async function removePlace(turn: Turn, place: Place): Promise<void> {
  stopIfAborted(turn.signal);
  if (place.is && kindOf(place.is) === "folder") {
    const temporary = join(place.folder, temporaryName());
    turn.decide();
    await turn.rename(place.here, temporary);
    await removeTree(unstoppable(turn), temporary, true);
  } else {
    turn.decide();
    await turn.remove(place.here);
  }
}

/** Removes a file, a link, or a folder with everything in it; what somebody else removes meanwhile is no error. */
export async function removeTree(turn: Turn, path: string, isFolder: boolean): Promise<void> {
  if (!isFolder) return unlessGone(turn.remove(path));
  const found = (await orNull(entriesOf(turn, path))) ?? [];
  await forEach(found, AT_ONCE, ({ name, attributes }) =>
    removeTree(turn, join(path, name), kindOf(attributes) === "folder"),
  );
  await unlessGone(turn.rmdir(path));
}

async function unlessGone(work: Promise<void>): Promise<void> {
  await work.catch((error: unknown) => {
    if (statusOf(error) !== STATUS.NO_SUCH_FILE) throw error;
  });
}
