import { randomBytes } from "node:crypto";
import { promises } from "node:fs";
import type { OpenFolder } from "./local-folder.ts";
import { removeTree } from "./local-remove.ts";

const PREFIX = ".xmailcfg-tmp-";
const TEMPORARY = /^\.xmailcfg-tmp-[0-9a-f]{16}$/;

/** A write takes moments; what is older than this was left by a process that is no more. */
export const STALE_AFTER_MS = 60 * 60 * 1000;

/** A new name beside the file that is being made: hidden, and left out of lists. */
export function temporaryName(): string {
  return PREFIX + randomBytes(8).toString("hex");
}

export function isTemporary(name: string): boolean {
  return TEMPORARY.test(name);
}

/** Names that callers may not use, because they would vanish from lists and be swept. */
export function isReserved(name: string): boolean {
  return name.toLowerCase().startsWith(PREFIX);
}

/**
 * Removes what killed processes left in a folder. Should a writer stand still for longer than `staleAfterMs` and wake
 * again, its last step fails for want of the file: nothing is ever half.
 */
export async function sweep(folder: OpenFolder, staleAfterMs: number): Promise<void> {
  try {
    for (const name of (await promises.readdir(folder.self)).filter(isTemporary)) {
      // ctime, because a folder about to be removed keeps the mtime it had.
      const { ctimeMs } = await promises.lstat(folder.at(name));
      if (Date.now() - ctimeMs > staleAfterMs) await removeTree(folder.at(name));
    }
  } catch {
    // Another process may sweep too, or the rights are missing: litter that stays is no reason to refuse a write.
  }
}
