import { randomBytes } from "node:crypto";
import { orNull } from "../storage/if-there.ts";
import { type StoragePath, storagePath } from "../storage/path.ts";
import type { Storage } from "../storage/storage.ts";

/** Removed folders are kept here, each change's below the moment it was planned. */
const BIN = storagePath(".xmailcfg/bin");

/** A new place in the bin; `after` further folders of the same change. */
export function newBinFolder(now: Date = new Date()): StoragePath {
  return storagePath(BIN, `${now.toISOString().replace(/[-:.]/g, "")}-${randomBytes(4).toString("hex")}`);
}

export function isInBin(path: string): boolean {
  return path.startsWith(`${BIN}/`);
}

/** Removes what was put there before `olderThan`; how many folders. Names that are none of ours stay. */
export async function emptyBin(storage: Storage, olderThan: Date): Promise<number> {
  let count = 0;
  for (const { name, kind } of (await orNull(storage.list(BIN))) ?? []) {
    const since = kind === "folder" ? momentOf(name) : null;
    if (since === null || since >= olderThan) continue;
    const folder = storagePath(BIN, name);
    count += (await storage.list(folder)).length;
    await storage.remove(folder);
  }
  return count;
}

function momentOf(name: string): Date | null {
  const [, year, month, day, hour, minute, second, ms] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z-[0-9a-f]{8}$/.exec(name) ?? [];
  return year === undefined ? null : new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}.${ms}Z`);
}
