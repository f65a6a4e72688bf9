import { entriesOf } from "./folder.ts";
import type { Turn } from "./line.ts";
import { join, kindOf } from "./place.ts";
import { removeTree } from "./remove.ts";
import { TEMPORARY } from "./temp.ts";

/** A write takes moments; what is older than this was left by a process that is no more. */
const STALE_AFTER_S = 60 * 60;

/**
 * Removes what killed processes left in a folder, `now` being the server's own time in seconds. An old file that was set
 * aside and never put back stays: it may be the only one.
 */
export async function sweep(turn: Turn, folder: string, now: number): Promise<void> {
  for (const { name, attributes } of await entriesOf(turn, folder)) {
    if (!TEMPORARY.test(name) || now - (attributes.mtime ?? now) <= STALE_AFTER_S) continue;
    await removeTree(turn, join(folder, name), kindOf(attributes) === "folder");
  }
}
