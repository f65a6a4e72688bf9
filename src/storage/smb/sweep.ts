import type { Link } from "./link.ts";
import { listFolder } from "./list.ts";
import { below, isTemporary, TEMPORARY_PATTERN } from "./names.ts";
import { removeTree } from "./remove.ts";

/** A write takes moments; what is older than this was left by a process that is no more. */
export const STALE_AFTER_MS = 60 * 60 * 1000;

/**
 * Removes what killed processes left in a folder, by the server's clock. Should a writer stand still for longer and wake
 * again, its last step fails for want of the file: nothing is ever half.
 */
export async function sweep(link: Link, folder: string, staleAfterMs: number): Promise<void> {
  try {
    const { entries } = await listFolder(link, folder, undefined, TEMPORARY_PATTERN);
    for (const { name, changedMs, isFolder } of entries) {
      if (!isTemporary(name) || link.serverNow() - changedMs <= staleAfterMs) continue;
      await removeTree(link, below(folder, name), isFolder);
    }
  } catch {
    // Another process may sweep too, or the rights are missing: litter that stays is no reason to refuse a write.
  }
}
