import { randomBytes } from "node:crypto";
import { entriesOf } from "./folder.ts";
import type { Turn } from "./line.ts";
import { join, kindOf } from "./place.ts";
import { removeTree } from "./remove.ts";

const PREFIX = ".xmailcfg-";
const TEMPORARY = /^\.xmailcfg-tmp-[0-9a-f]{16}$/;
const OURS = /^\.xmailcfg-(tmp|old)-[0-9a-f]{16}$/;

/** A write takes moments; what is older than this was left by a process that is no more. */
const STALE_AFTER_S = 60 * 60;

/** A new name beside the file that is being made: hidden, and left out of lists. */
export function temporaryName(kind: "tmp" | "old" = "tmp"): string {
  return `${PREFIX}${kind}-${randomBytes(8).toString("hex")}`;
}

export function isTemporary(name: string): boolean {
  return OURS.test(name);
}

/** Names that callers may not use, because they would vanish from lists and be swept. */
export function isReserved(name: string): boolean {
  return /^\.xmailcfg-(tmp|old)-/i.test(name);
}

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
